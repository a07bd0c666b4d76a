"""Words and shapes of surveys, answers and feedback."""

import dataclasses
import datetime as dt
from typing import Any

SURVEY, FOLLOW_UP, FEEDBACK = "voice.survey", "voice.follow_up", "voice.feedback"

KINDS = {"csat": "Satisfaction", "nps": "Recommendation (NPS)", "ces": "Effort (CES)", "own": "Our own question"}
SCALES = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7), "own": (1, 5)}
GOOD_FROM = {"csat": 4, "nps": 9, "ces": 5, "own": 4}
LOW_TO = {"csat": 2, "nps": 6, "ces": 3, "own": 2}
LEADS = {
    "csat": "How satisfied are you with how we handled your question?",
    "nps": "How likely are you to recommend us to somebody you know?",
    "ces": "It was easy to get my question settled.",
    "own": "",
}
ENDS = {
    "csat": ("very dissatisfied", "very satisfied"),
    "nps": ("not at all likely", "extremely likely"),
    "ces": ("disagree strongly", "agree strongly"),
    "own": ("not at all", "fully"),
}
WHY: dict[str, Any] = {
    "key": "why",
    "kind": "text",
    "text": "What is the main reason for your answer?",
    "options": [],
    "when": None,
}
STATES = {"draft": "Draft", "running": "Running", "paused": "Paused", "ended": "Ended"}
MOVES = {"draft": ("running",), "running": ("paused", "ended"), "paused": ("running", "ended"), "ended": ()}
MOVE_WORDS = {"running": "Start it", "paused": "Pause it", "ended": "End it"}
MOMENTS = {
    "resolved": "A ticket is resolved",
    "closed": "A ticket is closed",
    "complaint": "A complaint is settled",
}
QUESTION_KINDS = {"text": "Free text", "choice": "A choice", "scale": "A scale from 1 to 5"}
CONDITIONS = {
    "": "Always",
    "at_most": "The score is at most",
    "at_least": "The score is at least",
    "is": "The answer to the question before is",
}
INVITATION_STATES = {"planned": "To be asked", "asked": "Asked", "dropped": "Not asked"}
REASONS = {
    "": "Would be asked",
    "imported": "The ticket was imported",
    "internal": "The customer is one of our own",
    "spam": "The ticket is tagged as spam, merged or a duplicate",
    "no_address": "The customer has no mail address",
    "silent": "The customer asked not to be asked",
    "complaint": "A complaint of the customer is open",
    "quarantine": "The customer was asked not long ago",
    "outside": "The queue, type or channel is not asked",
    "chance": "Chance left the ticket out",
    "asked": "The ticket was asked about already",
    "reopened": "The ticket is open again",
    "stopped": "The survey is not running any more",
}
FOLLOW_REASONS = {"low": "Low score", "call": "Asked to be called back"}
FEEDBACK_KINDS = {
    "compliment": "Compliment",
    "remark": "Remark",
    "suggestion": "Suggestion",
    "review": "Review",
}
SOURCES = {
    "verbal": "Said to one of us",
    "letter": "Letter or mail",
    "review_site": "Review site",
    "social": "Social media",
    "event": "Shop, visit or event",
}
NEVER_TAGS = ("spam", "merged", "duplicate")
FEWEST, SMALL_CELL, DAYS_OPEN = 10, 5, 30
SCORE = "score"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a survey asks whom: an empty list of queues, types or channels means all of them."""

    moment: str = "resolved"
    delay_hours: int = 2
    share: int = 100
    quarantine_days: int = 30
    queues: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    low_at: int = 2
    follow_hours: int = 24
    fewest: int = FEWEST


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question after the first; `when` holds the condition, its value and the question it looks at."""

    key: str
    kind: str
    text: str
    options: tuple[str, ...] = ()
    when: dict[str, Any] | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow:
    """A survey as lists and its pages show it."""

    id: int
    name: str
    kind: str
    state: str
    lead: str
    rules: Rules
    owner_id: int | None
    owner: str
    number: int
    version: int
    questions: tuple[Question, ...]
    asked: int = 0
    answered: int = 0

    @property
    def kind_name(self) -> str:
        """Return the kind in the words of the screens."""
        return KINDS[self.kind]

    @property
    def state_name(self) -> str:
        """Return the state in the words of the screens."""
        return STATES[self.state]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A ticket in a dry run: whether its customer would be asked, or why not."""

    ticket_id: int
    number: int
    subject: str
    customer: str
    reason: str

    @property
    def words(self) -> str:
        """Return the reason in the words of the screens."""
        return REASONS[self.reason]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A score with its interval, or why there is none."""

    asked: int
    answered: int
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    score: float | None
    low: float | None
    high: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    is_enough: bool
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The figures of one queue or team; hidden when so few answered that a person could be recognised."""

    name: str
    figure: Figure
    is_hidden: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a customer wrote, with its ticket for whoever may read it."""

    at: dt.datetime
    score: int
    words: str
    number: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a survey found in a period."""

    figure: Figure
    counts: tuple[tuple[int, int], ...]
    queues: tuple[Part, ...]
    teams: tuple[Part, ...]
    comments: tuple[Comment, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the holder of a link sees: the questions and her own answers, nothing of a ticket or a customer."""

    lead: str
    ends: tuple[str, str]
    scale: tuple[int, ...]
    wanted: int | None
    score: int | None
    questions: tuple[Question, ...]
    answers: dict[str, str]
    wants_call: bool
    is_finished: bool
    is_silent: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """A low score or a wish to be called, and what was done about it."""

    id: int
    survey: str
    reason: str
    score: int | None
    words: str
    number: int
    customer: str
    owner_id: int | None
    owner: str
    opened_at: dt.datetime
    due_at: dt.datetime
    closed_at: dt.datetime | None
    closed_by: str
    done: str
    version: int
    is_overdue: bool

    @property
    def reason_name(self) -> str:
        """Return why somebody is to look."""
        return FOLLOW_REASONS[self.reason]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRow:
    """A compliment, a remark, a suggestion or a review."""

    id: int
    kind: str
    source: str
    words: str
    customer: str
    number: int | None
    themes: tuple[str, ...]
    given_at: dt.datetime
    taken_by: str

    @property
    def kind_name(self) -> str:
        """Return the kind in the words of the screens."""
        return FEEDBACK_KINDS[self.kind]

    @property
    def source_name(self) -> str:
        """Return where it came from in the words of the screens."""
        return SOURCES[self.source]
