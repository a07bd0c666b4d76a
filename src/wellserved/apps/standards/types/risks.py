"""What is known of risks, playbooks, rehearsals and activations, and the anchored scales they stand on."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from wellserved.apps.standards.types.clocks import METRIC_LABELS


class Category(TextChoices):
    """What kind of contingency a risk is."""

    ABSENCE = "absence", "Absence of staff"
    SURGE = "surge", "Surge of demand"
    SYSTEM_LOSS = "system_loss", "Loss of a system"
    SUPPLIER_FAILURE = "supplier_failure", "Failure of a supplier"
    WEATHER = "weather", "Weather and premises"
    DATA_BREACH = "data_breach", "Breach of personal data"
    OTHER = "other", "Something else"


class Proximity(TextChoices):
    """How soon it may happen."""

    NOW = "now", "Any day"
    MONTH = "month", "Within a month"
    QUARTER = "quarter", "Within three months"
    YEAR = "year", "Within a year"
    LATER = "later", "Later than a year"


class Result(TextChoices):
    """What a rehearsal showed."""

    WORKED = "worked", "It worked"
    PARTLY = "partly", "It worked in part"
    FAILED = "failed", "It did not work"


class Stage(TextChoices):
    """How far an activation has come."""

    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "At work"
    RECOVERED = "recovered", "Recovered"
    DISMISSED = "dismissed", "Dismissed"


# Each place of the scales: events a year, money lost in one event, customers affected by one event.
LIKELIHOODS: tuple[tuple[int, float, str], ...] = (
    (1, 0.05, "Rare: once in 20 years"),
    (2, 0.2, "Unlikely: once in 5 years"),
    (3, 1.0, "Possible: once a year"),
    (4, 4.0, "Likely: every quarter"),
    (5, 12.0, "Almost certain: every month"),
)
IMPACTS: tuple[tuple[int, int, int, str], ...] = (
    (1, 500, 10, "Slight: £500 or 10 customers"),
    (2, 2_500, 50, "Minor: £2,500 or 50 customers"),
    (3, 10_000, 250, "Moderate: £10,000 or 250 customers"),
    (4, 50_000, 1_000, "Major: £50,000 or 1,000 customers"),
    (5, 250_000, 5_000, "Severe: £250,000 or 5,000 customers"),
)
# At or above either, a risk needs a playbook that was rehearsed.
THRESHOLD_SCORE = 16
THRESHOLD_LOSS = Decimal(25_000)

SHARES = tuple(METRIC_LABELS)
COUNTS: dict[str, str] = {
    "overdue": "Tickets past their due time",
    "unassigned": "Open tickets that nobody has",
    "open": "Open tickets",
    "arrivals": "Tickets opened in 24 hours",
}
MEASURES: dict[str, str] = {key: f"{label}: share kept in 24 hours" for key, label in METRIC_LABELS.items()} | COUNTS
RULES: dict[str, str] = {"below": "falls below", "above": "rises above", "runs": "stays below its mean for days"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Something that makes a risk rarer or smaller: shares taken away, and its cost a year."""

    words: str
    fewer: float
    smaller: float
    cost: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What somebody says of a risk before any control: events a year, the loss of one event, customers affected."""

    events_a_year: float
    loss_low: Decimal
    loss_mode: Decimal
    loss_high: Decimal
    customers: int = 0
    controls: tuple[Control, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """A control with what it is worth a year beside the others: the loss it spares, less its cost."""

    words: str
    fewer: float
    smaller: float
    cost: Decimal
    spared: Decimal
    net: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk as the register shows it."""

    id: int
    title: str
    category: str
    likelihood: int
    impact: int
    score: int
    expected_loss: Decimal
    p90_loss: Decimal
    proximity: str
    owner_id: int | None
    owner: str
    trigger: str
    review_on: dt.date
    is_review_due: bool
    is_open: bool
    standing: str
    words: str
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RiskDetail:
    """A risk whole; money in pounds a year."""

    row: RiskRow
    description: str
    assessment: Assessment
    controls: tuple[ControlRow, ...]
    inherent_loss: Decimal
    inherent_score: int
    p50_loss: Decimal
    p95_loss: Decimal
    curve: tuple[tuple[Decimal, float], ...]
    seed: int
    playbooks: tuple["PlaybookRow", ...]
    closed_because: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """How many open risks stand in each cell; `cells[likelihood - 1][impact - 1]`."""

    cells: tuple[tuple[int, ...], ...]
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RiskSummary:
    """The register in figures."""

    total: int
    pressing: int
    uncovered: int
    review_due: int
    expected_loss: Decimal
    matrix: Matrix


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a playbook: what, whose role, within how many minutes, and a message to send."""

    what: str
    role: str
    minutes: int
    message: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DoneStep:
    """A step at work."""

    index: int
    step: Step
    due_at: dt.datetime
    done_at: dt.datetime | None
    done_by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookRow:
    """A playbook as a list shows it."""

    id: int
    name: str
    number: int
    owner_id: int | None
    owner: str
    trigger: Mapping[str, Any]
    trigger_words: str
    rehearsal_due: dt.date
    is_rehearsed: bool
    is_active: bool
    risks: int
    running_id: int | None
    running_stage: str
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalRow:
    """A rehearsal."""

    id: int
    number: int
    held_on: dt.date
    who: str
    result: str
    result_label: str
    findings: str
    to_change: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActivationRow:
    """An activation with its times; a duration is None while its end is open."""

    id: int
    contingency_id: int
    name: str
    number: int
    stage: str
    stage_label: str
    evidence: str
    detected_at: dt.datetime
    activated_at: dt.datetime | None
    activated_by: str
    recovered_at: dt.datetime | None
    to_activation_seconds: int | None
    to_recovery_seconds: int | None
    steps: tuple[DoneStep, ...]
    outcome: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookVersion:
    """A playbook as it was written once."""

    number: int
    created_at: dt.datetime
    created_by: str
    reason: str
    summary: str
    steps: tuple[Step, ...]
    trigger_words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookDetail:
    """A playbook whole."""

    row: PlaybookRow
    summary: str
    steps: tuple[Step, ...]
    rehearse_months: int
    risks: tuple[tuple[int, str], ...]
    rehearsals: tuple[RehearsalRow, ...]
    activations: tuple[ActivationRow, ...]
    versions: tuple[PlaybookVersion, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A trigger to judge, and what is remembered of it."""

    contingency_id: int
    name: str
    trigger: Mapping[str, Any]
    holding_since: dt.datetime | None
    is_armed: bool
    is_running: bool
    last_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a measure says now: a value, for a share of how many cases, and its past days for a rule of runs."""

    value: float | None
    cases: int | None = None
    days: tuple[tuple[int, int], ...] = ()
