"""What other apps may know of colleagues: limits, skills, availability."""

import dataclasses
import datetime as dt
from decimal import Decimal

LEVELS = {0: "Not yet", 1: "Learning", 2: "With help", 3: "Alone", 4: "Teaches others"}
ABLE = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What one person may still grant alone of one remedy, in the period the limit is held against."""

    remedy: str
    amount: Decimal
    currency: str
    period: str
    used: Decimal
    left: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One remedy that somebody granted within her limit, on a record."""

    user_id: int | None
    remedy: str
    amount: Decimal
    currency: str = "GBP"
    granted_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one person may still grant of one remedy on one record, and who may grant more; `amount` 0 is nothing."""

    remedy: str
    name: str
    amount: Decimal
    left: Decimal
    currency: str
    period_name: str
    above: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """One line of the table of limits."""

    id: int
    holder: str
    role: str
    user_id: int | None
    remedy: str
    amount: Decimal
    currency: str
    period: str
    period_name: str
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """A skill and how many colleagues must hold it."""

    id: int
    name: str
    description: str
    minimum_cover: int
    group: str = ""
    descriptors: tuple[str, ...] = ()
    version: int = 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HeldSkill:
    """A skill one colleague holds."""

    skill_id: int
    name: str
    level: int
    expires_on: dt.date | None
    evidence: str
    is_current: bool

    @property
    def level_name(self) -> str:
        """Return the level in words."""
        return LEVELS[self.level]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How many colleagues can use a skill alone on a day, against how many must."""

    skill: SkillRow
    holder_ids: tuple[int, ...]

    @property
    def missing(self) -> int:
        """Return how many more are needed."""
        return max(0, self.skill.minimum_cover - len(self.holder_ids))

    @property
    def is_single_point(self) -> bool:
        """Return whether everything hangs on one colleague."""
        return len(self.holder_ids) == 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody on the staff list."""

    id: int
    name: str
    email: str
    role: str
    role_name: str
    job_title: str
    teams: tuple[str, ...]
    availability: str
    availability_name: str
    skills: tuple[HeldSkill, ...]
    is_active: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything about one colleague that her service needs."""

    colleague: Colleague
    phone: str
    started_on: dt.date | None
    available_until: dt.datetime | None
    limits: tuple[LimitRow, ...]
    version: int
    fte: Decimal = Decimal(1)
