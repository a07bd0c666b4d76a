"""The restricted records of two people, and what is recorded about the caller; each reading of another's is noted."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.shapes import learning as shapes
from wellserved.api.shapes.wire import Id, Made, Page, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import recorded as actions
from wellserved.apps.development.queries import observations as observation_queries
from wellserved.apps.development.queries import private, recorded
from wellserved.apps.development.queries import reviews as review_queries
from wellserved.apps.development.queries import talks as talk_queries
from wellserved.apps.development.types.guiding import COACHING, OBSERVATION, REVIEW, TALK
from wellserved.platform import clock
from wellserved.platform.http.access import needs

talks = Router(tags=["Between two"])
coaching = Router(tags=["Between two"])
observations = Router(tags=["Between two"])
reviews = Router(tags=["Between two"])
about_me = Router(tags=["Me"])


def _list(request: HttpRequest, kind: str, filters: shapes.RecordsQuery) -> dict[str, Any]:
    rows, cursor = private.register(
        actor=actor_of(request), kind=kind, view=filters.view, cursor=filters.after, limit=filters.limit
    )
    return page_of(request, rows, cursor)


def _noted(request: HttpRequest, kind: str, found: Any) -> Any:
    """Keep who read it, and return it."""
    pair, now = found.pair, clock.now()
    actions.note_view(actor=actor_of(request), kind=kind, record_id=pair.id, person_id=pair.person_id, now=now)
    return found


@talks.get("", response=Page[shapes.Private], summary="List one-to-ones")
@needs(READ_STANDARDS)
def list_one_to_ones(request: HttpRequest, filters: Query[shapes.RecordsQuery]) -> dict[str, Any]:
    """Yours, and those of whom you lead."""
    return _list(request, TALK, filters)


@talks.get("/{int:talk_id}", response=shapes.Talk, summary="Read a one-to-one")
@needs(READ_STANDARDS)
def read_one_to_one(request: HttpRequest, talk_id: Id) -> Any:
    """Agenda, notes, and what was agreed."""
    found = talk_queries.talk(actor=actor_of(request), talk_id=talk_id, now=clock.now())
    return _noted(request, TALK, found)


@coaching.get("", response=Page[shapes.Private], summary="List coaching")
@needs(READ_STANDARDS)
def list_coaching(request: HttpRequest, filters: Query[shapes.RecordsQuery]) -> dict[str, Any]:
    """Yours, and that of whom you lead."""
    return _list(request, COACHING, filters)


@coaching.get("/{int:coaching_id}", response=shapes.Coaching, summary="Read coaching")
@needs(READ_STANDARDS)
def read_coaching(request: HttpRequest, coaching_id: Id) -> Any:
    """With what was observed of its goal before and since."""
    found = talk_queries.coaching(actor=actor_of(request), coaching_id=coaching_id, now=clock.now())
    return _noted(request, COACHING, found)


@observations.get("", response=Page[shapes.Private], summary="List observations")
@needs(READ_STANDARDS)
def list_observations(request: HttpRequest, filters: Query[shapes.RecordsQuery]) -> dict[str, Any]:
    """Yours, and those of whom you lead."""
    return _list(request, OBSERVATION, filters)


@observations.get("/{int:observation_id}", response=shapes.Observation, summary="Read an observation")
@needs(READ_STANDARDS)
def read_observation(request: HttpRequest, observation_id: Id) -> Any:
    """In both views."""
    found = observation_queries.observation(actor=actor_of(request), observation_id=observation_id)
    return _noted(request, OBSERVATION, found)


@reviews.get("", response=Page[shapes.Private], summary="List performance reviews")
@needs(READ_STANDARDS)
def list_reviews(request: HttpRequest, filters: Query[shapes.RecordsQuery]) -> dict[str, Any]:
    """Yours, and those of whom you lead; in no order of merit."""
    return _list(request, REVIEW, filters)


@reviews.get("/{int:review_id}", response=shapes.Review, summary="Read a performance review")
@needs(READ_STANDARDS)
def read_review(request: HttpRequest, review_id: Id) -> Any:
    """Both views on the evidence of the records."""
    found = review_queries.review(actor=actor_of(request), review_id=review_id, now=clock.now())
    return _noted(request, REVIEW, found)


@about_me.get("", response=shapes.Recorded, summary="Read what is recorded about you")
@needs(READ_STANDARDS)
def read_recorded(request: HttpRequest) -> Any:
    """Every record with its purpose and how long it is kept, who looked, and what you contested."""
    return recorded.recorded(actor=actor_of(request), now=clock.now())


@about_me.post("/contests", response={201: Made}, summary="Contest a record about you")
@needs(READ_STANDARDS)
def contest_record(request: HttpRequest, given: shapes.ContestGiven) -> Any:
    """Somebody who leads you and did not write it answers within 14 days."""
    return {"id": actions.contest(actor=actor_of(request), **given.model_dump(), now=clock.now())}
