"""Files, comments, approvals and what is erased: what stands beside any record."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from wellserved.api.shapes.wire import After, Body, Given, Id, Limit, Told
from wellserved.apps.desk.types import Channel, Move

Kind = Annotated[str, Field(min_length=3, max_length=60, pattern="^[a-z_]+[.][a-z_]+$", examples=["desk.customer"])]
Why = Annotated[str, Field(min_length=1, max_length=2000)]


class PageQuery(Given):
    """Where a list goes on, and how much of it."""

    after: After | None = None
    limit: Limit = 50


class TagQuery(PageQuery):
    """How the list of tags is narrowed."""

    q: str = Field("", max_length=60, description="The beginning of a tag.")


class OrganisationQuery(PageQuery):
    """How the list of organisations is narrowed."""

    q: str = Field("", max_length=200, description="A part of the name.")


class MessageForm(Given):
    """A message whose files come with it; the fields are those of the kind it is sent as."""

    kind: Literal["reply", "note", "customer"] = Field(description="reply: to the customer; note: for colleagues.")
    body: Body
    then: Move | None = Field(None, description="Of a reply: the move that goes with it.")
    reason: str = Field("", max_length=120)
    version: Id | None = Field(None, description="Of a reply: refused when somebody wrote since.")
    channel: Channel = Channel.API


class File(Told):
    """A file beside a record; its content is at /files/{id}/content."""

    id: int
    name: str
    size: int
    content_type: str
    uploaded_by: str
    at: dt.datetime


class CommentGiven(Given):
    """A comment; `@Name` in it calls a colleague, as `mentions` does. Only whoever sees the record is called."""

    body: str = Field(min_length=1, max_length=20_000)
    mentions: list[Id] = Field([], max_length=20)


class Comment(Told):
    """A comment on a record."""

    id: int
    subject_kind: str
    subject_id: int
    author: str
    body: str
    at: dt.datetime
    mentions: list[str]
    erased: bool


class Mention(Told):
    """A comment that calls the caller, and whether it is new to her."""

    comment: Comment
    is_new: bool


class Seen(Told):
    """How many were new."""

    count: int


class ApprovalQuery(PageQuery):
    """Which requests: those that wait for the caller, or those she asked for."""

    box: Literal["waiting", "asked"] = "waiting"


class DecisionGiven(Given):
    """Yes or no; a no needs its reason."""

    approve: bool
    reason: str = Field("", max_length=2000)


class CounterOffer(Given):
    """Other terms: less than was asked for, and why."""

    reason: Why
    amount: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)


class Withdrawal(Given):
    """Why a request is taken back."""

    reason: str = Field("", max_length=2000)


class Vote(Told):
    """One answer to a request."""

    voter: str
    answer: str
    reason: str
    amount: Decimal | None
    at: dt.datetime


class Approval(Told):
    """A request for approval: each line of `detail` says what would change, as label, before, after."""

    id: int
    subject_kind: str
    subject_id: int
    purpose: str
    summary: str
    detail: list[list[str]]
    amount: Decimal | None
    currency: str
    needed: int
    given: int
    round: int
    state: str
    requested_by: str
    requested_at: dt.datetime
    expires_at: dt.datetime
    votes: list[Vote]
    may_decide: bool
    may_withdraw: bool


class Subject(Given):
    """A record, by kind and id."""

    kind: Kind = Field(description="Such as desk.customer.")
    id: Id


class ErasureGiven(Given):
    """The records of one person, all together; with `fields`, only those values of theirs."""

    subjects: list[Subject] = Field(min_length=1, max_length=200)
    reason: Why
    fields: list[Annotated[str, Field(min_length=1, max_length=60)]] | None = Field(None, min_length=1, max_length=50)


class Erased(Told):
    """How many values, comments, files and requests are gone."""

    erased: int


class Escalation(Told):
    """A warning, breach or step of a ladder; planned while `fired_at` is null."""

    id: int
    ticket_number: int
    metric: str
    cycle: int
    level: int
    kind: Literal["warning", "breach", "escalation"]
    due_at: dt.datetime
    fired_at: dt.datetime | None
    told: list[int]
    seen_at: dt.datetime | None


class Tag(Told):
    """A word tickets are found by; a new one is made by using it."""

    id: int
    name: str
    tickets: int


class Organisation(Told):
    """A company, a household, or a department of our own."""

    id: int
    name: str
    is_internal: bool
    version: int
    customers: int
    open_tickets: int


class WatchGiven(Given):
    """A folder on this server that another help desk exports to."""

    folder: str = Field(min_length=1, max_length=500, description="Its whole path.", examples=["/srv/exports"])
    pattern: str = Field("*.csv*", max_length=80)
    system: str = Field("", max_length=60)
    link_template: str = Field("", max_length=300, description="Leads back to a ticket; {id} stands for its number.")
    mapping: dict[str, object] | None = Field(None, description="The mapping file, as JSON; else each is detected.")


class Watch(Told):
    """A watched folder, when it was looked at last, and what went wrong."""

    id: int
    folder: str
    pattern: str
    system: str
    link_template: str
    is_active: bool
    looked_at: dt.datetime | None
    error: str
    created_at: dt.datetime
