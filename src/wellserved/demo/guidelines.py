"""What the sample retailer has agreed on: a dozen guidelines and two procedures, in plain English."""

from wellserved.apps.desk.types.knowledge import Content, GuidelineKind
from wellserved.demo.company import BILLING, CARE, DELIVERY

# The teams whose advisers confirm having read each; nobody has to read the others.
READERS: dict[str, tuple[str, ...]] = {
    "When a parcel is late": (CARE, DELIVERY),
    "When a customer says she will leave": (CARE, DELIVERY, BILLING),
    "Something arrived damaged": (CARE,),
    "A payment was taken twice": (BILLING,),
    "When somebody complains": (CARE, DELIVERY, BILLING),
    "Put a damaged order right": (CARE, DELIVERY),
    "Release a refund that is stuck": (BILLING,),
}

CONTENTS: tuple[Content, ...] = (
    Content(
        title="How we write",
        body=(
            "- Greet by name, and say sorry once, where it belongs.\n- Answer the question first, then explain.\n"
            "- Say what happens next, who does it, and by when.\n- No jargon, no blame, no “unfortunately”."
        ),
    ),
    Content(
        title="When a parcel is late",
        body=(
            "Look at the courier's page before you write.\n\n- **Moved in the last two days**: give the new date.\n"
            "- **Not moved for two days**: ask the depot, and promise news by tomorrow.\n"
            "- **Ten days or more**: treat it as lost and offer a new one or the money."
        ),
        reply=(
            "I am sorry, {first name}, that your parcel has not reached you. I have asked the courier where it is and"
            " will write to you again by tomorrow evening with what they say."
        ),
        kinds=("problem",),
        tags=("delivery",),
    ),
    Content(
        title="Something arrived damaged",
        body=(
            "Believe the customer. A photo helps our claim on the courier, and she may have it as a wish of ours,"
            " never as a condition. Small things need not come back."
        ),
        reply=(
            "I am sorry it reached you like that, {first name}. Would you prefer a replacement or your money back?"
            " Either is quick from here. If you have a photo, it helps us with the courier."
        ),
        tags=("damage",),
    ),
    Content(
        title="A refund that has not arrived",
        body=(
            "Banks take three to five working days. Check that ours has left before you say so. After five working"
            " days, give the reference of the payment: her bank can find it by that."
        ),
        reply=(
            "Your refund left us, {first name}, and banks usually need three to five working days. If it is not there"
            " by then, write to me and I will give you the reference for your bank."
        ),
        kinds=("question", "problem"),
        tags=("refund",),
    ),
    Content(
        title="A payment was taken twice",
        body=(
            "Nine times in ten the second one is a reservation that falls away in two days. Look first. If both are"
            " booked, refund one at once: the limit of your authority is shown below the reply."
        ),
        reply=(
            "Thank you for telling us, {first name}. The second payment is a reservation, not a charge. I have asked"
            " our bank to release it, and it will be gone within two days."
        ),
        tags=("payment",),
    ),
    Content(
        title="A new delivery address",
        body=(
            "Change it while the order is being packed. Once the van is loaded we cannot: offer the shop nearest to"
            " her, or a second delivery free of charge. Read the new address back."
        ),
        reply="Done, {first name}: the order now goes to the new address. The delivery day stays the same.",
        kinds=("request",),
        tags=("delivery",),
    ),
    Content(
        title="Sending something back",
        body="Thirty days, in any condition a shop would let her try it in. The label is on her order page.",
        reply=(
            "No trouble, {first name}. The label is on your order page; drop the parcel at any post office. Your money"
            " follows within five working days of its reaching us."
        ),
        tags=("return",),
    ),
    Content(
        title="Advice before she buys",
        body="Measure twice: give width, height and depth of the box as well. If you do not know, ask the shop floor.",
        kinds=("question",),
        tags=("advice",),
    ),
    Content(
        title="Signing in and passwords",
        body="Never ask for a password, and never send one. Send a fresh link; it is good for a day.",
        reply="I have sent you a fresh link, {first name}. It stays good for a day and lets you choose a new password.",
        tags=("account",),
    ),
    Content(
        title="When somebody complains",
        body=(
            "- Thank her, and say what you have understood in your own words.\n- Say sorry for what happened to her,"
            " whoever's fault it was.\n- Stay her contact until it is settled.\n- Ask your team leader on the first"
            " day, not on the last."
        ),
        reply=(
            "Thank you for telling us plainly, {first name}. I have your case from start to end in front of me, and I"
            " will stay your contact until it is settled. You will hear from me by tomorrow."
        ),
        kinds=("complaint",),
    ),
    Content(
        title="When a customer says she will leave",
        body=(
            "Find out what she would need to stay, and offer what you may.\n\n- **Reassure**: say what you have done"
            " already, before what you will do.\n- **Negotiate**: offer two ways and let her choose.\n"
            "- **Know your limit**: it is shown at the reply. Above it, ask a colleague rather than say no."
        ),
        kinds=("complaint", "problem"),
    ),
    Content(
        title="A word of thanks",
        body="Pass it on to the colleague it is meant for the same day, and tell the customer that you have.",
        reply="You have made somebody's day, {first name}. I have passed your words on with pleasure.",
        kinds=("compliment",),
    ),
    Content(
        kind=GuidelineKind.PROCEDURE,
        title="Put a damaged order right",
        body="From the first message to closure, so that nobody has to ask twice.",
        steps=(
            ("Say sorry and ask what she prefers", "A replacement or the money; both are hers to choose."),
            ("Ask for a photo", "A wish of ours, never a condition."),
            ("Order the replacement or grant the refund", "Within your authority; above it, ask."),
            ("Open the claim with the courier", "Within seven days of delivery, or it is lost."),
            ("Tell her what happens and by when", "A date, not “soon”."),
            ("Check that it arrived", "The day after it was due."),
        ),
        reply="Your replacement is on its way, {first name}, and you need not send the broken one back.",
        tags=("damage",),
    ),
    Content(
        kind=GuidelineKind.PROCEDURE,
        title="Release a refund that is stuck",
        body="For a return that has reached us while the money has not left.",
        steps=(
            ("Find the return in the warehouse list", "By the order's number, then by name."),
            ("Compare the amount with the order", "With delivery, if we sent the wrong thing."),
            ("Release the payment", "Within your authority; above it, ask."),
            ("Tell her the date and the reference", ""),
        ),
        tags=("refund",),
    ),
)
