"""Meetings as they cross borders: their kinds, their agenda and minutes, and what came of them."""

import dataclasses
import datetime as dt

MEETING, OPPORTUNITY = "development.meeting", "development.opportunity"
MOST_POINTS, MOST_PEOPLE, MOST_GUESTS = 40, 200, 20
MINUTES_DUE = dt.timedelta(days=7)
LOOKED_AT = dt.timedelta(days=30)

STATES = {"planned": "To come", "held": "Minutes written", "sent": "Minutes sent", "off": "Called off"}
ACTION, REQUIREMENT, CHANCE = "action", "requirement", "opportunity"
SORTS = {ACTION: "Action", REQUIREMENT: "Requirement agreed", CHANCE: "Opportunity found"}
SETTLED = {"done": "Done", "dropped": "Will not be done"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingKind:
    """A kind of meeting: what it starts from, whom it is with, and what it may come to besides actions."""

    name: str
    title: str
    agenda: tuple[str, ...]
    minutes: int = 60
    outside: str = ""
    finds: str = ""
    looks_back: bool = False


KINDS = {
    "team": MeetingKind(
        name="Team meeting",
        title="Team meeting",
        agenda=("What went well, and whom we thank", "What customers told us", "What is in our way", "Who does what"),
        minutes=45,
        finds=CHANCE,
    ),
    "customer": MeetingKind(
        name="With customers",
        title="Talk with a customer",
        agenda=("How it has gone since last time", "What you need from us", "What we agree on, and by when"),
        outside="customer",
        finds=REQUIREMENT,
    ),
    "partner": MeetingKind(
        name="With another organisation",
        title="Talk with a partner",
        agenda=("How our promises to each other stand", "What each needs of the other", "What we agree on"),
        outside="partner",
        finds=REQUIREMENT,
    ),
    "service_review": MeetingKind(
        name="Service review",
        title="Review of the service",
        agenda=("What stood in our way", "Where we could be better", "Who looks into what"),
        finds=CHANCE,
        looks_back=True,
    ),
    "praise_review": MeetingKind(
        name="Compliments and complaints",
        title="Review of compliments and complaints",
        agenda=("What we learn from it", "What we change, and how we tell customers and colleagues"),
        finds=CHANCE,
        looks_back=True,
    ),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of an agenda; `detail` is what is known beforehand."""

    words: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingGiven:
    """A meeting as it is planned; outside guests are records where there is one, names otherwise."""

    kind: str
    title: str
    starts_at: dt.datetime
    lasts: int
    place: str = ""
    is_private: bool = False
    staff_ids: tuple[int, ...] = ()
    customer_id: int | None = None
    organisation_id: int | None = None
    partner_id: int | None = None
    guests: tuple[str, ...] = ()
    agenda: tuple[Point, ...] = ()
    period_from: dt.date | None = None
    period_to: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody at a meeting; `url` leads to the record of a guest who has one."""

    id: int
    user_id: int | None
    name: str
    side: str
    url: str
    was_there: bool | None
    read_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What a meeting came to: an action, a requirement agreed or an opportunity found."""

    id: int
    meeting_id: int
    meeting: str
    meeting_on: dt.date
    sort: str
    words: str
    owner_id: int | None
    owner: str
    due_on: dt.date | None
    is_late: bool
    settled: str
    settled_at: dt.datetime | None
    said: str
    segment: str
    expectation_id: int | None
    version: int

    @property
    def sort_name(self) -> str:
        """Return what it is, in words."""
        return SORTS[self.sort]

    @property
    def settled_name(self) -> str:
        """Return what became of it, in words."""
        return SETTLED.get(self.settled, "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting of the register."""

    id: int
    kind: str
    title: str
    starts_at: dt.datetime
    lasts: int
    place: str
    state: str
    is_private: bool
    chair_id: int | None
    chair: str
    outside: str
    people: int
    results: int
    still_open: int
    awaits_minutes: bool
    version: int

    @property
    def kind_name(self) -> str:
        """Return its kind in words."""
        return KINDS[self.kind].name

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return "Minutes to be written" if self.awaits_minutes else STATES[self.state]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetail:
    """A meeting whole."""

    row: MeetingRow
    agenda: tuple[Point, ...]
    people: tuple[PersonRow, ...]
    results: tuple[ResultRow, ...]
    notes: str
    sent_at: dt.datetime | None
    period_from: dt.date | None
    period_to: dt.date | None
    off_because: str
    carried: tuple[ResultRow, ...] = ()

    def of(self, sort: str) -> tuple[ResultRow, ...]:
        """Return what it came to of one sort."""
        return tuple(row for row in self.results if row.sort == sort)
