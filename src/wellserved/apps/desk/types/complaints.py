"""Complaints: their stages and outcomes, and how screens and programs know them."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models

from wellserved.apps.standards.types.law import PackInForce


class Stage(models.TextChoices):
    """Where a complaint stands, on the pattern of ISO 10002."""

    RECEIPT = "receipt", "Receipt"
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
    ASSESSMENT = "assessment", "Assessment"
    INVESTIGATION = "investigation", "Investigation"
    RESPONSE = "response", "Response"
    REVIEW = "review", "Independent review"
    OUTSIDE = "outside", "With an outside body"
    CLOSED = "closed", "Closed"


# The moves a person makes; letters, decisions and outside cases make the others.
STAGE_MOVES: dict[Stage, tuple[Stage, ...]] = {
    Stage.ACKNOWLEDGEMENT: (Stage.ASSESSMENT,),
    Stage.ASSESSMENT: (Stage.INVESTIGATION,),
    Stage.INVESTIGATION: (),
    Stage.RESPONSE: (Stage.CLOSED, Stage.REVIEW, Stage.INVESTIGATION),
    Stage.REVIEW: (),
    Stage.OUTSIDE: (),
    Stage.CLOSED: (Stage.REVIEW,),
}
DECIDABLE = (Stage.ASSESSMENT, Stage.INVESTIGATION, Stage.RESPONSE, Stage.REVIEW)


class Outcome(models.TextChoices):
    """Whether the complainant was right."""

    UPHELD = "upheld", "Upheld"
    PARTLY = "partly", "Partly upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"


class Cause(models.TextChoices):
    """What let it happen."""

    PRODUCT = "product", "Product"
    PROCESS = "process", "Process"
    PEOPLE = "people", "People"
    PARTNER = "partner", "Partner"
    POLICY = "policy", "Policy"
    SYSTEM = "system", "System"
    COMMUNICATION = "communication", "Communication"
    EXPECTATION = "expectation", "Expectation"


class RemedyKind(models.TextChoices):
    """What is done to put it right; those of money are held against limits of authority."""

    APOLOGY = "apology", "Apology"
    EXPLANATION = "explanation", "Explanation"
    ACTION = "action", "Practical action"
    REFUND = "refund", "Refund"
    GOODWILL = "goodwill", "Goodwill payment"
    DISCOUNT = "discount", "Discount"
    REPLACEMENT = "replacement", "Replacement"


MONEY_REMEDIES = (RemedyKind.REFUND, RemedyKind.GOODWILL, RemedyKind.DISCOUNT, RemedyKind.REPLACEMENT)


class OutsideKind(models.TextChoices):
    """What an outside body does with a complaint."""

    OMBUDSMAN = "ombudsman", "Ombudsman or regulator"
    MEDIATION = "mediation", "Mediation"
    ARBITRATION = "arbitration", "Arbitration"
    COURT = "court", "Court"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryClock:
    """One clock of the law on one complaint.

    `state` is running, passed (due and not met), waiting (for the complainant), met, late, gone (a route no longer
    open) or extended. `due_on` is the last day in time; none while it waits.
    """

    key: str
    title: str
    sentence: str
    is_route: bool
    letter: str
    started_on: dt.date
    due_on: dt.date | None
    due_at: dt.datetime | None
    warn_at: dt.datetime | None
    last_call_at: dt.datetime | None
    stopped_on: dt.date | None
    extended_by: str
    state: str
    days_left: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFilters:
    """What the register is narrowed to."""

    view: str = "open"
    stage: str = ""
    outcome: str = ""
    cause: str = ""
    handler: int | None = None
    pack: int | None = None
    q: str = ""


COMPLAINT_VIEWS = {
    "open": "Open",
    "due_week": "Due within seven days",
    "past_due": "Past due",
    "mine": "Yours",
    "closed": "Closed",
    "all": "All",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint as the register lists it."""

    id: int
    number: int
    subject: str
    complainant: str
    received_at: dt.datetime
    stage: str
    stage_name: str
    pack: str
    handler: str
    outcome: str
    cause: str
    cost: Decimal
    next_due_on: dt.date | None
    next_due_at: dt.datetime | None
    next_clock: str
    is_past_due: bool
    is_restricted: bool
    closed_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFigures:
    """The figures of the register's verdict; the interval is Wilson's at 95 %."""

    open: int
    due_week: int
    past_due: int
    decided: int
    upheld: int
    low: float | None
    high: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintPage:
    """One page of the register."""

    rows: tuple[ComplaintRow, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One stage a complaint went through."""

    stage: str
    name: str
    entered_at: dt.datetime
    left_at: dt.datetime | None
    by: str
    note: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RemedyRow:
    """What was done to put it right."""

    kind: str
    name: str
    amount: Decimal | None
    currency: str
    note: str
    by: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRow:
    """A case with an outside body."""

    id: int
    kind: str
    kind_name: str
    body: str
    reference: str
    person: str
    is_binding: bool
    opened_on: dt.date
    decision: str
    signed_on: dt.date | None
    closed_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter of the pack on this complaint: not begun, drafted or sent."""

    key: str
    title: str
    role: str
    state: str
    sent_at: dt.datetime | None
    by: str
    body: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ElementCheck:
    """Whether a letter says what it must: found in the text, ticked with a reason, or missing."""

    key: str
    label: str
    required: bool
    state: str
    evidence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """A letter being written, with its checklist."""

    key: str
    title: str
    role: str
    language: str
    wanted_language: str
    body: str
    checks: tuple[ElementCheck, ...]
    ticks: dict[str, str]
    blocked: str
    is_saved: bool

    @property
    def missing(self) -> tuple[ElementCheck, ...]:
        """Return the elements that keep it from being sent."""
        return tuple(check for check in self.checks if check.required and check.state == "missing")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDetail:
    """One complaint with everything its page shows."""

    row: ComplaintRow
    ticket_id: int
    channel: str
    summary: str
    language: str
    pack: PackInForce
    stages: tuple[StageRow, ...]
    clocks: tuple[StatutoryClock, ...]
    letters: tuple[LetterRow, ...]
    remedies: tuple[RemedyRow, ...]
    outside: tuple[OutsideRow, ...]
    record: dict[str, Any]
    handler_id: int | None
    reviewer_id: int | None
    reviewer: str
    outcome_name: str
    cause_name: str
    answer: str
    lessons: str
    waiting_for: str
    extension_reason: str
    keep_until: dt.date
    may_work: bool
    may_assign: bool
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """What a period brought: complaints received and decided, of those the outcomes and causes, and compliments."""

    received: int
    decided: int
    outcomes: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]
    compliments: int
