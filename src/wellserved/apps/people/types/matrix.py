"""Who can do what: the matrix of people and skills, what runs out, and the cover of one skill over time."""

import dataclasses
import datetime as dt
from decimal import Decimal

from wellserved.apps.people.types.staff import LEVELS, SkillRow

SHOWN_SKILLS = 6
VIEWS = {"": "Everybody", "gaps": "With a gap to their role", "expiring": "With something that runs out"}
# What a level is good for at the desk, whatever the skill.
ALLOWS = {
    0: "is given nothing that asks for it",
    1: "watches, and answers nothing alone",
    2: "answers with somebody beside her",
    3: "is given tickets that ask for it",
    4: "is given tickets that ask for it, teaches it and signs others off",
}
LABELS = {
    "missing": "not held, and her role requires it",
    "low": "below what her role requires",
    "expired": "expired",
    "soon": "runs out within 30 days",
    "held": "held",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFilters:
    """Which people and skills a matrix shows; empty means all. `after` is the last person of the page before."""

    team_id: int | None = None
    group: str = ""
    skill_id: int | None = None
    view: str = ""
    search: str = ""
    after: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One person's hold on one skill; `level` is what she holds on the day, 0 once expired."""

    level: int
    needed: int
    expires_on: dt.date | None
    evidence: str
    state: str

    @property
    def words(self) -> str:
        """Return the cell in words."""
        return f"{LEVELS[self.level]}, {LABELS[self.state]}" if self.state else "nothing recorded"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One person's line; its cells stand in the order of the skills shown."""

    user_id: int
    name: str
    cells: tuple[Cell, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SkillCover:
    """A skill with those who can use it alone on a day, and how many full weeks they make."""

    skill: SkillRow
    able: tuple[str, ...]
    fte: Decimal = Decimal(0)

    @property
    def missing(self) -> int:
        """Return how many more are needed."""
        return max(0, self.skill.minimum_cover - len(self.able))

    @property
    def is_single_point(self) -> bool:
        """Return whether everything hangs on one colleague."""
        return len(self.able) == 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One page of people against the skills shown; `cover` is of every skill, `shown` of those in the columns."""

    rows: tuple[MatrixRow, ...]
    shown: tuple[SkillCover, ...]
    cover: tuple[SkillCover, ...]
    groups: tuple[str, ...]
    people: int
    running_out: int
    next_after: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A skill of somebody's with a day on which it runs out."""

    user_id: int
    name: str
    skill_id: int
    skill: str
    level: int
    expires_on: dt.date
    days: int

    @property
    def is_over(self) -> bool:
        """Return whether it has run out."""
        return self.days < 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CoverDay:
    """From a day on, who can use a skill alone, and who has just dropped out."""

    on: dt.date
    able: int
    lost: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SkillHolder:
    """Somebody who holds a skill, or whose role requires it."""

    user_id: int
    name: str
    cell: Cell


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SkillDetail:
    """A skill's own record: who holds it, and how the cover changes as certificates run out."""

    cover: SkillCover
    holders: tuple[SkillHolder, ...]
    days: tuple[CoverDay, ...]
    roles: tuple[str, ...]
