"""What is known of one-to-ones, coaching, observations and reviews."""

import dataclasses
import datetime as dt

from django.db.models import TextChoices

TALK, COACHING, OBSERVATION, REVIEW = (
    "development.one_to_one",
    "development.coaching",
    "development.observation",
    "development.review",
)


class TalkState(TextChoices):
    """How far a one-to-one has come."""

    PLANNED = "planned", "Planned"
    HELD = "held", "To be agreed"
    AGREED = "agreed", "Agreed by both"


class CoachingKind(TextChoices):
    """Help with the work in hand, or with where somebody wants to go."""

    COACHING = "coaching", "Coaching"
    MENTORING = "mentoring", "Mentoring"


class CoachingState(TextChoices):
    """How far coaching has come."""

    OPEN = "open", "Under way"
    REACHED = "reached", "Goal reached"
    STOPPED = "stopped", "Stopped"


class SessionForm(TextChoices):
    """What was done in a session."""

    TALK = "talk", "Talked it through"
    SIDE = "side_by_side", "Worked side by side"
    PLAY = "role_play", "Played it through"


class ObservationState(TextChoices):
    """How far an observation has come."""

    ANNOUNCED = "announced", "Announced"
    RECORDED = "recorded", "Her view is awaited"
    ANSWERED = "answered", "Both views"


class ReviewState(TextChoices):
    """How far a review has come."""

    OPEN = "open", "Her view is awaited"
    OWN = "own", "To be written"
    WRITTEN = "written", "To be agreed"
    AGREED = "agreed", "Agreed by both"


# How near what was seen comes to what was agreed; the number orders and is never shown.
RATINGS = {1: "Not yet", 2: "In part", 3: "As agreed", 4: "An example to others"}
REVIEW_WORDS = {
    "growing": "Growing into the role",
    "steady": "Does what the role asks",
    "beyond": "Does more than the role asks",
    "support": "Needs more support from us",
}

MOST_CRITERIA = 12
# From this rating on, a criterion was seen as agreed.
SEEN_FROM = 3
# Criteria to start from: key, what is looked at. The keys let later observations be compared.
STARTERS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "reply": (
        "A written reply",
        "To help with replies that answer everything at once",
        (
            ("answers-all", "Answers every question the customer asked"),
            ("plain-words", "Uses plain words and short sentences"),
            ("next-step", "Says what happens next, and when"),
            ("tone", "Sounds like one person writing to another"),
        ),
    ),
    "call": (
        "A call or a chat",
        "To help with listening and with agreeing what happens next",
        (
            ("listens", "Lets the customer finish and says back what was heard"),
            ("asks", "Asks what is needed before offering anything"),
            ("agrees", "Agrees with the customer what happens next"),
            ("closes", "Checks that nothing is left open"),
        ),
    ),
    "complaint": (
        "A difficult conversation",
        "To help with negotiating and reassuring",
        (
            ("reassures", "Says what is certain, and by when the rest will be"),
            ("negotiates", "Looks for what both sides can accept, within limits"),
            ("stays-calm", "Answers the matter and not the tone"),
            ("keeps-word", "Promises only what can be kept"),
        ),
    ),
}

# Conversations to play through, for those who coach negotiating and reassuring.
SCENARIOS = (
    "A customer wants a full refund for something used for a month; a repair or half is within your limit.",
    "A customer has heard three different dates for her parcel and no longer believes any.",
    "A customer threatens to post everything on the internet unless you break a rule for him.",
    "An elderly customer is afraid that his account has been emptied; it has not.",
)

AGENDA_STARTERS = (
    "What went well since we last spoke?",
    "What stood in your way?",
    "What do you want to learn next?",
    "What should I do differently?",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRow:
    """A record of two as a list shows it."""

    kind: str
    id: int
    title: str
    person_id: int
    person: str
    guide_id: int
    guide: str
    on: dt.date
    state: str
    state_name: str
    is_waiting: bool
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """Something agreed."""

    id: int
    words: str
    owner_id: int
    owner: str
    due_on: dt.date
    done_at: dt.datetime | None
    is_late: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What every record of two says: of whom, with whom, and what the reader is to it."""

    id: int
    person_id: int
    person: str
    guide_id: int
    guide: str
    state: str
    state_name: str
    is_person: bool
    is_guide: bool
    ends_on: dt.date
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TalkDetail:
    """A one-to-one whole."""

    pair: Pair
    starts_at: dt.datetime
    place: str
    agenda: tuple[tuple[str, str], ...]
    notes: str
    agreed_by_person_at: dt.datetime | None
    agreed_by_guide_at: dt.datetime | None
    tasks: tuple[TaskRow, ...]
    carried: tuple[TaskRow, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One criterion with what was seen; `rating` is none before it was recorded."""

    key: str
    words: str
    rating: int | None
    rating_name: str
    evidence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObservationDetail:
    """An observation whole."""

    pair: Pair
    purpose: str
    announced_at: dt.datetime
    starts_at: dt.datetime
    criteria: tuple[Rated, ...]
    strengths: str
    one_thing: str
    recorded_at: dt.datetime | None
    own_view: str
    own_view_at: dt.datetime | None
    coachings: tuple[tuple[int, str], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What an observation said of one criterion; evidence and observer are empty where the reader may not see it."""

    observation_id: int
    on: dt.date
    rating: int
    rating_name: str
    evidence: str
    is_source: bool
    observer: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session of coaching."""

    held_on: dt.date
    form: str
    form_name: str
    scenario: str
    words: str
    next_step: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CoachingDetail:
    """Coaching whole. `sightings` is what observations said of the criterion before and since, the oldest first."""

    pair: Pair
    kind: str
    kind_name: str
    goal: str
    criterion: str
    criterion_words: str
    starts_on: dt.date
    outcome: str
    observation_id: int | None
    sessions: tuple[SessionRow, ...]
    tasks: tuple[TaskRow, ...]
    sightings: tuple[Sighting, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDetail:
    """A review whole; `evidence` is gathered from the records until it is written, and then stands as it was."""

    pair: Pair
    period_from: dt.date
    period_to: dt.date
    own_view: str
    own_view_at: dt.datetime | None
    words: str
    rating: str
    rating_name: str
    written_at: dt.datetime | None
    evidence: tuple[tuple[str, tuple[str, ...]], ...]
    agreed_by_person_at: dt.datetime | None
    agreed_by_guide_at: dt.datetime | None
    tasks: tuple[TaskRow, ...]
