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
    standard: "Choice | None" = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a list somebody picks from."""

    id: int
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """A ticket as a list shows it; `risks` says why it is in the view of those at risk, and is empty elsewhere."""

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
    risks: tuple[str, ...] = ()


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
class OrganisationRow:
    """An organisation with how many of its people we know and how many of their tickets are open."""

    id: int
    name: str
    is_internal: bool
    version: int
    customers: int
    open_tickets: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRow:
    """A warning, breach or step of one clock; `fired_at` is None while it is only planned."""

    id: int
    ticket_number: int
    metric: str
    cycle: int
    level: int
    kind: str
    due_at: dt.datetime
    fired_at: dt.datetime | None
    told: tuple[int, ...]
    seen_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LikelySame:
    """A card that may be the same person's, and why."""

    id: int
    name: str
    email: str
    why: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MergeRow:
    """One more address of a person, with how many tickets came with it."""

    id: int
    other_id: int
    name: str
    email: str
    tickets: int
    reason: str
    merged_by: str
    merged_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CollaboratorRow:
    """Somebody asked to help with a ticket: a colleague, or a partner without `user_id`."""

    id: int
    user_id: int | None
    name: str
    email: str
    organisation: str
    ask: str
    asked_by: str
    asked_at: dt.datetime
    contribution: str
    done_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRow:
    """The steps that solved a ticket, and who has read them."""

    id: int
    ticket_number: int
    subject: str
    text: str
    shared_by: str
    shared_at: dt.datetime
    read_by: tuple[str, ...]
    is_new: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """A tag and how many tickets bear it."""

    id: int
    name: str
    tickets: int


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
    preferred_channel: str
    needs: str
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
    preferred_channel: str
    needs: str
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
    promise_made, promise_settled, remedy, taken_back, undone. `body` is text as written (never HTML); `detail` holds
    a sentence for the rest. `undo_until` is when the reader's own reply leaves and can no longer be taken back.
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
    message_id: int | None = None
    undo_until: dt.datetime | None = None


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
    """A commitment on a ticket: to its customer, or to the colleague or partner `to_name`."""

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
    made_to: str = "customer"
    to_name: str = ""
    cause: str = ""
    cause_note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PresenceRow:
    """Somebody who has the ticket open now."""

    user_id: int
    name: str
    seen_at: dt.datetime
    is_typing: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """What somebody has begun to write, and the files that wait to go with it."""

    kind: str
    body: str
    saved_at: dt.datetime
    files: tuple[FileLink, ...] = ()


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
    promises: tuple["PromiseRow", ...] = ()
    next_update_at: dt.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Forgettable:
    """What is kept of a customer and would go if she were forgotten; `numbers` are the latest of her tickets."""

    customer_id: int
    name: str
    email: str
    phone: str
    note: str
    signs_in: bool
    tickets: int
    numbers: tuple[int, ...]
    messages: int
    files: int
