"""What the sample service's customers write about, and what they are answered."""

import dataclasses

from wellserved.apps.desk.types import Kind, Level
from wellserved.demo.company import BILLING, CARE, DELIVERY


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A reason to write, how often, how pressing, and how hard to settle.

    `weight` is the share among all topics; `growth` multiplies it in the last eight weeks; `hours` is the median time
    of work to a resolution. In texts, {item}, {order}, {place}, {first} and {days} are filled in.
    """

    key: str
    queue: str
    kind: Kind
    weight: float
    hours: float
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    answers: tuple[str, ...]
    urgency: Level = Level.MEDIUM
    impact: Level = Level.LOW
    growth: float = 1.0
    waits_for_supplier: float = 0.0
    places: tuple[str, ...] = ("Online",)
    tags: tuple[str, ...] = ()


TOPICS: tuple[Topic, ...] = (
    Topic(
        key="parcel-late",
        queue=DELIVERY,
        kind=Kind.PROBLEM,
        weight=0.20,
        hours=22,
        growth=1.9,
        urgency=Level.HIGH,
        waits_for_supplier=0.45,
        places=("Leeds depot", "Leeds depot", "Bristol depot", "Glasgow depot"),
        tags=("delivery",),
        subjects=("Parcel not arrived, order {order}", "Where is my {item}?", "Tracking has not moved, order {order}"),
        openings=(
            (
                "It has been {days} days since the dispatch email and the tracking page has not moved. Can you tell me"
                " where my {item} is?"
            ),
            "Order {order} was due on Monday. I took the day off and nobody came. When will the {item} arrive?",
            (
                "The courier says the parcel is still at {place}. Please could somebody chase it? I need the {item} by the"
                " weekend."
            ),
        ),
        answers=(
            (
                "I am sorry, {first}. I have asked the courier at {place} to find your {item} and will write again tomorrow"
                " with what they say."
            ),
            (
                "Thank you for your patience, {first}. The parcel was missed at {place}; it is on tomorrow's van and you"
                " will have a two-hour slot by text."
            ),
        ),
    ),
    Topic(
        key="damaged",
        queue=CARE,
        kind=Kind.PROBLEM,
        weight=0.13,
        hours=30,
        impact=Level.MEDIUM,
        tags=("damage",),
        places=("Online", "Leeds depot", "Manchester shop"),
        subjects=("{item} arrived damaged", "Broken on arrival, order {order}", "Crack in my new {item}"),
        openings=(
            "The {item} from order {order} came with a crack along one side. The box looked fine. What should I do?",
            "I unpacked the {item} today and one part is broken. I would like a replacement, please.",
        ),
        answers=(
            (
                "I am sorry it reached you like that, {first}. A replacement is on its way and you need not send the"
                " broken one back."
            ),
            (
                "Thank you for the clear description, {first}. Would you prefer a replacement or your money back? Either is"
                " quick from here."
            ),
        ),
    ),
    Topic(
        key="refund-status",
        queue=BILLING,
        kind=Kind.QUESTION,
        weight=0.14,
        hours=16,
        tags=("refund",),
        subjects=("Refund for order {order}", "When will I get my money back?", "Refund not showing"),
        openings=(
            "I returned the {item} {days} days ago and the refund is not on my card yet.",
            "You confirmed my return last week. Order {order}. When should I see the money?",
        ),
        answers=(
            (
                "Your return reached us, {first}, and the refund left us this morning. Your bank needs three to five"
                " working days."
            ),
            "I can see the return for order {order}. The refund was waiting for a check; I have released it now.",
        ),
    ),
    Topic(
        key="charged-twice",
        queue=BILLING,
        kind=Kind.PROBLEM,
        weight=0.05,
        hours=12,
        urgency=Level.HIGH,
        impact=Level.MEDIUM,
        tags=("payment",),
        subjects=("Charged twice for order {order}", "Two payments on my card"),
        openings=("I can see two payments for order {order} on my statement. I only bought one {item}.",),
        answers=(
            (
                "You are right, {first}: the second one is a reservation our bank has not let go. I have asked for its"
                " release and it will be gone within two days."
            ),
        ),
    ),
    Topic(
        key="change-address",
        queue=DELIVERY,
        kind=Kind.REQUEST,
        weight=0.09,
        hours=3,
        urgency=Level.HIGH,
        tags=("delivery",),
        subjects=("Change delivery address, order {order}", "Please send it to my office"),
        openings=("Could you change the delivery address of order {order}? We are moving on Friday.",),
        answers=("Done, {first}. Order {order} now goes to the new address; the delivery day stays the same.",),
    ),
    Topic(
        key="product-question",
        queue=CARE,
        kind=Kind.QUESTION,
        weight=0.14,
        hours=4,
        impact=Level.LOW,
        urgency=Level.LOW,
        tags=("advice",),
        subjects=("Question about your {item}", "Will the {item} fit?", "Care of the {item}"),
        openings=(
            "Before I order: does the {item} come assembled, and how wide is the box?",
            "How should I clean the {item}? The label says nothing about stains.",
        ),
        answers=(
            "Good question, {first}. It comes in one box of 78 by 60 cm and takes about twenty minutes to put together.",
            "Lukewarm water and a soft cloth are all it needs, {first}. Please keep bleach away from it.",
        ),
    ),
    Topic(
        key="return-request",
        queue=BILLING,
        kind=Kind.REQUEST,
        weight=0.12,
        hours=8,
        tags=("return",),
        subjects=("I would like to return the {item}", "Return label for order {order}"),
        openings=("The {item} is not the colour I expected. How do I send it back?",),
        answers=("No trouble, {first}. The label is attached to your order page; drop the parcel at any post office.",),
    ),
    Topic(
        key="account",
        queue=CARE,
        kind=Kind.REQUEST,
        weight=0.06,
        hours=2,
        tags=("account",),
        subjects=("Cannot sign in to my account", "Password reset does not work"),
        openings=("The reset link says it has expired although I only asked for it a minute ago.",),
        answers=("I have sent a fresh link that stays good for a day, {first}. It should let you in at once.",),
    ),
    Topic(
        key="complaint",
        queue=CARE,
        kind=Kind.COMPLAINT,
        weight=0.04,
        hours=60,
        urgency=Level.HIGH,
        impact=Level.HIGH,
        tags=("complaint",),
        places=("Online", "Leeds depot", "London shop"),
        subjects=("Complaint: third broken {item}", "Complaint about delivery of order {order}"),
        openings=(
            (
                "This is the third replacement and it is broken again. I want a manager to tell me what you will do"
                " about it."
            ),
            "I have now waited {days} days, been promised a call twice and had neither call nor parcel.",
        ),
        answers=(
            (
                "You have every right to be cross, {first}. I have your case from start to end in front of me and will"
                " stay your contact until it is settled."
            ),
        ),
    ),
    Topic(
        key="compliment",
        queue=CARE,
        kind=Kind.COMPLIMENT,
        weight=0.03,
        hours=6,
        urgency=Level.LOW,
        tags=("thanks",),
        places=("London shop", "Manchester shop", "Online"),
        subjects=("Thank you to your team", "Lovely service"),
        openings=("Your colleague stayed on the line until my {item} was sorted. Please pass on my thanks.",),
        answers=("You have made somebody's day, {first}. I have passed your words on with pleasure.",),
    ),
)

FOLLOW_UPS = (
    "Thank you. Is there any news?",
    "I have not heard anything since. Could you check again, please?",
    "That works for me, thank you.",
    "I have sent the photo you asked for.",
)
CLOSINGS = (
    "I am glad that is settled, {first}. I will close this now; a reply opens it again at any time.",
    "All done from our side, {first}. Thank you for letting us put it right.",
)
NOTES = (
    "Courier confirms the parcel is at {place}; claim opened.",
    "Checked with the warehouse: stock is there, sending a new one today.",
    "Customer prefers email to phone.",
)
