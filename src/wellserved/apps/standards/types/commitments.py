"""What a standard says: the answers it is made of, what a check finds, how it reads in a list."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

AUDIENCES: dict[str, str] = {"customers": "Customers", "colleagues": "Colleagues", "partners": "Service partners"}
AGREEMENTS: dict[str, str] = {"customers": "SLA", "colleagues": "OLA", "partners": "Partner agreement"}
# What one may ask of the tickets a standard is for; each can be counted for every measure.
SCOPE_FIELDS = ("kind", "queue", "channel", "product", "priority")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A standard as it was answered step by step; everything may be missing until it is agreed.

    `target` is a share from 0 to 1 for times and shares, and an amount for amounts; `tolerance` is in the same unit.
    `calendar` is the id of a calendar (not of its version), `seconds` working time in it.
    """

    name: str = ""
    expectation: str = ""
    expectation_id: int | None = None
    promise: str = ""
    measure: str = ""
    source: str = ""
    target: float | None = None
    tolerance: float = 0.0
    seconds: int | None = None
    calendar: int | None = None
    pause_on: tuple[str, ...] = ()
    audience: str = ""
    conditions: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)
    partner_id: int | None = None
    agreed_with: str = ""
    frequency: str = ""
    effective_on: dt.date | None = None
    owner_id: int | None = None
    review_on: dt.date | None = None
    legal_basis: str = ""
    obligation_id: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the answers as JSON-ready data, without those not given."""
        found = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        found["conditions"] = {name: list(values) for name, values in self.conditions.items()}
        found["pause_on"] = list(self.pause_on)
        for name in ("effective_on", "review_on"):
            found[name] = found[name].isoformat() if found[name] else None
        return {name: value for name, value in found.items() if value not in (None, "", [], {})}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Answers":
        """Return the answers that were written with `as_data`."""
        found = dict(data)
        for name in ("effective_on", "review_on"):
            found[name] = dt.date.fromisoformat(found[name]) if found.get(name) else None
        found["pause_on"] = tuple(found.get("pause_on") or ())
        found["conditions"] = {name: tuple(values) for name, values in (found.get("conditions") or {}).items()}
        return cls(**found)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of the past: how many of how many; `starts_on` is its Monday."""

    starts_on: dt.date
    kept: int
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What would have been kept, or was: never a share without its base."""

    kept: int
    total: int
    low: float | None = None
    high: float | None = None
    weeks: tuple[Week, ...] = ()

    @property
    def share(self) -> float | None:
        """Return the share kept, None of nothing."""
        return self.kept / self.total if self.total else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one letter of SMART says; `holds` is None when nobody can say yet, which stops nothing."""

    key: str
    label: str
    holds: bool | None
    sentence: str
    step: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardVersion:
    """A standard as it was agreed; never changed once written."""

    id: int
    number: int
    answers: Answers
    effective_on: dt.date
    created_at: dt.datetime
    created_by: str
    reason: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardRow:
    """A standard as a list shows it; `answers` are those in force, or the draft's while there are none."""

    id: int
    name: str
    audience: str
    state: str
    measure: str
    owner_id: int | None
    owner: str
    review_on: dt.date | None
    is_review_due: bool
    partner_id: int | None
    policy_id: int | None
    carried_from: int
    effective_on: dt.date | None
    version: int
    answers: Answers
    has_draft: bool
    sentence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardDetail:
    """A standard whole: what holds, what is being changed, its history."""

    row: StandardRow
    draft: Answers | None
    versions: tuple[StandardVersion, ...]
    readings: tuple["Reading", ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure from outside the desk: `value` of `cases` in the period that ended on a day."""

    id: int
    on: dt.date
    value: float
    cases: int
    source: str
    note: str
    entered_by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockKeys:
    """Which clocks of the desk belong to a standard: a metric and the keys of policies."""

    standard_id: int
    metric: str
    keys: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What going live would do to the policies: written before it is done."""

    policy_id: int | None
    policy: str
    inherits_from: str
    others: tuple[str, ...]
    starts_on: dt.date
