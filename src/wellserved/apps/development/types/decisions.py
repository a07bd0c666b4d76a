"""Decisions as they cross borders: what was weighed, what was expected, and what came of it."""

import dataclasses
import datetime as dt

from wellserved.apps.standards.types import METRIC_LABELS

DECISION = "development.decision"
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
LOOK_BACK = dt.timedelta(days=30)

OUTCOMES = {
    "as_expected": "As expected",
    "better": "Better than expected",
    "worse": "Worse than expected",
    "other": "Something else happened",
}
VIEWS = {"all": "All", "open": "To be decided", "review": "Outcome asked for", "mine": "Mine"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """One thing that could be done, and what speaks for and against it."""

    id: int
    words: str
    advantages: str
    disadvantages: str
    is_chosen: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure of the desk in the 30 days before somebody looked."""

    kept: int
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision of the register."""

    id: int
    question: str
    needed_by: dt.date
    decider_id: int | None
    decider: str
    is_restricted: bool
    decided_on: dt.date | None
    chosen: str
    is_late: bool
    review_on: dt.date | None
    outcome: str
    is_review_due: bool
    version: int

    @property
    def outcome_name(self) -> str:
        """Return what came of it, in words."""
        return OUTCOMES.get(self.outcome, "")

    @property
    def state_name(self) -> str:
        """Return where it stands, in words."""
        if self.outcome:
            return self.outcome_name
        if self.decided_on:
            return "Outcome asked for" if self.is_review_due else "Decided"
        return "Overdue" if self.is_late else "To be decided"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDetail:
    """A decision whole."""

    row: DecisionRow
    opened_by_id: int | None
    opened_by: str
    known: str
    unknown: str
    options: tuple[OptionRow, ...]
    reasons: str
    expected: str
    measure: str
    before: Measured | None
    found: str
    after: Measured | None
    reviewed_at: dt.datetime | None

    @property
    def measure_name(self) -> str:
        """Return which figure of the desk is to show it, in words."""
        return METRIC_LABELS.get(self.measure, "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many were decided, of them in time; and how many were looked back on, of them as expected."""

    decided: int
    in_time: int
    reviewed: int
    as_expected: int
    overdue: int
    to_review: int
