"""Guidelines as the API tells them."""

import datetime as dt
from typing import Literal

from pydantic import ConfigDict, Field

from wellserved.api.shapes.discussion import PageQuery
from wellserved.api.shapes.wire import Id, Told
from wellserved.apps.desk.types import Kind
from wellserved.apps.desk.types.knowledge import GuidelineKind, GuidelineState


class GuidelineQuery(PageQuery):
    """How the register is narrowed."""

    view: Literal["in_force", "unread", "review", "draft", "retired"] = Field(
        "in_force", description="`unread`: those the caller has still to confirm having read."
    )
    kind: Literal["", "guideline", "procedure"] = ""
    about: Literal["", "question", "problem", "request", "complaint", "compliment"] = Field(
        "", description="Those that name this type of ticket."
    )
    queue: Id | None = None
    product: Id | None = None
    tag: str = Field("", max_length=60)
    q: str = Field("", max_length=100, description="A part of the title.")


class Guideline(Told):
    """A line of the register."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: GuidelineKind
    title: str
    state: GuidelineState
    number: int = Field(description="The version in force; 0 before the first.")
    owner: str
    review_on: dt.date | None
    is_review_due: bool
    is_unread: bool = Field(description="The caller has still to confirm having read this version.")


class GuidelineStep(Told):
    """A step of a procedure."""

    title: str
    detail: str


class AppliesTo(Told):
    """Where it holds; an empty list narrows nothing."""

    model_config = ConfigDict(from_attributes=True)

    kinds: list[Kind]
    queues: list[int]
    products: list[int]
    tags: list[str]


class Version(Told):
    """A version that came into force."""

    number: int
    in_force_from: dt.datetime
    reason: str


class GuidelineFull(Guideline):
    """A guideline with what it says."""

    body: str
    reply: str = Field(description="The text to insert into a reply; words in braces are filled in there.")
    steps: list[GuidelineStep]
    applies_to: AppliesTo
    replies_written_under_it: int
    replies_with_its_text: int
    versions: list[Version]
