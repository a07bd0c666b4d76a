"""Statuses and their allowed moves, priorities, and what leaves the desk."""

import dataclasses
import datetime as dt

from django.db import models


class Kind(models.TextChoices):
    """What a ticket is; on screens this is the issue's type."""

    REQUEST = "request", "Request"
    PROBLEM = "problem", "Problem"
    COMPLAINT = "complaint", "Complaint"
    COMPLIMENT = "compliment", "Compliment"
    QUESTION = "question", "Question"


class Status(models.TextChoices):
    """Where a ticket stands; the value is also the category the clocks know."""

    NEW = "new", "New"
    OPEN = "open", "Open"
    WAITING_CUSTOMER = "waiting_customer", "Waiting for customer"
    WAITING_SUPPLIER = "waiting_supplier", "Waiting for supplier"
    WAITING_OTHER = "waiting_other", "On hold"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"


class Move(models.TextChoices):
    """A verb that takes a ticket from one status to another."""

    OPEN = "open", "Open"
    WAIT_CUSTOMER = "wait_customer", "Wait for customer"
    WAIT_SUPPLIER = "wait_supplier", "Wait for supplier"
    HOLD = "hold", "Put on hold"
    RESOLVE = "resolve", "Resolve"
    REOPEN = "reopen", "Reopen"
    CLOSE = "close", "Close"


_LIVE = (Status.NEW, Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_SUPPLIER, Status.WAITING_OTHER)

# The one table of allowed moves: policy, buttons, documentation and tests are derived from it.
MOVES: dict[Move, tuple[tuple[Status, ...], Status]] = {
    Move.OPEN: (tuple(s for s in _LIVE if s != Status.OPEN), Status.OPEN),
    Move.WAIT_CUSTOMER: (tuple(s for s in _LIVE if s != Status.WAITING_CUSTOMER), Status.WAITING_CUSTOMER),
    Move.WAIT_SUPPLIER: (tuple(s for s in _LIVE if s != Status.WAITING_SUPPLIER), Status.WAITING_SUPPLIER),
    Move.HOLD: (tuple(s for s in _LIVE if s != Status.WAITING_OTHER), Status.WAITING_OTHER),
    Move.RESOLVE: (_LIVE, Status.RESOLVED),
    Move.REOPEN: ((Status.RESOLVED, Status.CLOSED), Status.OPEN),
    Move.CLOSE: ((Status.RESOLVED,), Status.CLOSED),
}

OPEN_STATUSES = frozenset(_LIVE)


class Level(models.TextChoices):
    """How far an issue reaches, or how soon it matters."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Priority(models.IntegerChoices):
    """1 is the most pressing."""

    CRITICAL = 1, "Critical"
    HIGH = 2, "High"
    NORMAL = 3, "Normal"
    LOW = 4, "Low"


PRIORITY_MATRIX: dict[tuple[Level, Level], Priority] = {
    (Level.HIGH, Level.HIGH): Priority.CRITICAL,
    (Level.HIGH, Level.MEDIUM): Priority.HIGH,
    (Level.HIGH, Level.LOW): Priority.NORMAL,
    (Level.MEDIUM, Level.HIGH): Priority.HIGH,
    (Level.MEDIUM, Level.MEDIUM): Priority.NORMAL,
    (Level.MEDIUM, Level.LOW): Priority.LOW,
    (Level.LOW, Level.HIGH): Priority.NORMAL,
    (Level.LOW, Level.MEDIUM): Priority.LOW,
    (Level.LOW, Level.LOW): Priority.LOW,
}


class Channel(models.TextChoices):
    """How the customer reached us."""

    EMAIL = "email", "Email"
    WEB = "web", "Web"
    PHONE = "phone", "Phone"
    CHAT = "chat", "Chat"
    API = "api", "API"
    WALK_IN = "walk_in", "Walk-in"
    IMPORT = "import", "Import"


class MessageKind(models.TextChoices):
    """Who speaks, and who may read it."""

    CUSTOMER = "customer", "From the customer"
    REPLY = "reply", "Public reply"
    NOTE = "note", "Internal note"
    AUTOMATIC = "automatic", "Automatic message"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockFace:
    """A clock as a screen shows it."""

    metric: str
    label: str
    cycle: int
    state: str
    started_at: dt.datetime
    due_at: dt.datetime | None
    stopped_at: dt.datetime | None
    breached_at: dt.datetime | None
    target_seconds: int
    elapsed_seconds: int
    remaining_seconds: int
    policy: str
    calendar: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a list somebody picks from."""

    id: int
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilters:
    """What an inbox is narrowed to; an empty field narrows nothing. `view` is a key of VIEWS."""

    view: str = "all_open"
    status: str = ""
    queue: int | None = None
    assignee: int | None = None
    priority: int | None = None
    kind: str = ""
    tag: int | None = None
    product: int | None = None
    place: int | None = None
    customer: int | None = None
    q: str = ""
    sort: str = ""


VIEWS: dict[str, str] = {
    "my_open": "My open",
    "unassigned": "Unassigned",
    "due_soon": "Due within the hour",
    "overdue": "Overdue",
    "waiting_customer": "Waiting for customer",
    "complaints": "Complaints",
    "all_open": "All open",
    "resolved": "Resolved and closed",
}

SORTS: dict[str, str] = {"due": "Most pressing first", "newest": "Newest first", "oldest": "Oldest first"}

