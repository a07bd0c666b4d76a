"""Standards and service partners."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictInt

from wellserved.api.shapes.standards import MOST, PriorityNumber, Seconds, Waits
from wellserved.api.shapes.wire import After, Given, Id, Limit, Reason, Told
from wellserved.apps.desk.types import Channel, Kind


def _within_reach(day: dt.date) -> dt.date:
    if not 2000 <= day.year <= 2100:
        raise ValueError("give a day between the years 2000 and 2100")
    return day


Day = Annotated[dt.date, AfterValidator(_within_reach)]
Amount = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Words = Annotated[str, Field(max_length=1000)]
MeasureKey = Literal[
    "",
    "first_reply",
    "next_reply",
    "keep_informed",
    "resolution",
    "ola",
    "supplier",
    "completion",
    "digital_take_up",
    "satisfaction",
    "cost_per_transaction",
]


class ListQuery(Given):
    """Which page of a list."""

    limit: Limit = 50
    after: After | None = None


class Scope(Given):
    """Which tickets a standard is for; one that is left out asks nothing."""

    kind: Annotated[list[Kind], MOST] = []
    queue: Annotated[list[Id], MOST] = []
    channel: Annotated[list[Channel], MOST] = []
    product: Annotated[list[Id], MOST] = []
    priority: Annotated[list[PriorityNumber], MOST] = []


class AnswersGiven(Given):
    """A standard as far as it is answered; what is missing is asked for when it is agreed."""

    name: str = Field("", max_length=120)
    expectation: str = Field("", max_length=500)
    expectation_id: Id | None = None
    promise: str = Field("", max_length=300)
    measure: MeasureKey = ""
    source: Literal["", "desk", "survey", "accounts", "by_hand"] = ""
    target: Amount | None = Field(None, description="A share from 0 to 1; for a cost, an amount.")
    tolerance: float = Field(0.0, ge=0, lt=1_000_000, allow_inf_nan=False)
    seconds: Seconds | None = None
    calendar: Id | None = Field(None, description="The id of a calendar, not of its version.")
    pause_on: list[Waits] = Field([], max_length=3)
    audience: Literal["", "customers", "colleagues", "partners"] = ""
    conditions: Scope = Scope()
    partner_id: Id | None = None
    agreed_with: str = Field("", max_length=160)
    frequency: Literal["", "week", "month", "quarter"] = ""
    effective_on: Day | None = None
    owner_id: Id | None = None
    review_on: Day | None = None
    legal_basis: str = Field("", max_length=300)
    obligation_id: Id | None = None


class Answers(Told):
    """What a standard says."""

    name: str
    expectation: str
    expectation_id: int | None
    promise: str
    measure: str
    source: str
    target: float | None
    tolerance: float
    seconds: int | None
    calendar: int | None
    pause_on: list[str]
    audience: str
    conditions: dict[str, list[Any]]
    partner_id: int | None
    agreed_with: str
    frequency: str
    effective_on: dt.date | None
    owner_id: int | None
    review_on: dt.date | None
    legal_basis: str
    obligation_id: int | None


class Standard(Told):
    """A standard with what holds, or its draft before the first agreement."""

    id: int
    name: str
    state: str
    sentence: str
    owner: str
    is_review_due: bool
    policy_id: int | None
    has_draft: bool
    version: int
    answers: Answers


class Agreement(Given):
    """Why it changes; needed from the second version on."""

    reason: Reason = ""


class GoingLive(Given):
    """Why it goes live now, for its history."""

    reason: Reason = ""


class RetirementGiven(Given):
    """Why it is promised no more."""

    reason: Annotated[str, Field(min_length=1, max_length=300)]


class StandardReview(Given):
    """What was found, and when it is looked at next."""

    finding: Annotated[str, Field(min_length=1, max_length=300)]
    next_on: Day


class ReadingGiven(Given):
    """A figure from outside the desk."""

    on: Day
    value: Annotated[float, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)]
    cases: Annotated[StrictInt, Field(ge=1, le=1_000_000_000)]
    note: str = Field("", max_length=200)


class StandardVersion(Told):
    """A standard as it was agreed."""

    number: int
    effective_on: dt.date
    created_at: dt.datetime
    created_by: str
    reason: str
    answers: Answers


class Finding(Told):
    """What one letter of SMART says; null when nobody can say yet."""

    key: str
    label: str
    holds: bool | None
    sentence: str


class StandardWeek(Told):
    """One week of the past."""

    starts_on: dt.date
    kept: int
    total: int


class Past(Told):
    """What would have been kept; `low` and `high` are the 95 % interval of the share."""

    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None
    weeks: list[StandardWeek]


class Check(Told):
    """Whether a standard can be measured, and what the last 90 days would have kept; null when the desk cannot say."""

    findings: list[Finding]
    past: Past | None


class Headings(Given):
    """What is known of a partner under the headings kept in words."""

    commitment: Words = ""
    communication: Words = ""
    leadership: Words = ""
    vision: Words = ""


class PartnerGiven(Given):
    """A service partner."""

    name: str = Field(min_length=1, max_length=160)
    known_as: str = Field("", max_length=80)
    contact: str = Field("", max_length=160)
    contact_email: str = Field("", max_length=254)
    headings: Headings = Headings()
    is_active: bool = True


class Partner(Told):
    """A service partner as a list shows it."""

    id: int
    name: str
    known_as: str
    contact: str
    contact_email: str
    is_active: bool
    review_on: dt.date | None
    is_review_due: bool
    agreements: int
    has_declaration: bool
    has_interest: bool
    version: int


class DeclarationGiven(Given):
    """Whether one has an interest in a partner, and which."""

    has_interest: bool
    words: str = Field("", max_length=500)


class Findings(Given):
    """What was found under each of the seven headings."""

    sla: Words = ""
    commitment: Words = ""
    conflicts: Words = ""
    responsiveness: Words = ""
    communication: Words = ""
    leadership: Words = ""
    vision: Words = ""


class PartnerReviewGiven(Given):
    """A review under all seven headings."""

    findings: Findings
    next_on: Day
