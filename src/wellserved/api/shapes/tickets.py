"""Tickets, what is said on them, and their clocks."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from wellserved.api.shapes.wire import After, Body, Given, Id, Limit, Moment, Reason, Told
from wellserved.apps.desk.types import Channel, Kind, Level, MessageKind, Move, Priority, Status, Wish
from wellserved.apps.desk.types.promises import MadeTo

Subject = Annotated[str, Field(min_length=1, max_length=300)]
Tags = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)]


class TicketQuery(Given):
    """How the list of tickets is narrowed; the names are those of the inbox's address."""

    view: str = Field("all_open", max_length=40, description="A key of GET /views.")
    status: Status | None = None
    queue: Id | None = None
    assignee: Id | None = None
    priority: Priority | None = None
    kind: Kind | None = None
    tag: Id | None = None
    product: Id | None = None
    place: Id | None = None
    customer: Id | None = None
    q: str = Field("", max_length=200, description="Words of the subject, the customer or a message; or a number.")
    sort: str = Field("", max_length=20, description="due, newest or oldest.")
    after: After | None = None
    limit: Limit = 50


class NewTicket(Given):
    """A ticket to open, for a customer known by id or by her address."""

    subject: Subject
    body: Body
    customer_id: Id | None = None
    customer_email: str = Field("", max_length=254)
    customer_name: str = Field("", max_length=200)
    kind: Kind = Kind.REQUEST
    channel: Channel = Channel.API
    queue_id: Id | None = None
    impact: Level = Level.MEDIUM
    urgency: Level = Level.MEDIUM
    product_id: Id | None = None
    place_id: Id | None = None
    tags: Tags = []


class TicketChange(Given):
    """The fields to change; one that is left out stays as it is."""

    subject: Subject | None = None
    kind: Kind | None = None
    queue_id: Id | None = None
    product_id: Id | None = None
    place_id: Id | None = None
    tags: Tags | None = None


class PriorityChange(Given):
    """Impact and urgency give the priority; another one needs its reason."""

    impact: Level
    urgency: Level
    override: Priority | None = None
    reason: Annotated[str, Field(max_length=200)] = ""


class MoveTaken(Given):
    """A verb of the one table of moves."""

    move: Move
    reason: Annotated[str, Field(max_length=120)] = ""


class Assignment(Given):
    """Who answers the ticket; null gives it back to its queue."""

    assignee_id: Id | None
    reason: Reason = Field("", description="Why, if she lacks a skill the queue asks for; leaders may.")


class RemedyGranted(Given):
    """What a reply grants the customer, within the caller's limit."""

    kind: str = Field(min_length=1, max_length=40)
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)


class Reply(Given):
    """A public reply; with `version`, it is refused when the customer or a colleague wrote since."""

    body: Body
    then: Move | None = None
    reason: Annotated[str, Field(max_length=120)] = ""
    version: Id | None = None
    channel: Wish = Field(Wish.NONE, description="email or phone; else as the customer asked, by mail without a wish.")
    remedy: RemedyGranted | None = None
    referral_id: Id | None = Field(None, description="A referral whose grant the reply gives the customer.")


class Note(Given):
    """A note for colleagues alone."""

    body: Body
    mentions: list[Id] = Field([], max_length=50)


class CustomerMessage(Given):
    """What the customer said, typed in for her."""

    body: Body
    channel: Channel = Channel.API


class DraftGiven(Given):
    """What somebody has begun to write; an empty text removes it."""

    body: str = Field(max_length=200_000)


class PromiseGiven(Given):
    """What is promised to the customer, a colleague (`to_user_id`) or a service partner (`to_name`), and by when."""

    text: Subject
    due_at: Moment
    made_to: MadeTo = MadeTo.CUSTOMER
    to_user_id: Id | None = None
    to_name: Annotated[str, Field(max_length=200)] = ""


class PromiseSettled(Given):
    """How a promise ended: kept, broken or withdrawn; one broken, or kept after its time, has a cause."""

    state: str = Field(max_length=20)
    cause: str = Field("", max_length=12)
    note: str = Field("", max_length=300)


class ViewGiven(Given):
    """A filter to keep: the query string of an inbox."""

    name: str = Field(min_length=1, max_length=80)
    query: str = Field(max_length=500)
    is_shared: bool = False


class Saved(Told):
    """What a change leaves behind: the version to name in the next one."""

    ticket_id: int
    number: int
    version: int
    status: Status


class Named(Told):
    """A record by id and name."""

    id: int
    name: str


class TicketItem(Told):
    """A ticket as a list shows it."""

    id: int
    number: int
    subject: str
    kind: Kind
    status: Status
    priority: Priority
    channel: Channel
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
    is_overdue: bool
    has_breached: bool
    tags: list[str]
    version: int
    origin: str
    risks: list[str] = Field(description="In the view at_risk: why it is there.")


class CustomerCard(Told):
    """The customer of a ticket."""

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


class Clock(Told):
    """One promise of time, as it stands at the moment asked for."""

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


class Waiting(Told):
    """Whose turn it was; the three sum to the time elapsed."""

    us_seconds: int
    customer_seconds: int
    supplier_seconds: int
    elapsed_seconds: int


class Promise(Told):
    """A commitment on a ticket, to its customer, a colleague or a service partner."""

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
    made_to: str
    to_name: str
    cause: str


class Ticket(Told):
    """A whole ticket."""

    id: int
    number: int
    kind: Kind
    subject: str
    status: Status
    status_reason: str
    impact: Level
    urgency: Level
    priority: Priority
    priority_reason: str
    channel: Channel
    queue_id: int
    queue: str
    team_id: int | None
    assignee_id: int | None
    assignee: str
    customer: CustomerCard
    product_id: int | None
    product: str
    place_id: int | None
    place: str
    tags: list[Named]
    opened_at: dt.datetime
    first_replied_at: dt.datetime | None
    resolved_at: dt.datetime | None
    closed_at: dt.datetime | None
    next_due_at: dt.datetime | None
    next_metric: str
    breached_at: dt.datetime | None
    clocks: list[Clock]
    waiting: Waiting
    promises: list[Promise]
    allowed_moves: list[Move]
    version: int
    origin: str
    external_system: str
    external_id: str
    external_url: str
    attributes: dict[str, str]


class FileLink(Told):
    """A file on the timeline."""

    id: int
    name: str
    size: int
    content_type: str


class TimelineItem(Told):
    """One thing that happened on a ticket; `body` is text as written, never HTML."""

    key: str
    at: dt.datetime
    kind: str
    actor_id: int | None
    actor: str
    body: str
    detail: str
    files: list[FileLink]
    delivery: str


class Segment(Told):
    """A stretch of a clock that was counted or skipped, and why."""

    start: dt.datetime
    end: dt.datetime
    counted: bool
    seconds: int
    reason: str


class Draft(Told):
    """What the caller has begun to write."""

    kind: MessageKind
    body: str
    saved_at: dt.datetime


class Presence(Told):
    """Somebody who has the ticket open now."""

    user_id: int
    name: str
    seen_at: dt.datetime
    is_typing: bool


class BuiltInView(Told):
    """A view every inbox has; `count` stops at 1,001, which stands for more."""

    key: str
    name: str
    count: int | None


class SavedView(Told):
    """A filter somebody kept."""

    id: int
    name: str
    query: str
    is_mine: bool
    is_shared: bool


class Views(Told):
    """The views of an inbox."""

    built_in: list[BuiltInView]
    saved: list[SavedView]
