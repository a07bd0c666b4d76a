"""Guidelines and procedures: the register, and one with its steps."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.shapes import guidelines as shapes
from wellserved.api.shapes.wire import Id, Page, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_KNOWLEDGE
from wellserved.apps.desk.queries import knowledge as queries
from wellserved.apps.desk.types.knowledge import GuidelineFilters
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Guidelines"])


@router.get("", response=Page[shapes.Guideline], summary="List guidelines and procedures")
@needs(READ_KNOWLEDGE)
def list_guidelines(request: HttpRequest, asked: Query[shapes.GuidelineQuery]) -> Any:
    """By title; what is still being written is told to those who write it or decide on it."""
    given = asked.model_dump(exclude={"after", "limit"})
    rows = queries.guidelines(
        actor=actor_of(request),
        filters=GuidelineFilters(**given),
        on=clock.now().date(),
        cursor=asked.after,
        limit=asked.limit,
    )
    return page_of(request, rows.rows, rows.next_cursor)


@router.get("/{int:guideline_id}", response=shapes.GuidelineFull, summary="Read a guideline")
@needs(READ_KNOWLEDGE)
def read_guideline(request: HttpRequest, guideline_id: Id) -> Any:
    """The version in force, or the last one of a retired guideline, with where it holds and its earlier versions."""
    found = queries.guideline(actor=actor_of(request), guideline_id=guideline_id, now=clock.now())
    return shapes.GuidelineFull(
        **shapes.Guideline.model_validate(found.row).model_dump(),
        body=found.content.body,
        reply=found.content.reply,
        steps=[shapes.GuidelineStep(title=title, detail=detail) for title, detail in found.content.steps],
        applies_to=shapes.AppliesTo.model_validate(found.content),
        replies_written_under_it=found.sent,
        replies_with_its_text=found.used,
        versions=[
            shapes.Version(number=row.number, in_force_from=row.in_force_from, reason=row.reason)
            for row in found.versions
        ],
    )
