"""Understanding checks: questions, attempts, what they say of a person and what they say of the questions."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models

MOST_QUESTIONS, MOST_OPTIONS = 200, 8
PASS_SHARE = 0.8
# Below this many answers a figure says more of the people than of the question.
FEWEST_ANSWERS = 5


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", "One answer"
    MULTIPLE = "multiple", "Several answers"
    TRUE_FALSE = "true_false", "True or false"
    TEACH_BACK = "teach_back", "In your own words"


class AttemptState(models.TextChoices):
    """Where an attempt stands; it waits while a colleague has words to judge."""

    OPEN = "open", "Begun"
    WAITING = "waiting", "Waits for a colleague"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Not passed"


class Standing(models.TextChoices):
    """How somebody stands with what she should understand, as it holds now."""

    UNDERSTOOD = "understood", "Understood"
    NOT_SHOWN = "not_shown", "Not shown yet"
    STALE = "stale", "Stale"


COLOURS: dict[str, str] = {Standing.UNDERSTOOD: "green", Standing.NOT_SHOWN: "amber", Standing.STALE: "stale"}

PARTS: dict[str, str] = {
    "vision": "Vision",
    "objectives": "Objectives",
    "role": "Role",
    "plan": "Plan",
    "standards": "Standards",
    "procedures": "Procedures",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question of a bank; options are (text, whether it is right), none when it is answered in words."""

    id: int
    kind: str
    text: str
    options: tuple[tuple[str, bool], ...]
    explanation: str
    expectation_id: int | None

    @property
    def kind_name(self) -> str:
        """Return how it is answered, in the words of the screens."""
        return QuestionKind(self.kind).label


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """What the answers say of a question: how many got it right the first time, and whether it tells people apart.

    `share`, its interval and `discrimination` are None while there are too few answers to say.
    """

    question: QuestionRow
    answers: int
    right: int
    share: float | None
    low: float | None
    high: float | None
    discrimination: float | None
    is_hard: bool
    tells_little: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """A check and what it is about; `number` is the version its questions were last held against."""

    id: int
    subject: tuple[str, int]
    title: str
    url: str
    part: str
    number: int
    current: int
    size: int
    pass_share: float
    questions: int
    version: int

    @property
    def is_behind(self) -> bool:
        """Return whether its questions were written for an older version."""
        return self.number < self.current


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it is put, its options in the order drawn: (place in the bank's question, text)."""

    question: QuestionRow
    options: tuple[tuple[int, str], ...]
    given: Any = None
    is_right: bool | None = None
    reasons: str = ""
    judged_by: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """One go at a check, by one person, at one version of its subject."""

    id: int
    check: CheckRow
    user_id: int
    name: str
    number: int
    state: str
    score: float | None
    started_at: dt.datetime
    finished_at: dt.datetime | None
    asked: tuple[Asked, ...]
    may_judge: bool

    @property
    def state_name(self) -> str:
        """Return the state in the words of the screens."""
        return AttemptState(self.state).label


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """How one person stands with one record: at which version she showed it last, when, with what score."""

    user_id: int
    check_id: int
    standing: str
    number: int | None
    current: int
    score: float | None
    at: dt.date | None
    attempts: int
    last_state: str
    last_id: int | None
    last_number: int | None
    last_score: float | None
    last_at: dt.date | None

    @property
    def needs_help(self) -> bool:
        """Return whether her last go at what holds now was not enough."""
        failed = self.last_state == AttemptState.FAILED and self.last_number == self.current
        return failed and self.standing != Standing.UNDERSTOOD


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One person and one of the six parts: the worst of what she is asked there, None when nothing is asked.

    `at` is the day she last showed something there, `score` the lowest that counts, `versions` what it was shown of.
    """

    standing: str | None
    asked: int
    understood: int
    at: dt.date | None
    score: float | None
    versions: str

    @property
    def colour(self) -> str:
        """Return green, amber or stale, or nothing."""
        return COLOURS.get(self.standing or "", "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person across the six parts."""

    user_id: int
    name: str
    role: str
    cells: Mapping[str, Cell]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RebriefRow:
    """Somebody who has not shown that she understood what holds now, and what was done about it."""

    user_id: int
    name: str
    check: CheckRow
    score: float | None
    attempts: int
    at: dt.date | None
    attempt_id: int | None
    helped: str
    helped_by: str
    helped_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamUnderstanding:
    """A team's understanding beside what became of its tickets; small teams are left out before this is made."""

    name: str
    people: int
    asked: int
    understood: int
    late: int
    due: int
    referred: int
    tickets: int
