"""Somebody's week as it crosses borders: her priorities, their order, and what she achieved."""

import dataclasses
import datetime as dt

WEEK = "development.week"
LOWEST, HIGHEST = 1, 5
MOST_HOURS, USUAL_HOURS, MOST_PRIORITIES = 60, 15, 30
# What was carried over so often is left behind, unless she takes it up herself.
MOST_CARRIES = 3

STATES = {"open": "To do", "done": "Done", "carried": "Carried over", "left": "Left behind", "dropped": "Dropped"}
VALUES = {5: "Decisive", 4: "High", 3: "Middling", 2: "Low", 1: "Slight"}
URGENCIES = {5: "Today or late", 4: "This week", 3: "Next week", 2: "This month", 1: "Some day"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRow:
    """One thing to get done; `fits` says whether its hours still fit into hers, everything before it counted."""

    id: int
    words: str
    value: int
    urgency: int
    hours: int
    state: str
    carries: int
    url: str
    fits: bool

    @property
    def score(self) -> float:
        """Return its value times its urgency for each hour it takes.

        >>> PriorityRow(id=1, words="", value=4, urgency=5, hours=2, state="open", carries=0, url="", fits=True).score
        10.0
        """
        return self.value * self.urgency / self.hours

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return STATES[self.state]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """A week: how many things were planned and done; stored once it is closed."""

    id: int
    starts_on: dt.date
    hours: int
    by_hand: bool
    closed_at: dt.datetime | None
    planned: int
    achieved: int

    @property
    def share(self) -> float | None:
        """Return the share achieved."""
        return self.achieved / self.planned if self.planned else None

    @property
    def ends_on(self) -> dt.date:
        """Return its last day."""
        return self.starts_on + dt.timedelta(days=6)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Something she is asked elsewhere, that could be one of her priorities."""

    words: str
    url: str
    urgency: int
    why: str


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's week.

    >>> monday_of(dt.date(2026, 3, 8)), monday_of(dt.date(2026, 3, 2))
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2))
    """
    return day - dt.timedelta(days=day.weekday())
