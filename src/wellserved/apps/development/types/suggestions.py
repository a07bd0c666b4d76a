"""Suggestions and consultations as they cross borders."""

import dataclasses
import datetime as dt

SUGGESTION, CONSULTATION = "development.suggestion", "development.consultation"

SUGGESTION_STATES = {
    "new": "New",
    "looking": "Being looked at",
    "planned": "Will be done",
    "done": "Done",
    "declined": "Will not be done",
}
ANSWERS = ("looking", "planned", "done", "declined")
# Unanswered for longer than this stands on the manager's Today.
PATIENCE = dt.timedelta(days=10)
CONSULTATION_OUTCOMES = {"as_proposed": "As proposed", "changed": "Changed by what was said", "dropped": "Dropped"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRow:
    """A suggestion. `author` is empty for an anonymous one, and for whoever may not know it."""

    id: int
    title: str
    text: str
    author_id: int | None
    author: str
    is_anonymous: bool
    given_on: dt.date
    state: str
    answer: str
    answered_by: str
    answered_at: dt.datetime | None
    done: str
    done_at: dt.datetime | None
    told_at: dt.datetime | None
    is_late: bool
    version: int

    @property
    def state_name(self) -> str:
        """Return the state in words."""
        return SUGGESTION_STATES[self.state]

    @property
    def days(self) -> int | None:
        """Return how many days it waited for its answer."""
        return (self.answered_at.date() - self.given_on).days if self.answered_at else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A suggestion just given; `receipt` is shown once, and only an anonymous author gets one."""

    id: int
    receipt: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """What somebody said of a proposal."""

    id: int
    author_id: int | None
    author: str
    text: str
    said_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRow:
    """A consultation of the register."""

    id: int
    title: str
    proposal: str
    opened_at: dt.datetime
    opened_by: str
    closes_on: dt.date
    is_open: bool
    is_due: bool
    outcome: str
    response: str
    responded_at: dt.datetime | None
    responded_by: str
    views: int
    speakers: int
    version: int

    @property
    def outcome_name(self) -> str:
        """Return what became of it, in words."""
        return CONSULTATION_OUTCOMES.get(self.outcome, "")
