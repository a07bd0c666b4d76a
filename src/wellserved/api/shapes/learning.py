"""Needs, plans, training, support and the records of two people on the wire."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from wellserved.api.shapes.wire import After, Given, Id, Limit, Told
from wellserved.apps.development.types.learning import Measure

Words = Annotated[str, Field(max_length=500)]


class PageQuery(Given):
    """Which page of a list."""

    after: After | None = None
    limit: Limit = 50


class TrainingQuery(PageQuery):
    """Which training: to come, past, or with the caller."""

    view: Literal["coming", "past", "mine"] = "coming"


class RecordsQuery(PageQuery):
    """Which records of two: those under way, or all."""

    view: Literal["open", "all"] = "open"


class SlotQuery(PageQuery):
    """Which slots: to come, or the caller's own."""

    view: Literal["coming", "mine"] = "coming"


class NeedGiven(Given):
    """A need: a skill of the list, or something else."""

    person_id: Id
    skill_id: Id | None = None
    what: Annotated[str, Field(max_length=200)] = ""
    level: Annotated[int, Field(ge=0, le=4)] | None = None
    said: Words = ""


class NeedCommentGiven(Given):
    """How whoever leads her sees it."""

    comment: Annotated[str, Field(min_length=1, max_length=500)]


class PlanGiven(Given):
    """How a need is met, until when, and who sees to it."""

    measure: Measure
    by_on: dt.date
    how: Annotated[str, Field(max_length=300)] = ""
    event_id: Id | None = None
    owner_id: Id | None = None


class FinishGiven(Given):
    """What she can do now; a level only from whoever leads her."""

    outcome: Annotated[str, Field(min_length=1, max_length=500)]
    level: Annotated[int, Field(ge=0, le=4)] | None = None
    expires_on: dt.date | None = None


class SeatGiven(Given):
    """Whose seat."""

    person_id: Id


class TakeGiven(Given):
    """What a talk is about; for the two alone."""

    about: Annotated[str, Field(max_length=300)] = ""


class ContestGiven(Given):
    """Which record about oneself is wrong, and how."""

    kind: Annotated[str, Field(min_length=1, max_length=60)]
    record_id: Id
    what: Annotated[str, Field(min_length=1, max_length=1000)]


class Need(Told):
    """One line of the analysis; without an id it is worked out and nobody has taken it up yet."""

    id: int | None
    person_id: int
    person: str
    skill_id: int | None
    what: str
    level: int | None
    held: int
    source: str
    due_on: dt.date | None
    priority: str
    at_stake: str
    comment: str
    commented_by: str
    plan_id: int | None
    plan_by: dt.date | None
    version: int


class LearningPlan(Told):
    """How one need is to be met."""

    id: int
    need_id: int
    person_id: int
    person: str
    what: str
    measure: str
    how: str
    event_id: int | None
    by_on: dt.date
    is_late: bool
    owner_id: int | None
    owner: str
    state: str
    done_on: dt.date | None
    outcome: str
    version: int


class Course(Told):
    """Something that can be learnt."""

    id: int
    title: str
    aim: str
    skill_id: int | None
    skill: str
    level: int
    valid_months: int | None
    pass_score: int
    version: int


class Training(Told):
    """A course on a day; `own` is the caller's seat."""

    id: int
    course_id: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    seats: int
    booked: int
    waiting: int
    own: str
    state: str
    version: int


class EvaluationLevel(Told):
    """One of the four levels; without a figure the verdict says why there is none."""

    name: str
    question: str
    figure: str
    verdict: str
    n: int


class TrainingDetail(Told):
    """A training event with what came of it."""

    row: Training
    course: Course
    trainer: str
    cost: Decimal
    plan_id: int | None
    levels: list[EvaluationLevel]


class Private(Told):
    """A record of two people, as a list shows it."""

    kind: str
    id: int
    title: str
    person_id: int
    person: str
    guide_id: int
    guide: str
    on: dt.date
    state: str
    is_waiting: bool


class Task(Told):
    """Something agreed."""

    id: int
    words: str
    owner_id: int
    owner: str
    due_on: dt.date
    done_at: dt.datetime | None


class Pair(Told):
    """Of whom, with whom, and how far it is."""

    id: int
    person_id: int
    person: str
    guide_id: int
    guide: str
    state: str
    ends_on: dt.date
    version: int


class Talk(Told):
    """A one-to-one whole."""

    pair: Pair
    starts_at: dt.datetime
    place: str
    agenda: list[tuple[str, str]]
    notes: str
    tasks: list[Task]
    carried: list[Task]


class Sighting(Told):
    """What an observation said of a criterion."""

    observation_id: int
    on: dt.date
    rating_name: str
    evidence: str
    is_source: bool


class Coaching(Told):
    """Coaching whole."""

    pair: Pair
    kind: str
    goal: str
    criterion: str
    starts_on: dt.date
    outcome: str
    observation_id: int | None
    tasks: list[Task]
    sightings: list[Sighting]


class Rated(Told):
    """A criterion with what was seen of it."""

    key: str
    words: str
    rating_name: str
    evidence: str


class Observation(Told):
    """An observation whole, in both views."""

    pair: Pair
    purpose: str
    announced_at: dt.datetime
    starts_at: dt.datetime
    criteria: list[Rated]
    strengths: str
    one_thing: str
    own_view: str


class Review(Told):
    """A review whole."""

    pair: Pair
    period_from: dt.date
    period_to: dt.date
    own_view: str
    words: str
    rating: str
    evidence: list[tuple[str, list[str]]]
    tasks: list[Task]


class Slot(Told):
    """A support slot; guest and subject show to its two people alone."""

    id: int
    host_id: int
    host: str
    starts_at: dt.datetime
    minutes: int
    place: str
    is_taken: bool
    guest: str
    about: str
    held_minutes: int | None
    version: int


class RecordedLine(Told):
    """One record about the caller."""

    kind: str
    record_id: int
    at: dt.datetime | dt.date
    title: str
    by: str
    url: str
    parts: list[tuple[str, Annotated[str, BeforeValidator(str)]]]


class Section(Told):
    """One sort of record, why it is kept, how long, and who sees it."""

    key: str
    label: str
    purpose: str
    kept: str
    seen_by: str
    lines: list[RecordedLine]


class Look(Told):
    """Somebody looked."""

    viewer: str
    what: str
    day: dt.date
    viewed_at: dt.datetime


class Contest(Told):
    """A contest with its answer."""

    id: int
    kind: str
    record_id: int
    title: str
    words: str
    decider: str
    raised_at: dt.datetime
    due_on: dt.date
    outcome: str
    answer: str
    answered_at: dt.datetime | None


class Recorded(Told):
    """Everything recorded about the caller, who looked, and what she contested."""

    sections: list[Section]
    looks: list[Look]
    contests: list[Contest]
