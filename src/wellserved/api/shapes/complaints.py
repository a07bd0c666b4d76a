"""Complaints, and the law they run under."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from wellserved.api.shapes.wire import After, Given, Id, Limit, Moment, Reason, Told
from wellserved.apps.desk.types.complaints import Cause, Outcome, RemedyKind, Stage

Words = Annotated[str, Field(max_length=200)]


class ComplaintQuery(Given):
    """What the register is narrowed to."""

    view: Literal["open", "due_week", "past_due", "mine", "closed", "all"] = "open"
    stage: Stage | None = None
    outcome: Outcome | None = None
    cause: Cause | None = None
    handler: Id | None = None
    pack: Id | None = None
    q: Words = ""
    after: After | None = None
    limit: Limit = 50


class NewComplaint(Given):
    """A ticket to handle as a complaint; what is left out is read off the ticket."""

    number: Id = Field(description="The number of the ticket.")
    pack_id: Id | None = Field(None, description="The rule pack it comes under; the default one when left out.")
    received_at: Moment | None = Field(
        None,
        description="When the customer complained, at most 366 days before the ticket was opened; left out, her latest "
        "message until the ticket was a complaint.",
    )
    complainant: Words = ""
    summary: Annotated[str, Field(max_length=4000)] = ""
    is_restricted: bool = Field(False, description="About a colleague: for managers, handler and reviewer alone.")


class ComplaintItem(Told):
    """A complaint as the register lists it."""

    id: int
    number: int
    subject: str
    complainant: str
    received_at: dt.datetime
    stage: str
    pack: str
    handler: str
    outcome: str
    cause: str
    cost: Decimal
    next_clock: str
    next_due_on: dt.date | None
    is_past_due: bool
    is_restricted: bool
    closed_at: dt.datetime | None


class LawClock(Told):
    """A clock of the law on one complaint."""

    key: str
    title: str
    sentence: str
    is_route: bool
    state: str
    due_on: dt.date | None
    stopped_on: dt.date | None
    days_left: int | None


class LetterItem(Told):
    """A letter of the pack on this complaint."""

    key: str
    title: str
    role: str
    state: str
    sent_at: dt.datetime | None


class ComplaintTold(Told):
    """One complaint."""

    row: ComplaintItem
    summary: str
    clocks: list[LawClock]
    letters: list[LetterItem]
    handler_id: int | None
    reviewer_id: int | None
    answer: str
    lessons: str
    extension_reason: str
    waiting_for: str
    keep_until: dt.date
    version: int


class StageTaken(Given):
    """Where a complaint goes by hand, and why."""

    to: Stage
    note: Annotated[str, Field(max_length=2000)] = ""


class Decision(Given):
    """Whether the complainant was right."""

    outcome: Outcome
    cause: Cause
    answer: Annotated[str, Field(min_length=1, max_length=8000)]
    lessons: Annotated[str, Field(max_length=4000)] = ""


class RemedyGiven(Given):
    """What is done to put it right."""

    kind: RemedyKind
    amount: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = None
    note: Annotated[str, Field(max_length=500)] = ""


class PeopleGiven(Given):
    """Who handles it, who reviews it, who may know of it."""

    handler_id: Id | None = None
    reviewer_id: Id | None = None
    is_restricted: bool = False


class LetterGiven(Given):
    """A letter to send, and the reasons of elements that do not apply."""

    body: Annotated[str, Field(min_length=1, max_length=50_000)]
    ticks: Annotated[dict[str, Annotated[str, Field(max_length=300)]], Field(max_length=60)] = {}
    reason: Annotated[str, Field(max_length=500)] = ""


class LetterCheck(Told):
    """Whether a letter says something it must."""

    key: str
    label: str
    required: bool
    state: str
    evidence: str


class LetterDrafted(Told):
    """A letter with its checklist; it can be sent when `blocked` is empty and nothing required is missing."""

    key: str
    title: str
    language: str
    body: str
    blocked: str
    checks: list[LetterCheck]


class Changed(Told):
    """What a change leaves behind."""

    id: int
    version: int


class PackGiven(Given):
    """A rule pack as TOML or JSON."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    reason: Reason = ""


class PackTold(Told):
    """A rule pack in the version in force today."""

    version_id: int
    pack_id: int
    number: int
    name: str
    is_default: bool


class DutyQuery(Given):
    """What the register of law is narrowed to."""

    q: Words = ""
    role: Annotated[str, Field(max_length=20)] = ""
    kind: Annotated[str, Field(max_length=6)] = ""
    overdue: bool = False
    after: After | None = None
    limit: Limit = 50


class DutyGiven(Given):
    """A duty of law, code or policy."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    summary: Annotated[str, Field(min_length=1, max_length=2000)]
    kind: Literal["law", "code", "policy"]
    review_on: dt.date
    process: Words = ""
    source: Annotated[str, Field(max_length=500)] = ""
    owner_id: Id | None = None
    roles: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=10)] = []
    is_attested: bool = False


class Duty(Told):
    """A duty as the register lists it."""

    id: int
    kind: str
    title: str
    summary: str
    process: str
    source: str
    pack: str
    clock: str
    letter: str
    owner: str
    review_on: dt.date
    is_overdue: bool
    roles: list[str]
    is_attested: bool
    attested: bool
    version: int
