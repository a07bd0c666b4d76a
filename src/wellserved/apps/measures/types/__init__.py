"""What is asked of the figures, and how they answer."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any


class Statistic(StrEnum):
    """How the cases behind a metric become one number with its interval."""

    SHARE = "share"
    MEDIAN = "median"
    P90 = "p90"
    MEAN = "mean"
    PER_DAY = "per_day"
    PER_THOUSAND = "per_thousand"
    COUNT = "count"


class Cohort(StrEnum):
    """Which cases of a period count."""

    OPENED = "opened"
    RESOLVED = "resolved"
    DUE = "due"
    HAPPENED = "happened"
    ACTIVE = "active"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The period a formula is asked for, and the moment the facts are read at."""

    begins: dt.datetime
    ends: dt.datetime
    now: dt.datetime


Formula = Callable[[Mapping[str, Any], Moment], Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure, defined once: `formula` is an Ibis expression of its cases (ticket_id, at, value)."""

    name: str
    title: str
    question: str
    unit: str
    better: str
    cohort: Cohort
    statistic: Statistic
    owner: str
    formula: Formula


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: a metric over a period [begins, ends), narrowed, and split or in steps of time."""

    metric: str
    begins: dt.datetime
    ends: dt.datetime
    filters: Mapping[str, str] = dataclasses.field(default_factory=dict)
    by: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its interval; `value` is None where too few cases speak."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    is_enough: bool
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Which number of history the facts reflect, when they were written, and how many entries came since."""

    sequence: int
    written_at: dt.datetime
    behind: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a question; `ticket_ids` are the rows behind the number the actor may open."""

    metric: Metric
    question: Question
    whole: Figure
    parts: tuple[Figure, ...]
    freshness: Freshness
    ticket_ids: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of facts, as the manifest names it."""

    table: str
    month: str
    file: str
    rows: int
    digest: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that is in force of one world's facts."""

    sequence: int
    written_at: dt.datetime
    parts: tuple[Part, ...]
