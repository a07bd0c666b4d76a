"""What a delivery plan says: its content as it is put up for approval, and how it reads in a list."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Mapping
from typing import Any

Decimal = decimal.Decimal

# The classes of evaluation criteria, each with criteria to choose from: key, words, what counts as met.
CLASSES: dict[str, str] = {
    "effectiveness": "Effectiveness",
    "efficiency": "Efficiency",
    "experience": "Customer experience",
    "equity": "Equity",
    "staff": "Staff",
    "compliance": "Compliance",
}
CRITERIA: dict[str, tuple[str, str]] = {
    "standards_kept": ("effectiveness", "Share of each linked standard kept, by week"),
    "first_contact": ("effectiveness", "Tickets settled without being reopened"),
    "cost_per_contact": ("efficiency", "Cost per contact against the plan"),
    "budget_variance": ("efficiency", "Spent against planned, by month"),
    "satisfied": ("experience", "Customers satisfied or very satisfied"),
    "complaints": ("experience", "Complaints for each hundred tickets"),
    "same_for_all": ("equity", "The same standard kept for every channel and customer group"),
    "reachable": ("equity", "Customers who need another way to reach us get it"),
    "workload": ("staff", "Tickets a person a week stay within what was planned"),
    "skills_covered": ("staff", "Every skill needed is held by two people"),
    "law_kept": ("compliance", "Duties by law met in time"),
    "procedures_followed": ("compliance", "Samples show the procedure was followed"),
}
FREQUENCIES: dict[str, tuple[str, int]] = {
    "week": ("Every week", 7),
    "fortnight": ("Every two weeks", 14),
    "month": ("Every four weeks", 28),
    "quarter": ("Every thirteen weeks", 91),
}
LINE_KINDS: dict[str, str] = {
    "people": "People",
    "equipment": "Equipment",
    "licences": "Licences",
    "training": "Training",
    "other": "Other",
}
SECTIONS: dict[str, str] = {
    "objectives": "What is it for?",
    "standards": "Which standards does it deliver?",
    "actions": "Who does what, by when?",
    "criteria": "How will we know that it worked?",
    "monitoring": "What is looked at, how often, by whom?",
    "budget": "What does it cost?",
    "sustainability": "Can it be kept up?",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something somebody does by a day."""

    key: str
    what: str
    owner_id: int
    due_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """How we will know: a criterion of the library, or one's own, with the level that counts as met."""

    key: str
    kind: str
    words: str
    level: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """Something looked at again and again from a day on."""

    key: str
    what: str
    every: str
    reviewer_id: int
    starts_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the budget: so much a month, for as long as the plan runs."""

    key: str
    label: str
    kind: str
    monthly: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a yes to a plan is meant to cover, its targets apart."""

    objectives: tuple[str, ...] = ()
    standards: tuple[int, ...] = ()
    actions: tuple[Action, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    monitoring: tuple[Monitor, ...] = ()
    lines: tuple[Line, ...] = ()
    sustainability: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the content as JSON-ready data."""
        found = dataclasses.asdict(self)
        for action in found["actions"]:
            action["due_on"] = action["due_on"].isoformat()
        for monitor in found["monitoring"]:
            monitor["starts_on"] = monitor["starts_on"].isoformat()
        for line in found["lines"]:
            line["monthly"] = f"{line['monthly']:.2f}"
        return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Content":
        """Return the content that was written with `as_data`."""
        return cls(
            objectives=tuple(data.get("objectives", ())),
            standards=tuple(data.get("standards", ())),
            actions=tuple(
                Action(**{**each, "due_on": dt.date.fromisoformat(each["due_on"])}) for each in data.get("actions", ())
            ),
            criteria=tuple(Criterion(**each) for each in data.get("criteria", ())),
            monitoring=tuple(
                Monitor(**{**each, "starts_on": dt.date.fromisoformat(each["starts_on"])})
                for each in data.get("monitoring", ())
            ),
            lines=tuple(Line(**{**each, "monthly": Decimal(each["monthly"])}) for each in data.get("lines", ())),
            sustainability=data.get("sustainability", ""),
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a plan still needs before it can be sent, and the section that asks for it."""

    section: str
    sentence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan as a list shows it; `state` is draft, asked or agreed."""

    id: int
    name: str
    state: str
    owner_id: int | None
    owner: str
    starts_on: dt.date
    ends_on: dt.date
    amount: Decimal
    currency: str
    agreed_number: int
    approval_id: int | None
    version: int
    content: Content


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A plan as it was agreed; never changed once written."""

    id: int
    number: int
    content: Content
    targets: tuple[Mapping[str, Any], ...]
    starts_on: dt.date
    ends_on: dt.date
    amount: Decimal
    digest: str
    agreed_at: dt.datetime
    requested_by: str
    approved_by: str
    condition: str
    reason: str
    evaluation_id: int | None
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One day on which something of a plan is due: a review or an action; `state` is due, done, late, missed, ahead."""

    plan_id: int
    plan: str
    kind: str
    key: str
    what: str
    person_id: int
    person: str
    on: dt.date
    state: str
    done_on: dt.date | None = None
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a review of the whole plan against what happened found."""

    id: int
    at: dt.datetime
    by: str
    finding: str
    decision: str
    decision_label: str
    figures: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A line with what was planned, spent and is expected, over the whole plan and up to now."""

    key: str
    label: str
    kind: str
    monthly: Decimal
    planned: Decimal
    planned_to_date: Decimal
    actual: Decimal
    forecast: Decimal
    note: str

    @property
    def variance(self) -> Decimal:
        """Return what was spent beyond what was planned up to now."""
        return self.actual - self.planned_to_date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of the budget."""

    starts_on: dt.date
    planned: Decimal
    actual: Decimal | None
    note: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The budget of a plan, line by line and month by month."""

    lines: tuple[BudgetLine, ...]
    months: tuple[Month, ...]
    planned: Decimal
    planned_to_date: Decimal
    actual: Decimal
    forecast: Decimal
    sentence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What service costs by the desk's counts: contacts, complaints, remedies granted."""

    contacts: int
    complaints: int
    remedies: Decimal
    spent: Decimal

    @property
    def per_contact(self) -> Decimal | None:
        """Return spending for each contact, None of nothing."""
        return (self.spent / self.contacts).quantize(Decimal("0.01")) if self.contacts and self.spent else None

    @property
    def of_failure(self) -> Decimal:
        """Return remedies, and complaints at what a contact costs."""
        return self.remedies + (self.per_contact or Decimal(0)) * self.complaints


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetail:
    """A plan whole."""

    row: PlanRow
    versions: tuple[PlanVersion, ...]
    evaluations: tuple[Evaluation, ...]
    occasions: tuple[Occasion, ...]
    budget: Budget
    missing: tuple[Missing, ...]
    reason: str
    evaluation_id: int | None
