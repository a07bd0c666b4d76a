"""Meetings, what they came to, decisions and one's week on the wire."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from wellserved.api.shapes.voice import Line, PageQuery, Sentence
from wellserved.api.shapes.wire import Given, Id, Moment, Told
from wellserved.apps.development.types.meetings import MOST_GUESTS, MOST_PEOPLE, MOST_POINTS, MeetingGiven
from wellserved.apps.development.types.meetings import Point as GivenPoint
from wellserved.apps.development.types.week import HIGHEST, LOWEST, MOST_HOURS

Kind = Literal["team", "customer", "partner", "service_review", "praise_review"]
Metric = Literal["", "first_reply", "next_reply", "keep_informed", "resolution", "ola", "supplier"]
What = Annotated[str, Field(min_length=1, max_length=200)]
Weight = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]
Hours = Annotated[int, Field(ge=1, le=MOST_HOURS)]


class MeetingQuery(PageQuery):
    """Which meetings."""

    view: Literal["all", "coming", "minutes", "mine"] = "all"
    kind: Kind | None = None


class Point(Given):
    """One point of an agenda, and what is known of it beforehand."""

    words: Sentence
    detail: str = Field("", max_length=1000)


class MeetingPlanned(Given):
    """A meeting to come; guests are records where there is one, names otherwise."""

    kind: Kind
    title: Line
    starts_at: Moment
    lasts: int = Field(60, ge=5, le=600)
    place: str = Field("", max_length=160)
    is_private: bool = False
    staff_ids: list[Id] = Field([], max_length=MOST_PEOPLE)
    customer_id: Id | None = None
    organisation_id: Id | None = None
    partner_id: Id | None = None
    guests: list[Line] = Field([], max_length=MOST_GUESTS)
    agenda: list[Point] = Field([], max_length=MOST_POINTS)
    period_from: dt.date | None = None
    period_to: dt.date | None = None

    def meeting(self) -> MeetingGiven:
        """Return what was planned."""
        given = self.model_dump(exclude={"staff_ids", "guests", "agenda"})
        return MeetingGiven(
            **given,
            staff_ids=tuple(self.staff_ids),
            guests=tuple(self.guests),
            agenda=tuple(GivenPoint(words=each.words, detail=each.detail) for each in self.agenda),
        )


class MinutesGiven(Given):
    """What was said and agreed; `present` are ids of the people asked, as the meeting tells them."""

    notes: str = Field(min_length=1, max_length=8000)
    present: list[Id] = Field([], max_length=MOST_PEOPLE + MOST_GUESTS + 3)


class Sending(Given):
    """Whether minutes leave by mail as well."""

    by_mail: bool = False


class ResultGiven(Given):
    """An action or an opportunity with whoever takes it on, or a requirement with the segment it speaks for."""

    sort: Literal["action", "requirement", "opportunity"]
    what: What
    owner_id: Id | None = None
    due_on: dt.date | None = None
    segment_id: Id | None = None


class Settling(Given):
    """What became of it."""

    settled: Literal["done", "dropped"]
    said: str = Field("", max_length=300)


class Moving(Given):
    """Another day, and why."""

    due_on: dt.date
    reason: Sentence


class Expecting(Given):
    """Whose expectation it is, where the requirement left that open."""

    segment_id: Id | None = None


class MeetingItem(Told):
    """A meeting of the list."""

    id: int
    kind: str
    title: str
    starts_at: dt.datetime
    lasts: int
    place: str
    state: str
    is_private: bool
    chair: str
    people: int
    still_open: int
    version: int


class AgendaPoint(Told):
    """One point of an agenda."""

    words: str
    detail: str


class Invited(Told):
    """Somebody asked to a meeting."""

    id: int
    user_id: int | None
    name: str
    side: str
    was_there: bool | None


class Result(Told):
    """What a meeting came to."""

    id: int
    meeting_id: int
    sort: str
    words: str
    owner: str
    due_on: dt.date | None
    is_late: bool
    settled: str
    said: str
    segment: str
    expectation_id: int | None
    version: int


class Meeting(MeetingItem):
    """A meeting whole."""

    agenda: list[AgendaPoint]
    asked: list[Invited]
    results: list[Result]
    notes: str
    sent_at: dt.datetime | None


class OpportunityQuery(PageQuery):
    """Which opportunities."""

    view: Literal["open", "mine", "all"] = "open"


class DecisionQuery(PageQuery):
    """Which decisions."""

    view: Literal["all", "open", "review", "mine"] = "all"


class DecisionPlanned(Given):
    """What is to be decided, by when and by whom."""

    question: What
    needed_by: dt.date
    known: str = Field("", max_length=2000)
    unknown: str = Field("", max_length=2000)
    decider_id: Id | None = None
    is_restricted: bool = False
    meeting_id: Id | None = None


class OptionGiven(Given):
    """Something that could be done."""

    words: What
    advantages: str = Field("", max_length=1000)
    disadvantages: str = Field("", max_length=1000)


class Deciding(Given):
    """Which one, why, and what is expected of it."""

    option_id: Id
    reasons: str = Field(min_length=1, max_length=2000)
    expected: str = Field(min_length=1, max_length=500)
    measure: Metric = ""
    review_on: dt.date | None = None


class LookingBack(Given):
    """What came of it."""

    outcome: Literal["as_expected", "better", "worse", "other"]
    found: str = Field(min_length=1, max_length=1000)


class DecisionItem(Told):
    """A decision of the list; whether it is late is worked out."""

    id: int
    question: str
    needed_by: dt.date
    decider: str
    is_restricted: bool
    decided_on: dt.date | None
    chosen: str
    is_late: bool
    review_on: dt.date | None
    outcome: str
    version: int


class Option(Told):
    """Something that could be done."""

    id: int
    words: str
    advantages: str
    disadvantages: str
    is_chosen: bool


class Measured(Told):
    """A figure of the desk in the 30 days before somebody looked."""

    kept: int
    total: int


class DecisionWhole(DecisionItem):
    """A decision whole: what was expected beside what came of it."""

    known: str
    unknown: str
    options: list[Option]
    reasons: str
    expected: str
    measure: str
    before: Measured | None
    found: str
    after: Measured | None


class PriorityGiven(Given):
    """Something to get done this week."""

    words: What
    value: Weight = 3
    urgency: Weight = 3
    hours: Hours = 1


class PriorityMove(Given):
    """Earlier or later than its neighbour."""

    direction: Literal["up", "down"]


class PrioritySettling(Given):
    """What became of it."""

    state: Literal["done", "dropped", "open"]


class WeekPriority(Told):
    """Something to get done; they come in their order."""

    id: int
    words: str
    value: int
    urgency: int
    hours: int
    score: float
    state: str
    carries: int
    fits: bool


class WeekItem(Told):
    """A week with what was achieved of what was planned, once it is closed."""

    id: int
    starts_on: dt.date
    hours: int
    by_hand: bool
    closed_at: dt.datetime | None
    planned: int
    achieved: int


class Weeks(Told):
    """One's present week, if it has begun, and those closed."""

    present: WeekItem | None
    priorities: list[WeekPriority]
    closed: list[WeekItem]