# A count beyond this reads "1,000+": counting further would cost more than it tells.
COUNT_CAP = 1000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """A ticket as a list shows it."""

    id: int
    number: int
    subject: str
    kind: str
    status: str
    priority: int
    channel: str
    customer_id: int
    customer: str
    organisation: str
    queue_id: int
    queue: str
    assignee_id: int | None
    assignee: str
    opened_at: dt.datetime
    last_message_at: dt.datetime | None
    last_message_kind: str
    preview: str
    next_due_at: dt.datetime | None
    next_metric: str
    next_label: str
    is_overdue: bool
    has_breached: bool
    tags: tuple[str, ...]
    version: int
    origin: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list; `total_hint` is exact below COUNT_CAP and COUNT_CAP + 1 beyond."""

    rows: tuple[TicketRow, ...]
    next_cursor: str | None
    total_hint: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """A customer as a list shows her."""

    id: int
    name: str
    email: str
    phone: str
    organisation: str
    is_internal: bool
    open_tickets: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """One page of customers."""

    rows: tuple[CustomerRow, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDetail:
    """A customer with her latest tickets."""

    id: int
    name: str
    email: str
    phone: str
    organisation_id: int | None
    organisation: str
    is_internal: bool
    sees_organisation: bool
    time_zone: str
    language: str
    note: str
    created_at: dt.datetime
    version: int
    origin: str
    open_tickets: int
    total_tickets: int
    tickets: tuple[TicketRow, ...]
    promises: tuple["PromiseRow", ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Whose turn it was, in seconds; the three sum to `elapsed_seconds`."""

    us_seconds: int
    customer_seconds: int
    supplier_seconds: int
    elapsed_seconds: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketDetail:
    """A whole ticket as its page shows it, with its clocks at the moment asked for."""

    id: int
    number: int
    kind: str
    subject: str
    status: str
    status_reason: str
    impact: str
    urgency: str
    priority: int
    priority_reason: str
    channel: str
    queue_id: int
    queue: str
    team_id: int | None
    assignee_id: int | None
    assignee: str
    customer: "CustomerCard"
    product_id: int | None
    product: str
    place_id: int | None
    place: str
    tags: tuple[Choice, ...]
    opened_at: dt.datetime
    first_replied_at: dt.datetime | None
    resolved_at: dt.datetime | None
    closed_at: dt.datetime | None
    next_due_at: dt.datetime | None
    next_metric: str
    breached_at: dt.datetime | None
    clocks: tuple[ClockFace, ...]
    waiting: Waiting
    promises: tuple["PromiseRow", ...]
    allowed_moves: tuple[Move, ...]
    may_work: bool
    may_assign: bool
    version: int
    origin: str
    external_system: str
    external_id: str
    external_url: str
    attributes: dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """The customer beside a ticket."""

    id: int
    name: str
    email: str
    phone: str
    organisation: str
    is_internal: bool
    time_zone: str
    language: str
    note: str
    open_tickets: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file on the timeline."""

    id: int
    name: str
    size: int
    content_type: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One thing that happened on a ticket.

    `kind` is a MessageKind, or one of opened, moved, assigned, changed, priority, policy, escalation, breach,
    promise_made, promise_settled. `body` is text as written (never HTML); `detail` holds a sentence for the rest.
    """

    key: str
    at: dt.datetime
    kind: str
    actor_id: int | None
    actor: str
    body: str
    detail: str
    files: tuple[FileLink, ...] = ()
    delivery: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockSegment:
    """One stretch of a clock that was counted or skipped, and why."""

    start: dt.datetime
    end: dt.datetime
    counted: bool
    seconds: int
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WeekPoint:
    """One week of one promise."""

    starts_on: dt.date
    kept: int
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMetric:
    """One kind of promise over the last 30 days, with 26 weeks behind it.

    A promise is decided when it is kept, or when its due time passes. `share`, `low` and `high` (Wilson, 95 %) are
    None when nothing was decided; `target` is the share aimed at, None when no policy states one.
    """

    metric: str
    label: str
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None
    target: float | None
    weeks: tuple[WeekPoint, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSummary:
    """Whether promises are kept, and what is open now; open counts stop at COUNT_CAP + 1."""

    metrics: tuple[PromiseMetric, ...]
    kept: int
    total: int
    share: float | None
    overdue: int
    due_within_hour: int
    unassigned: int
    open: int
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AttentionItem:
    """Something that wants somebody now; severity is 1 (act now) to 3 (when there is time)."""

    kind: str
    sentence: str
    evidence: str
    count: int
    url: str
    button: str
    severity: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """A commitment to a customer."""

    id: int
    ticket_id: int
    ticket_number: int
    text: str
    due_at: dt.datetime
    made_by: str
    made_at: dt.datetime
    settled_at: dt.datetime | None
    state: str
    is_overdue: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PresenceRow:
    """Somebody who has the ticket open now."""

    user_id: int
    name: str
    seen_at: dt.datetime
    is_typing: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """What somebody has begun to write."""

    kind: str
    body: str
    saved_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A saved filter."""

    id: int
    name: str
    query: str
    is_mine: bool
    is_shared: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the lists of an inbox or a form offer this actor."""

    queues: tuple[Choice, ...]
    assignees: tuple[Choice, ...]
    products: tuple[Choice, ...]
    places: tuple[Choice, ...]
    tags: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PortalTicket:
    """A ticket as its customer sees it: no notes, no queue, no clocks."""

    id: int
    number: int
    subject: str
    status: str
    opened_at: dt.datetime
    resolved_at: dt.datetime | None
    promised_by: dt.datetime | None
    customer_id: int
    customer: str
    messages: tuple[TimelineItem, ...]
    can_reply: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What an action on a ticket leaves behind: the version to send with the next one."""

    ticket_id: int
    number: int
    version: int
    status: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MetricPreview:
    """How one target would have fared."""

    metric: str
    priority: int | None
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPreview:
    """How targets not yet in force would have fared on tickets resolved in the last 90 days."""

    metrics: tuple[MetricPreview, ...]
    sampled: int
    matching: int
    since: dt.datetime
