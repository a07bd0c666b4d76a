"""Segments, expectations, services, the vision and objectives."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictInt

from wellserved.api.shapes.commitments import Day, ListQuery
from wellserved.api.shapes.wire import Given, Id, Reason, Told
from wellserved.apps.desk.types import Kind

Many = Field(max_length=50)
Importance = Annotated[StrictInt, Field(ge=1, le=5)]
Credibility = Annotated[StrictInt, Field(ge=1, le=3)]
Text = Annotated[str, Field(max_length=1000)]
StaffRole = Literal["agent", "team_leader", "manager", "analyst", "decision_maker", "administrator"]
Basis = Literal["stated", "derived", "observed"]
Cover = Literal["covered", "unpromised", "unserved"]


class RuleGiven(Given):
    """Who belongs to a segment: whoever passes every question that is asked."""

    who: Literal["anybody", "external", "household", "organisation", "internal"] = "anybody"
    organisations: Annotated[list[Id], Many] = []
    tags: Annotated[list[Id], Many] = []
    products: Annotated[list[Id], Many] = []
    kinds: Annotated[list[Kind], Many] = []


class SegmentGiven(Given):
    """A sort of customers."""

    name: str = Field(min_length=1, max_length=120)
    description: str = Field("", max_length=500)
    rule: RuleGiven = RuleGiven()
    owner_id: Id | None = None
    review_on: Day | None = None
    is_active: bool = True


class Rule(Told):
    """Who belongs to a segment."""

    who: str
    organisations: list[int]
    tags: list[int]
    products: list[int]
    kinds: list[str]


class CustomerSegment(Told):
    """A sort of customers; who belongs to it is worked out when asked."""

    id: int
    name: str
    description: str
    rule: Rule
    owner_id: int | None
    review_on: dt.date | None
    is_review_due: bool
    is_active: bool
    expectations: int
    version: int


class SegmentWhole(CustomerSegment):
    """A segment with how many customers belong to it now."""

    customers: int


class SignalsGiven(Given):
    """By what tickets are known that tell of an expectation."""

    tags: Annotated[list[Id], Many] = []
    products: Annotated[list[Id], Many] = []
    words: Annotated[list[Annotated[str, Field(min_length=3, max_length=40)]], Many] = []


class ExpectationGiven(Given):
    """What a segment expects, where that is known from, and how far it is believed."""

    title: str = Field(min_length=1, max_length=200)
    segment_id: Id
    detail: Text = ""
    basis: Basis
    nature: Literal["real", "perceived"]
    importance: Importance
    source: Literal["survey", "interview", "desk", "complaints", "observation", "staff", "market", "law"]
    source_note: str = Field("", max_length=200)
    source_on: Day
    credibility: Credibility
    signals: SignalsGiven = SignalsGiven()
    review_on: Day
    is_active: bool = True


class ExpectationQuery(ListQuery):
    """Which expectations."""

    segment: Id | None = None
    basis: Literal["", "stated", "derived", "observed"] = ""
    cover: Literal["", "covered", "unpromised", "unserved"] = ""


class Signals(Told):
    """By what tickets are known."""

    tags: list[int]
    products: list[int]
    words: list[str]


class LinkedRecord(Told):
    """A record by its name."""

    id: int
    name: str


class Expectation(Told):
    """An expectation with what serves and promises it."""

    id: int
    title: str
    detail: str
    segment_id: int
    segment: str
    basis: str
    nature: str
    importance: int
    source: str
    source_note: str
    source_on: dt.date
    credibility: int
    is_current: bool
    review_on: dt.date
    is_review_due: bool
    is_active: bool
    signals: Signals
    cover: Cover
    services: list[LinkedRecord]
    standards: list[LinkedRecord]
    version: int


class ExpectationReview(Given):
    """What was found, and when it is looked at next."""

    finding: Annotated[str, Field(min_length=1, max_length=300)]
    next_on: Day


class LineGiven(Given):
    """One line of the offer and the expectations it meets; only a weakness may meet none."""

    kind: Literal["offer", "channel", "hours", "entitlement", "strength", "weakness"]
    text: str = Field(min_length=1, max_length=300)
    expectations: Annotated[list[Id], Many] = []


class ServiceGiven(Given):
    """A service as it is to be offered; sending it makes the next version."""

    name: str = Field(min_length=1, max_length=120)
    kind: Literal["service", "product"] = "service"
    summary: str = Field("", max_length=300)
    calendar: Id | None = None
    lines: Annotated[list[LineGiven], Field(min_length=1, max_length=40)]
    roles: Annotated[list[StaffRole], Field(max_length=6)] = []
    effective_on: Day
    reason: Reason = Field("", description="Why the offer changes; needed from the second version on.")


class Line(Told):
    """One line of the offer."""

    kind: str
    text: str
    expectations: list[int]


class Offer(Told):
    """What is offered."""

    name: str
    kind: str
    summary: str
    calendar: int | None
    lines: list[Line]
    roles: list[str]


class ServiceItem(Told):
    """A service as the catalogue shows it."""

    id: int
    name: str
    kind: str
    summary: str
    is_offered: bool
    number: int
    changed_at: dt.datetime
    meets: int
    version: int


class Service(Told):
    """A service with its newest offer."""

    row: ServiceItem
    offer: Offer


class ServiceVersion(Told):
    """The offer as it was."""

    number: int
    effective_on: dt.date
    created_at: dt.datetime
    created_by: str
    reason: str
    offer: Offer


class WithdrawalGiven(Given):
    """Why it is offered no more."""

    reason: Annotated[str, Field(min_length=1, max_length=300)]


class ValueGiven(Given):
    """One value and what it means here."""

    name: str = Field(min_length=1, max_length=60)
    meaning: str = Field("", max_length=300)


class VisionGiven(Given):
    """What the service wants to be; sending it makes the next version."""

    text: str = Field(min_length=1, max_length=2000)
    values: Annotated[list[ValueGiven], Field(max_length=8)] = []
    priorities: str = Field("", max_length=2000)
    reason: Reason = ""


class Value(Told):
    """One value and what it means here."""

    name: str
    meaning: str


def _name_parts(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "meaning": meaning} for name, meaning in pairs]


class Vision(Told):
    """The vision that holds, with its values."""

    number: int
    text: str
    values: Annotated[list[Value], BeforeValidator(_name_parts)]
    priorities: str
    created_at: dt.datetime
    created_by: str
    reason: str


class ObjectiveGiven(Given):
    """What is to be reached, by what anybody can see it, and by when."""

    name: str = Field(min_length=1, max_length=160)
    why: Text = ""
    measured_by: str = Field(min_length=1, max_length=300)
    due_on: Day
    owner_id: Id | None = None


class Objective(Told):
    """An objective plans and allocations cite."""

    id: int
    name: str
    why: str
    measured_by: str
    due_on: dt.date
    is_overdue: bool
    owner_id: int | None
    state: str
    outcome: str
    version: int


class Settlement(Given):
    """How an objective ended, and what shows it."""

    state: Literal["met", "dropped"]
    outcome: Annotated[str, Field(min_length=1, max_length=500)]
