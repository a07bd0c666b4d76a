"""The sorts of record about people: what each is for, how long it is kept, who sees it, and where it is told."""

from wellserved.apps.development.queries import about, about_role, about_voice, about_work, private, recorded
from wellserved.apps.development.types.recorded import Provider

_TWO = "You, the other of the two, and whoever leads you"
_LED = "You, and those who may know your team's skills: leaders and managers"
_EMPLOYED = "While you work here, and until an administrator removes it"

PROVIDERS = (
    Provider(
        key="account",
        label="Account",
        purpose="To sign you in and to show who did what",
        kept=_EMPLOYED,
        seen_by="You and administrators; colleagues see your name, role and address",
        lines=about_work.account,
    ),
    Provider(
        key="profile",
        label="Profile, skills and limits",
        purpose="To give you work you are able to do and allowed to decide",
        kept=_EMPLOYED,
        seen_by=_LED,
        lines=about_work.profile,
    ),
    Provider(
        key="adjustments",
        label="Adjustments",
        purpose="So that you can work well: what to do, never why",
        kept="Until they end",
        seen_by="You and whoever leads you",
        lines=about_work.adjustments,
    ),
    Provider(
        key="needs",
        label="Learning needs and plans",
        purpose="To get you the training your work asks for",
        kept=_EMPLOYED,
        seen_by="You and whoever leads you",
        lines=about.needs,
        tells=("Need.person", "LearningPlan.person"),
    ),
    Provider(
        key="training",
        label="Training",
        purpose="To know who has learnt what, and whether courses are worth it",
        kept=_EMPLOYED,
        seen_by=(
            "Your seat: your leaders. Your scores: you and whoever leads you. "
            "Your marks of a course: you alone, and in the mean of at least five, once all have answered or 30 days "
            "are over"
        ),
        lines=about.bookings,
        tells=("Booking.person",),
    ),
    *(
        Provider(
            key=family.folder,
            label=family.many,
            purpose=family.purpose,
            kept=f"{family.months} months, then deleted",
            seen_by=_TWO,
            lines=about.of_kind(family.kind),
            tells=(f"{family.model.__name__}.person",),
        )
        for family in private.FAMILIES.values()
    ),
    Provider(
        key="support",
        label="Support slots you booked",
        purpose="To keep time free for you",
        kept=_EMPLOYED,
        seen_by="You and your host; others see that the slot is taken",
        lines=about.slots,
        tells=("SupportSlot.guest",),
    ),
    Provider(
        key="knowledge",
        label="Learning cards",
        purpose="So that you can show what you know",
        kept=_EMPLOYED,
        seen_by="You",
        lines=about_work.knowledge,
    ),
    Provider(
        key="work",
        label="Your work, counted",
        purpose="To show who did what to a customer's ticket, and to hold grants against limits",
        kept="As long as the history of the tickets",
        seen_by="The history of a record: whoever may read the record. Counts of yours: you and whoever leads you",
        lines=about_work.work,
    ),
    Provider(
        key="roles",
        label="Your role",
        purpose="So that you know what you are here for",
        kept=_EMPLOYED,
        seen_by=_LED,
        lines=about_role.role,
    ),
    Provider(
        key="targets",
        label="Targets set for you",
        purpose="So that you know what you are to reach",
        kept="As long as the plan that sets them",
        seen_by="You, and whoever may read the plan",
        lines=about_role.own_targets,
    ),
    Provider(
        key="briefings",
        label="Briefings",
        purpose="So that everybody concerned knows what changed",
        kept=_EMPLOYED,
        seen_by="You, and whoever sends briefings",
        lines=about_voice.briefings,
        tells=("Delivery.user", "Attendance.user"),
    ),
    Provider(
        key="goes",
        label="Understanding checks",
        purpose="To find who is to be helped with what",
        kept="Goes: two years, then deleted",
        seen_by="You and whoever leads you",
        lines=about_voice.goes,
        tells=("Attempt.user", "Help.user"),
    ),
    Provider(
        key="thanks",
        label="Thanks and rewards",
        purpose="To say what was done well",
        kept=_EMPLOYED,
        seen_by="Thanks: your team and those who lead. Rewards: you and those who hold the scheme",
        lines=about_voice.thanks,
        tells=("Recognition.user", "Award.user"),
    ),
    Provider(
        key="said",
        label="What you suggested and said",
        purpose="To answer you",
        kept=_EMPLOYED,
        seen_by="Suggestions: your name, those who answer them. What you said of a proposal: the staff",
        lines=about_voice.said,
        tells=("Suggestion.author", "ConsultationView.author", "PulseAnswerer.user"),
    ),
    Provider(
        key="team-events",
        label="Team events",
        purpose="To know who comes, and what it changed",
        kept=_EMPLOYED,
        seen_by="Your team and those who lead",
        lines=about_voice.team_events,
        tells=("EventPlace.user",),
    ),
    Provider(
        key="cases",
        label="Cases in private",
        purpose="To settle a conflict",
        kept="A year after it is closed, then deleted",
        seen_by="The parties and whoever handles the case",
        lines=about_voice.cases,
        tells=("ConflictParty.user", "ConflictNote.author"),
    ),
    Provider(
        key="tasks",
        label="What you agreed to do",
        purpose="So that two people keep to what they agreed",
        kept="As long as the talk, coaching or review it is of",
        seen_by=_TWO,
        lines=about_voice.tasks,
        tells=("Task.owner",),
    ),
)


def register() -> None:
    """Make the sorts of record known; called once when Django starts."""
    for provider in PROVIDERS:
        recorded.register(provider)
