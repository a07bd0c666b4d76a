"""What there is to work with, who gets it and why, and what is asked for."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Mapping
from typing import Any

Decimal = decimal.Decimal

RESOURCE_KINDS: dict[str, str] = {"people": "People", "equipment": "Equipment", "licences": "Licences"}
UNITS: dict[str, str] = {"people": "full-time equivalents", "equipment": "pieces", "licences": "seats"}
# The bases of an allocation; morale is none of them.
BASES: dict[str, str] = {
    "strategy": "Strategy",
    "budget": "Budget",
    "targets": "Business targets",
    "competence": "Competence",
    "experience": "Experience",
    "performance": "Performance",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing worked out about a resource; `sentence` says so when it is not known."""

    label: str
    sentence: str
    is_known: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRow:
    """A resource as a list shows it; `monthly` is what one unit costs a month."""

    id: int
    name: str
    kind: str
    unit: str
    quantity: Decimal
    monthly: Decimal
    currency: str
    team_id: int | None
    available_from: dt.date
    available_until: dt.date | None
    allocated: Decimal
    comment: str
    commented_at: dt.datetime | None
    commented_by: str
    version: int

    @property
    def cost(self) -> Decimal:
        """Return what all of it costs a month."""
        return self.quantity * self.monthly

    @property
    def free(self) -> Decimal:
        """Return what is not allocated."""
        return self.quantity - self.allocated

    @property
    def utilisation(self) -> float | None:
        """Return the share that is allocated, None of nothing."""
        return float(self.allocated / self.quantity) if self.quantity else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """Some of a resource given to a plan, with its reasons; `bases` maps each to its figure and comment."""

    id: int
    resource_id: int
    resource: str
    plan_id: int
    plan: str
    objective_id: int | None
    objective: str
    quantity: Decimal
    unit: str
    cost: Decimal
    currency: str
    starts_on: dt.date
    ends_on: dt.date
    bases: Mapping[str, Mapping[str, str]]
    warning: str
    made_at: dt.datetime
    made_by: str
    is_running: bool
    report: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResourceDetail:
    """A resource whole."""

    row: ResourceRow
    figures: tuple[Figure, ...]
    allocations: tuple[AllocationRow, ...]
    prices: tuple[tuple[dt.date, Decimal], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BidRow:
    """What is asked for; `state` is draft, asked, granted, refused. `alternative` and `walk_away` are its owner's."""

    id: int
    name: str
    kind: str
    unit: str
    state: str
    plan_id: int | None
    plan: str
    asked: Decimal
    granted: Decimal | None
    monthly: Decimal
    months: int
    amount: Decimal
    currency: str
    justification: str
    fallbacks: tuple[Mapping[str, Any], ...]
    interests: str
    trades: str
    alternative: str
    walk_away: Decimal | None
    measure: str
    aim: float | None
    needed_from: dt.date
    owner_id: int | None
    owner: str
    approval_id: int | None
    outcome: str
    settled_at: dt.datetime | None
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One past week: who answered how much, and how much was kept."""

    starts_on: dt.date
    people: int
    tickets: int
    kept: int
    due: int
