"""What is known of courses, the days they are held on, and what came of them at four levels."""

import dataclasses
import datetime as dt
from decimal import Decimal

from django.db.models import TextChoices

# Below so many answers a figure of a group would be a figure of single people.
FEWEST = 5
# So long after a course its people say how it was; earlier, the figure stands only once all of them have.
REACTION_DAYS = 30
# Below so many promises on either side the desk's figure says nothing yet.
FEWEST_PROMISES = 30
RESULT_DAYS = 90
EARLIEST_RESULT_DAYS = 28


class EventState(TextChoices):
    """How far a training event has come."""

    OPEN = "open", "Open for booking"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Seat(TextChoices):
    """How somebody stands to an event."""

    BOOKED = "booked", "Booked"
    WAITING = "waiting", "Waiting list"
    LEFT = "left", "Gave the seat back"
    ATTENDED = "attended", "Was there"
    MISSED = "missed", "Was not there"


class Seen(TextChoices):
    """Whether what was learnt is seen at work."""

    YES = "yes", "Seen at work"
    PARTLY = "partly", "Seen in part"
    NO = "no", "Not seen yet"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """A course as a list shows it."""

    id: int
    title: str
    aim: str
    skill_id: int | None
    skill: str
    level: int
    valid_months: int | None
    pass_score: int
    behaviour_weeks: int
    metric: str
    is_active: bool
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A training event as a list shows it; `own` is the reader's seat, empty without one."""

    id: int
    course_id: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    seats: int
    booked: int
    waiting: int
    own: str
    state: str
    state_name: str
    version: int

    @property
    def left(self) -> int:
        """Return how many seats are free."""
        return max(0, self.seats - self.booked)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """Somebody's seat; scores and what is seen at work are none for readers who neither have it nor lead her."""

    id: int
    person_id: int
    person: str
    state: str
    state_name: str
    score_before: int | None
    score_after: int | None
    useful: int | None
    clear: int | None
    # Known to its person alone: how many have answered, told by day, would tell what each said.
    has_reacted: bool
    look_on: dt.date | None
    seen: str
    seen_name: str
    seen_words: str
    may_look: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One of the four levels: a figure in words when there is one, or why there is none yet."""

    name: str
    question: str
    figure: str
    verdict: str
    n: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EventDetail:
    """A training event whole."""

    row: EventRow
    course: CourseRow
    trainer: str
    cost: Decimal
    plan_id: int | None
    plan: str
    cancelled_because: str
    seats: tuple[SeatRow, ...]
    own: SeatRow | None
    levels: tuple[Level, ...]
    may_run: bool
    may_react: bool


def scores_of(found: EventDetail) -> list[tuple[str, int, int]]:
    """Return (kind, event, person) of those whose scores, or what is seen of them at work, the reader is shown."""
    scored = (each for each in found.seats if {each.score_before, each.score_after} != {None} or each.seen)
    return [("development.training", found.row.id, each.person_id) for each in scored]
