"""Figures: what can be measured, and the answers."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.shapes import measures as shapes
from wellserved.api.shapes.wire import Items, items_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_PLANS
from wellserved.apps.measures import queries
from wellserved.apps.measures.types import Question
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Measures"])


@router.get("", response=Items[shapes.Metric], summary="List what can be measured")
@needs(READ_PLANS)
def list_measures(request: HttpRequest) -> Any:  # noqa: ARG001 (the router hands it over)
    """Each metric with its question, unit, cohort and statistic."""
    return items_of(queries.METRICS.values())


@router.get("/{figure}", response=shapes.Answer, summary="Read a figure")
@needs(READ_PLANS)
def read_measure(request: HttpRequest, figure: str, asked: Query[shapes.MeasureQuery]) -> Any:
    """Of the queues you may see, without tickets kept from you; narrowed by a name or an id."""
    given = asked.model_dump(exclude={"begins", "ends", "by"})
    question = Question(
        metric=figure,
        begins=clock.begin_of(asked.begins),
        ends=clock.begin_of(asked.ends),
        filters={kind: text for kind, text in given.items() if text},
        by=asked.by,
    )
    return queries.answer(actor=actor_of(request), question=question, now=clock.now())
