"""Tickets, customers and what hangs on them, as they leave the desk."""

import dataclasses
import datetime as dt

from wellserved.apps.desk.types.states import Move


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
