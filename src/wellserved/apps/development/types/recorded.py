"""What a person is told of what is recorded about her."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from django.db.models import TextChoices

from wellserved.apps.accounts.types import Actor

ANSWER_DAYS = 14
# What a part is called, and what it says; a day stays a day until it is shown.
Part = tuple[str, str | dt.date]


class Outcome(TextChoices):
    """What became of a contest."""

    CHANGED = "changed", "The record is corrected"
    BESIDE = "beside", "Her view stands beside it"
    UPHELD = "upheld", "The record stays"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record about a person. `kind` and `record_id` are what a contest of it names; `parts` is all it holds."""

    kind: str
    record_id: int
    at: dt.datetime | dt.date
    title: str
    by: str
    url: str
    parts: tuple[Part, ...]


Entries = Callable[[Actor, dt.datetime], tuple[Line, ...]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One sort of record about people: why it is kept, how long, who sees it, and those about the asker herself.

    `tells` names the fields by which records of this app belong to a person, each as model and field.
    """

    key: str
    label: str
    purpose: str
    kept: str
    seen_by: str
    lines: Entries
    tells: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One sort of record as its person sees it."""

    key: str
    label: str
    purpose: str
    kept: str
    seen_by: str
    lines: tuple[Line, ...]


# Lists in which many people stand: of a reading each is told the list, as there is no one record of hers.
NEEDS_READ = "development.needs_read"
NEEDS_EXPORTED = "development.needs_exported"
UNDERSTANDING_READ = "development.understanding_read"
UNDERSTANDING_EXPORTED = "development.understanding_exported"
LISTS = {
    NEEDS_READ: "Learning needs",
    NEEDS_EXPORTED: "Learning needs, exported",
    UNDERSTANDING_READ: "Understanding",
    UNDERSTANDING_EXPORTED: "Understanding, exported",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looked."""

    viewer: str
    what: str
    day: dt.date
    viewed_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContestRow:
    """A contest with its answer."""

    id: int
    person_id: int
    person: str
    decider_id: int | None
    decider: str
    kind: str
    record_id: int
    title: str
    url: str
    words: str
    raised_at: dt.datetime
    due_on: dt.date
    is_late: bool
    outcome: str
    outcome_name: str
    answer: str
    answered_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Everything recorded about one person, who looked, and what she contested."""

    sections: tuple[Section, ...]
    looks: tuple[Look, ...]
    contests: tuple[ContestRow, ...]

    @property
    def total(self) -> int:
        """Return how many records there are."""
        return sum(len(section.lines) for section in self.sections)
