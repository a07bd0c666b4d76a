"""Thanks, suggestions, consultations, the pulse, rewards, team events and behaviours on the wire."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from wellserved.api.shapes.wire import After, Given, Id, Limit, Moment, Told

Line = Annotated[str, Field(min_length=1, max_length=160)]
Sentence = Annotated[str, Field(min_length=1, max_length=300)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
LongWords = Annotated[str, Field(min_length=1, max_length=4000)]
Score = Annotated[int, Field(ge=1, le=5)]
Cost = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class PageQuery(Given):
    """Which page of a list."""

    after: After | None = None
    limit: Limit = 50


class ThanksQuery(PageQuery):
    """Which thanks: of one value, to one colleague."""

    value: str = Field("", max_length=60)
    user_id: Id | None = None


class ThanksGiven(Given):
    """Whom to thank for which value; about a record one sees, as its kind and number."""

    user_id: Id
    value: str = Field(min_length=1, max_length=60)
    words: str = Field("", max_length=300)
    about_kind: str = Field("", max_length=60)
    about_id: Id | None = None


class Thanks(Told):
    """One thank-you."""

    id: int
    user_id: int
    user: str
    given_by: str
    given_at: dt.datetime
    value: str
    words: str


class SuggestionQuery(PageQuery):
    """Which suggestions."""

    view: Literal["all", "open", "mine"] = "all"


class SuggestionGiven(Given):
    """A suggestion, named or not."""

    title: Line
    text: Words
    is_anonymous: bool = False


class SuggestionMade(Told):
    """A suggestion just given; the receipt is shown once, to an anonymous author alone."""

    id: int
    receipt: str


class SuggestionAnswer(Given):
    """What becomes of a suggestion; what was done may be linked to its record, as kind and number."""

    state: Literal["looking", "planned", "done", "declined"]
    answer: str = Field("", max_length=2000)
    done: str = Field("", max_length=500)
    done_kind: str = Field("", max_length=60)
    done_id: Id | None = None


class Suggestion(Told):
    """A suggestion; its author shows to herself and to whoever answers."""

    id: int
    title: str
    text: str
    author: str
    is_anonymous: bool
    given_on: dt.date
    state: str
    answer: str
    answered_by: str
    answered_at: dt.datetime | None
    done: str
    is_late: bool
    version: int


class ConsultationGiven(Given):
    """A proposal put to the staff until a day."""

    title: Line
    proposal: LongWords
    closes_on: dt.date


class ViewGiven(Given):
    """What somebody thinks of a proposal."""

    text: Words


class ResponseGiven(Given):
    """What is decided, and what was made of what was said."""

    outcome: Literal["as_proposed", "changed", "dropped"]
    response: LongWords


class ConsultationItem(Told):
    """A consultation of the list."""

    id: int
    title: str
    proposal: str
    opened_at: dt.datetime
    closes_on: dt.date
    is_open: bool
    outcome: str
    response: str
    views: int
    speakers: int
    version: int


class View(Told):
    """What somebody said of a proposal."""

    author: str
    text: str
    said_at: dt.datetime


class Consultation(ConsultationItem):
    """A consultation with everything that was said."""

    said: list[View]


class PulseOpened(Given):
    """Until when the staff are asked."""

    closes_on: dt.date


class PulseScores(Given):
    """Answers from 1, not at all, to 5, fully."""

    respects: Score
    values: Score
    nurtures: Score
    recognises: Score
    rewards: Score
    vision: Score


class PulseItem(Told):
    """A pulse of the list: how many were asked, how many answered."""

    id: int
    opened_at: dt.datetime
    closes_on: dt.date
    closed_at: dt.datetime | None
    asked: int
    answers: int
    has_answered: bool


class ItemResult(Told):
    """What a group answered to one statement."""

    item: str
    answers: int
    mean: float
    favourable: float
    low: float
    high: float
    change: float | None
    has_dropped: bool


class GroupResult(Told):
    """What a group answered; nothing of fewer than six, nor what would show fewer by subtraction."""

    team_id: int | None
    name: str
    asked: int
    answers: int | None
    items: list[ItemResult]


class ResultQuery(Given):
    """Of which team, to which statement."""

    team_id: Id | None = None
    item: Literal["", "respects", "values", "nurtures", "recognises", "rewards", "vision"] = ""


class SchemeItem(Told):
    """A reward scheme."""

    id: int
    name: str
    kind: str
    purpose: str
    rules: str
    criterion: str
    budget: Decimal
    spent: Decimal
    currency: str
    starts_on: dt.date
    ends_on: dt.date
    outcome: str
    findings: str
    version: int


class SchemeGiven(Given):
    """A reward scheme: what for, by which rules, judged by what."""

    name: Line
    kind: Literal["reward", "bonus", "enrichment", "team"]
    purpose: str = Field(min_length=1, max_length=500)
    rules: Words
    criterion: Sentence
    budget: Cost
    starts_on: dt.date
    ends_on: dt.date


class AwardGiven(Given):
    """Who gets what under a scheme, and why."""

    user_id: Id
    what: Line
    amount: Cost = Decimal(0)
    why: Sentence


class EvaluationGiven(Given):
    """What a scheme came to, and what shows it."""

    outcome: Literal["reached", "missed", "unclear"]
    findings: str = Field(min_length=1, max_length=1000)


class EventGiven(Given):
    """Something a team does together."""

    form: Literal["retro", "swap", "visit", "social", "skills"]
    title: Line
    purpose: str = Field(min_length=1, max_length=500)
    team_id: Id
    starts_at: Moment
    minutes: int = Field(60, ge=10, le=600)
    place: str = Field("", max_length=160)


class EventItem(Told):
    """A team event."""

    id: int
    title: str
    form: str
    purpose: str
    team_id: int
    team: str
    starts_at: dt.datetime
    minutes: int
    place: str
    asked: int
    came: int
    held_at: dt.datetime | None
    what_changed: str


class BehaviourGiven(Given):
    """What a value looks like, and what a quality check asks."""

    value: str = Field(min_length=1, max_length=60)
    sentence: str = Field(min_length=1, max_length=200)
    quality_item: str = Field(min_length=1, max_length=200)


class Behaviour(Told):
    """What a value looks like on a working day."""

    id: int
    value: str
    sentence: str
    quality_item: str
