"""Role packs, who has which role, and what is missing of what a role requires."""

import dataclasses
import datetime as dt

from django.db import models


class Assessment(models.TextChoices):
    """By what a criterion is seen."""

    APPLICATION = "application", "application"
    INTERVIEW = "interview", "interview"
    TRIAL = "trial", "work sample"
    REFERENCE = "reference", "reference"


class By(models.TextChoices):
    """Who does a step of an induction."""

    HERSELF = "herself", "the newcomer"
    LEADER = "leader", "her leader"
    BUDDY = "buddy", "a colleague"


class Outcome(models.TextChoices):
    """What became of a candidate."""

    OPEN = "open", "Being considered"
    CHOSEN = "chosen", "Chosen"
    NOT_CHOSEN = "not_chosen", "Not chosen"
    WITHDRAWN = "withdrawn", "Withdrew"


PARTS = {
    "description": "What is the role?",
    "person": "What does it ask of a person?",
    "selection": "How is somebody chosen?",
    "induction": "How is she brought in?",
}
DOCUMENTS = {
    "description": "Role description",
    "person": "Person specification",
    "selection": "Selection",
    "induction": "Induction plan",
}
SCORES = {0: "Nothing seen", 1: "Little", 2: "Some", 3: "As asked", 4: "More than asked"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoleRequirement:
    """A skill a role requires, and at which level."""

    skill_id: int
    skill: str
    level: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A skill somebody's role requires and she does not hold on a day: `held` is her level then, 0 once expired."""

    user_id: int
    name: str
    skill_id: int
    skill: str
    needed: int
    held: int
    expires_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What a pack asks of a person; `id` is None before it is kept."""

    text: str
    is_essential: bool = True
    assessed_by: str = Assessment.INTERVIEW
    id: int | None = None

    @property
    def assessed_name(self) -> str:
        """Return by what it is seen, in words."""
        return str(Assessment(self.assessed_by).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of an induction plan: on which day, counted from the first, and by whom."""

    day: int
    text: str
    by: str = By.HERSELF

    @property
    def by_name(self) -> str:
        """Return who does it, in words."""
        return str(By(self.by).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The four documents of a role at one number."""

    purpose: str = ""
    reports_to: str = ""
    decides: str = ""
    duties: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    skills: tuple[RoleRequirement, ...] = ()
    stages: tuple[str, ...] = ()
    pass_mark: int = 60
    steps: tuple[Step, ...] = ()
    id: int | None = None
    number: int = 0
    published_at: dt.datetime | None = None
    published_by: str = ""
    reason: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the parts that say nothing yet."""
        said = {
            "description": self.purpose and self.duties,
            "person": self.criteria,
            "selection": self.stages,
            "induction": self.steps,
        }
        return tuple(part for part, is_said in said.items() if not is_said)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role in the register."""

    id: int
    name: str
    current: int
    holders: int
    has_draft: bool
    is_retired: bool
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InductionRow:
    """A dated step of somebody's induction."""

    id: int
    due_on: dt.date
    text: str
    by_name: str
    done_at: dt.datetime | None
    is_mine: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow:
    """Somebody who has a role, with how far her induction has come and which pack she has read."""

    id: int
    user_id: int
    name: str
    role_id: int
    role: str
    number: int
    since: dt.date
    until: dt.date | None
    induction: tuple[InductionRow, ...]
    read: int

    @property
    def done(self) -> int:
        """Return how many steps of the induction are done."""
        return sum(step.done_at is not None for step in self.induction)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoleDetail:
    """A role with what holds, what is being written, what was, and who has it."""

    row: RoleRow
    pack: Pack | None
    draft: Pack | None
    versions: tuple[Pack, ...]
    holders: tuple[HolderRow, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """What was seen of a candidate by one criterion; no score yet is None."""

    criterion: Criterion
    score: int | None
    evidence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A candidate with her scores by criterion; essential ones below 3 stand out whatever the total."""

    id: int
    role_id: int
    role: str
    label: str
    outcome: str
    reason: str
    opened_at: dt.datetime
    decided_at: dt.datetime | None
    forget_on: dt.date
    pass_mark: int
    scores: tuple[ScoreRow, ...]
    version: int

    @property
    def outcome_name(self) -> str:
        """Return what became of her, in words."""
        return str(Outcome(self.outcome).label)

    @property
    def is_scored(self) -> bool:
        """Return whether every criterion has been looked at."""
        return bool(self.scores) and all(row.score is not None for row in self.scores)

    @property
    def share(self) -> float | None:
        """Return her points of those possible, essential criteria counted twice; None before all are given."""
        if not self.is_scored:
            return None
        weights = [2 if row.criterion.is_essential else 1 for row in self.scores]
        points = sum(w * (row.score or 0) for w, row in zip(weights, self.scores, strict=True))
        return points / (4 * sum(weights))

    @property
    def unmet(self) -> tuple[str, ...]:
        """Return the essential criteria she was seen not to meet."""
        rows = (row for row in self.scores if row.criterion.is_essential and row.score is not None)
        return tuple(row.criterion.text for row in rows if row.score is not None and row.score < 3)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRow:
    """What is done so that somebody can work well."""

    id: int
    user_id: int
    text: str
    review_on: dt.date
    agreed_at: dt.datetime
    agreed_by: str
    ended_at: dt.datetime | None
    version: int
