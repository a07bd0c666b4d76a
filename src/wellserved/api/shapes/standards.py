"""Policies, calendars, and what they would do."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from wellserved.api.shapes.wire import Given, Id, Moment, Reason, Told
from wellserved.apps.desk.types import Channel, Kind, Priority

Metric = Literal["first_reply", "next_reply", "keep_informed", "resolution", "ola", "supplier"]
Waits = Literal["waiting_customer", "waiting_supplier", "waiting_other"]
Seconds = Annotated[int, Field(ge=1, le=10 * 366 * 86_400)]
Offset = Annotated[int, Field(ge=0, le=10 * 366 * 86_400)]
MOST = Field(max_length=200)
PriorityNumber = Annotated[StrictInt, Field(ge=1, le=4)]
Spec = Annotated[
    dict[str, Any],
    Field(
        description=(
            '`tz`; `hours`: weekday 0 (Monday) to 6 to windows such as [["09:00", "17:30"]]; `holidays`: '
            "MM-DD, YYYY-MM-DD or {date, from, to, name}; `openings`: {date, from, to}."
        )
    ),
]


class Target(Given):
    """One promise of time."""

    metric: Metric
    seconds: Seconds
    calendar: Id = Field(description="The id of a calendar's version: `current.id` of a calendar.")
    priority: PriorityNumber | None = Field(None, description="For this priority alone; null for every one.")
    pause_on: list[Waits] = Field([], max_length=3)
    pause_reasons: list[Annotated[str, Field(max_length=120)]] = Field([], max_length=50)
    warn_before: list[Seconds] = Field([], max_length=40)
    reopen: Literal["resume", "restart"] = "resume"
    aim: Annotated[float, Field(gt=0, le=1)] | None = None


class Step(Given):
    """One level of a ladder: give either seconds before or seconds after the due time."""

    metric: Metric
    level: int = Field(ge=1, le=40)
    tell: str = Field(max_length=20, description="A staff role, or assignee.")
    how: Literal["screen", "mail"] = Field("screen", description="On Today and on the ticket, or there and by mail.")
    before_seconds: Offset | None = None
    after_seconds: Offset | None = None


class Conditions(Given):
    """What a ticket must be for the policy to hold; one that is left out asks nothing."""

    priority: Annotated[list[Priority], MOST] = []
    kind: Annotated[list[Kind], MOST] = []
    queue: Annotated[list[Id], MOST] = []
    channel: Annotated[list[Channel], MOST] = []
    customer: Annotated[list[Id], MOST] = []
    organisation: Annotated[list[Id], MOST] = []
    product: Annotated[list[Id], MOST] = []
    place: Annotated[list[Id], MOST] = []
    tag: Annotated[list[Id], MOST] = []
    internal: Annotated[list[bool], MOST] = []


class PolicyGiven(Given):
    """A policy; a change of it makes its next version."""

    name: str = Field(min_length=1, max_length=120)
    conditions: Conditions = Conditions()
    targets: list[Target] = Field(min_length=1, max_length=40)
    escalation: list[Step] = Field([], max_length=100)
    agreement: str = Field("sla", max_length=10)
    reason: Reason = ""
    effective_from: Moment | None = None


class Retirement(Given):
    """Why no further ticket shall come under a policy."""

    reason: Reason


class Order(Given):
    """Every active policy once, in the order they are tried."""

    policy_ids: list[Id] = Field(max_length=1000)


class PreviewAsked(Given):
    """Targets to try on what was resolved in the last 90 days."""

    targets: list[Target] = Field(min_length=1, max_length=40)
    conditions: Conditions = Conditions()
    calendar_spec: Spec | None = None


class Facts(Given):
    """A ticket that might come."""

    priority: PriorityNumber
    kind: Kind
    queue: Id
    channel: Channel
    customer: Id
    organisation: Id | None = None
    product: Id | None = None
    place: Id | None = None
    tag: list[Id] = Field([], max_length=20)
    internal: bool = False
    at: Moment | None = None


class CalendarGiven(Given):
    """A calendar; a change of it makes its next version, and one of every policy that counts in it."""

    name: str = Field(min_length=1, max_length=120)
    spec: Spec
    reason: Reason = ""
    effective_from: Moment | None = None


class Pause(Given):
    """A stretch in which a clock stands still; without an end it goes on."""

    start: Moment
    end: Moment | None = None


class Counting(Given):
    """In which hours: a calendar kept here, or one written out."""

    calendar_id: Id | None = None
    spec: Spec | None = None


class DeadlineAsked(Counting):
    """When is it due?"""

    start: Moment
    seconds: Annotated[int, Field(ge=0, le=10 * 366 * 86_400)]
    pauses: Annotated[list[Pause], MOST] = []


class ElapsedAsked(Counting):
    """How much working time has passed, and which?"""

    start: Moment
    end: Moment
    pauses: Annotated[list[Pause], MOST] = []


class Due(Told):
    """The earliest moment at which the working time is used up."""

    due_at: dt.datetime


class Span(Told):
    """A stretch of time, counted or not, and why."""

    start: dt.datetime
    end: dt.datetime
    counted: bool
    seconds: float
    reason: str


class Elapsed(Told):
    """The working seconds, and the stretches they are made of."""

    seconds: float
    segments: list[Span]


class CalendarVersion(Told):
    """A calendar as it stands from a moment on."""

    id: int
    calendar_id: int
    name: str
    number: int
    spec: dict[str, Any]
    tzdata: str
    effective_from: dt.datetime
    created_at: dt.datetime
    created_by: str
    reason: str


class Calendar(Told):
    """A calendar with the version in force now."""

    id: int
    name: str
    version: int
    policies: int
    current: CalendarVersion


class PolicyVersion(Told):
    """A policy as it stands from a moment on."""

    id: int
    policy_id: int
    number: int
    conditions: dict[str, list[Any]]
    targets: list[dict[str, Any]]
    escalation: list[dict[str, Any]]
    effective_from: dt.datetime
    created_at: dt.datetime
    created_by: str
    reason: str


class Policy(Told):
    """A policy with the version in force now."""

    id: int
    name: str
    agreement: str
    position: int
    is_active: bool
    version: int
    sentence: str
    current: PolicyVersion


class Trial(Told):
    """How one policy fared in a dry run."""

    policy_id: int
    name: str
    matched: bool
    chosen: bool
    why: list[str]


class MetricPreview(Told):
    """How one target would have fared; `low` and `high` are the 95 % interval of the share."""

    metric: str
    priority: int | None
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None


class Preview(Told):
    """What would have been kept."""

    metrics: list[MetricPreview]
    sampled: int
    matching: int
    since: dt.datetime
