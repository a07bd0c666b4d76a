"""What the service wants to be, and the objectives it is run towards."""

import dataclasses
import datetime as dt

OBJECTIVE_STATES: dict[str, str] = {"open": "Open", "met": "Met", "dropped": "Dropped"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VisionVersion:
    """A vision with its values as (name, meaning); never changed once written."""

    id: int
    number: int
    text: str
    values: tuple[tuple[str, str], ...]
    priorities: str
    created_at: dt.datetime
    created_by: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VisionDetail:
    """The vision that holds and those before it, newest first."""

    id: int
    version: int
    current: VisionVersion
    earlier: tuple[VisionVersion, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow:
    """An objective plans and allocations may cite."""

    id: int
    name: str
    why: str
    measured_by: str
    due_on: dt.date | None
    is_overdue: bool
    owner_id: int | None
    owner: str
    state: str
    outcome: str
    version: int
