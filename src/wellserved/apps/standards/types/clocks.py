"""What the standards hand to the apps above: versions in force, matches and the reasons for them."""

import dataclasses
import datetime as dt
from typing import Any

from wellserved.apps.accounts.types import Role
from wellserved.science.calendars import WorkingCalendar

# What a policy's conditions may ask about, each with its name on screens.
CONDITION_FIELDS: dict[str, str] = {
    "priority": "priority",
    "kind": "type of ticket",
    "queue": "queue",
    "channel": "channel",
    "customer": "customer",
    "organisation": "organisation",
    "product": "product",
    "place": "place",
    "tag": "tag",
    "internal": "internal customer",
}

# Targets that a log without replies says nothing of, and the mark of a policy's key that leaves them out.
REPLY_METRICS = frozenset({"first_reply", "next_reply", "keep_informed"})
OUTCOME = "outcome"

METRIC_LABELS: dict[str, str] = {
    "first_reply": "First reply",
    "next_reply": "Next reply",
    "keep_informed": "Keep informed",
    "resolution": "Resolution",
    "ola": "Internal agreement",
    "supplier": "Supplier",
}


# Whom a level of escalation may tell.
TELL_LABELS: dict[str, str] = {
    "assignee": "Whoever has the ticket",
    **{str(value): str(label) for value, label in Role.choices if value != Role.CUSTOMER},
}
# How she is told: on Today and on the ticket, or there and by mail.
HOW = ("screen", "mail")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """What a policy may ask of a ticket."""

    priority: int
    kind: str
    queue: int
    channel: str
    customer: int
    organisation: int | None = None
    product: int | None = None
    place: int | None = None
    tag: tuple[int, ...] = ()
    internal: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The policy version that holds for a ticket, and why."""

    policy_version_key: str
    name: str
    why: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How one policy fared in a dry run."""

    policy_id: int
    name: str
    matched: bool
    chosen: bool
    why: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CalendarVersion:
    """A working calendar as it stands from `effective_from` on."""

    id: int
    key: str
    calendar_id: int
    name: str
    number: int
    spec: dict[str, Any]
    working: WorkingCalendar
    tzdata: str
    effective_from: dt.datetime
    created_at: dt.datetime
    created_by: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """A calendar with the version in force now; `version` is what the next save must name."""

    id: int
    name: str
    version: int
    current: CalendarVersion
    policies: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersion:
    """Conditions, targets and escalation as they stand from `effective_from` on."""

    id: int
    key: str
    policy_id: int
    number: int
    conditions: dict[str, list[Any]]
    targets: tuple[dict[str, Any], ...]
    escalation: tuple[dict[str, Any], ...]
    effective_from: dt.datetime
    created_at: dt.datetime
    created_by: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """A policy with the version in force now; `version` is what the next save must name."""

    id: int
    name: str
    agreement: str
    position: int
    is_active: bool
    version: int
    current: PolicyVersion
    sentence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """Some policies in the order they are tried; `before` is how many are tried before the first of them."""

    rows: tuple[PolicyRow, ...]
    next_cursor: str | None
    before: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an escalation ladder: so many working seconds before (negative) or after (positive) the due time."""

    metric: str
    level: int
    offset_seconds: int
    tell: str
    how: str = "screen"
