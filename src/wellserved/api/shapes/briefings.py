"""Briefings and understanding."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from wellserved.api.shapes.wire import After, Given, Id, Limit, Moment, Reason, Told
from wellserved.apps.development.types.briefings import BriefingKind, BriefingState
from wellserved.apps.development.types.checks import Standing

Title = Annotated[str, Field(min_length=1, max_length=160)]
Ids = Annotated[list[Id], Field(max_length=500)]


class About(Given):
    """The record a briefing tells of: its kind, such as standards.standard, and its id."""

    kind: str = Field(max_length=60)
    id: Id


class ItemGiven(Given):
    """One thing a briefing says."""

    title: Title
    body: str = Field(min_length=1, max_length=5000)


class AudienceGiven(Given):
    """Whom it concerns: these people, and everybody of these roles within these teams and these queues' teams."""

    everyone: bool = False
    roles: list[Annotated[str, Field(max_length=20)]] = Field([], max_length=10)
    teams: Ids = []
    queues: Ids = []
    people: Ids = []


class BriefingGiven(Given):
    """A draft; nobody has it until it is published."""

    kind: BriefingKind = BriefingKind.BRIEFING
    title: Title
    items: list[ItemGiven] = Field(min_length=1, max_length=20)
    audience: AudienceGiven = AudienceGiven()
    about: About | None = None
    due_on: dt.date | None = None
    by_mail: bool = False
    needs_check: bool = True


class BriefingWithdrawal(Given):
    """Why a briefing is taken back."""

    reason: Reason


class BriefingListed(Told):
    """A briefing as a list shows it; told and done are counted over the people you lead, 0 for whoever leads nobody."""

    id: Id
    kind: BriefingKind
    title: str
    state: BriefingState
    number: int = Field(description="The version it tells of, 0 when it is about no record.")
    due_on: dt.date | None
    published_at: Moment | None
    published_by: str
    told: int
    done: int
    is_mine: bool
    is_open: bool = Field(description="Whether something of it is still yours to do.")
    version: int


class BriefingItem(Told):
    """One thing a briefing says."""

    title: str
    body: str


class BriefingContent(Told):
    """What a briefing says."""

    items: list[BriefingItem]
    by_mail: bool
    needs_check: bool


class Briefing(Told):
    """A briefing whole."""

    row: BriefingListed
    content: BriefingContent
    audience: list[str]
    reason: str


class BriefingDelivery(Told):
    """How one colleague stands with a briefing; understanding is empty while nothing is asked."""

    user_id: Id
    name: str
    read_at: Moment | None
    heard_at: Moment | None
    catch_up_on: dt.date | None
    understanding: str
    reminded_at: Moment | None
    reminders: int
    is_done: bool


class Sent(Told):
    """To how many people something went."""

    people: int


class UnderstandingCell(Told):
    """One of the six parts of one person; null standing when nothing is asked there."""

    standing: Standing | None
    colour: str = Field(description="green, amber, stale or empty.")
    asked: int
    understood: int
    at: dt.date | None
    score: float | None
    versions: str


class UnderstandingRow(Told):
    """A person across the six parts; you see yourself and those you lead."""

    user_id: Id
    name: str
    role: str
    cells: dict[str, UnderstandingCell]


class CheckItem(Told):
    """What first goes say of a question; nobody is named, and under five answers nothing is said."""

    text: str
    answers: int
    share: float | None
    low: float | None
    high: float | None
    discrimination: float | None
    is_hard: bool
    tells_little: bool


class BriefingQuery(Given):
    """What the list is narrowed to."""

    view: str = Field("published", max_length=12, description="published, mine, draft or withdrawn.")
    kind: str = Field("", max_length=12)
    plan: Id | None = Field(None, description="What tells of this plan, or of a standard it delivers.")
    q: str = Field("", max_length=100)
    after: After | None = None
    limit: Limit = 50
