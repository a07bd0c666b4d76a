"""Briefings, who has met them, and who understands what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import briefings as shapes
from wellserved.api.shapes.wire import Id, Items, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import BRIEF, READ_STANDARDS
from wellserved.apps.development.actions import briefings as actions
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.actions import telling
from wellserved.apps.development.queries import briefings as queries
from wellserved.apps.development.queries import checks, understanding
from wellserved.apps.development.types.briefings import Audience, Content, Filters, Item
from wellserved.apps.development.types.recorded import UNDERSTANDING_READ
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Briefings"])
understood = Router(tags=["Understanding"])


@router.get("", response=Page[shapes.BriefingListed], summary="List briefings")
@needs(READ_STANDARDS)
def list_briefings(request: HttpRequest, asked: Query[shapes.BriefingQuery]) -> Any:
    """The newest first; drafts are told to those who brief."""
    given = asked.model_dump(exclude={"after", "limit"})
    page = queries.register(
        actor=actor_of(request),
        filters=Filters(**given),
        today=clock.now().date(),
        cursor=asked.after,
        limit=asked.limit,
    )
    return page_of(request, page.rows, page.next_cursor)


@router.post("", response={201: shapes.Briefing}, summary="Write a draft")
@needs(BRIEF)
def write_briefing(request: HttpRequest, response: HttpResponse, briefing: shapes.BriefingGiven) -> Any:
    """Nobody has it until it is published."""
    made = actions.save(
        actor=actor_of(request),
        briefing_id=None,
        content=_content(briefing),
        subject=(briefing.about.kind, briefing.about.id) if briefing.about else None,
        now=clock.now(),
    )
    return _show(request, response, made)


def _content(given: shapes.BriefingGiven) -> Content:
    audience = given.audience
    return Content(
        kind=given.kind,
        title=given.title,
        items=tuple(Item(title=item.title, body=item.body) for item in given.items),
        audience=Audience(
            everyone=audience.everyone,
            roles=tuple(audience.roles),
            teams=tuple(audience.teams),
            queues=tuple(audience.queues),
            people=tuple(audience.people),
        ),
        due_on=given.due_on,
        by_mail=given.by_mail,
        needs_check=given.needs_check,
    )


@router.get("/{int:briefing_id}", response=shapes.Briefing, summary="Read a briefing")
@needs(READ_STANDARDS)
def read_briefing(request: HttpRequest, response: HttpResponse, briefing_id: Id) -> Any:
    """With its items, and how many of the people you lead are done."""
    return _show(request, response, briefing_id)


@router.post("/{int:briefing_id}/publish", response=shapes.Sent, summary="Publish a briefing")
@needs_version
@needs(BRIEF)
def publish_briefing(request: HttpRequest, briefing_id: Id) -> Any:
    """It goes once to each person it concerns, and stands on the staff page."""
    with on_version():
        told = actions.publish(
            actor=actor_of(request),
            briefing_id=briefing_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return {"people": told}


@router.post("/{int:briefing_id}/withdraw", response={204: None}, summary="Withdraw a briefing")
@needs_version
@needs(BRIEF)
def withdraw_briefing(request: HttpRequest, briefing_id: Id, withdrawal: shapes.BriefingWithdrawal) -> None:
    """It asks nothing of anybody any more."""
    with on_version():
        actions.withdraw(
            actor=actor_of(request),
            briefing_id=briefing_id,
            reason=withdrawal.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@router.post("/{int:briefing_id}/read", response={204: None}, summary="Say that you have read it")
@needs(READ_STANDARDS)
def confirm_briefing(request: HttpRequest, briefing_id: Id) -> None:
    """For whom it was sent to; saying it again changes nothing."""
    telling.read(actor=actor_of(request), briefing_id=briefing_id, now=clock.now())


@router.post("/{int:briefing_id}/remind", response=shapes.Sent, summary="Remind those missing")
@needs(BRIEF)
def remind_briefing(request: HttpRequest, briefing_id: Id) -> Any:
    """Of the people you lead, and nobody who is done."""
    return {"people": telling.remind(actor=actor_of(request), briefing_id=briefing_id, now=clock.now())}


@router.get("/{int:briefing_id}/deliveries", response=Items[shapes.BriefingDelivery], summary="See who has met it")
@needs(BRIEF)
def list_deliveries(request: HttpRequest, briefing_id: Id) -> Any:
    """The people you lead, by name."""
    found = queries.briefing(actor=actor_of(request), briefing_id=briefing_id, today=clock.now().date())
    return items_of(found.deliveries)


@understood.get("", response=Items[shapes.UnderstandingRow], summary="See who understands what")
@needs(READ_STANDARDS)
def list_understanding(request: HttpRequest) -> Any:
    """Yourself and those you lead, by name, across the six parts."""
    actor = actor_of(request)
    rows = understanding.matrix(actor=actor)
    people = [row.user_id for row in rows]
    looking.note_list(actor=actor, kind=UNDERSTANDING_READ, person_ids=people, now=clock.now())
    return items_of(rows)


@understood.get("/checks/{int:check_id}/items", response=Items[shapes.CheckItem], summary="See what answers say")
@needs(BRIEF)
def list_check_items(request: HttpRequest, check_id: Id) -> Any:
    """Of each question how many get it right at the first go, and whether it tells people apart."""
    found = checks.items(actor=actor_of(request), check_id=check_id)
    return items_of(shapes.CheckItem.model_validate({**_figures(row), "text": row.question.text}) for row in found)


def _figures(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in shapes.CheckItem.model_fields if name != "text"}


def _show(request: HttpRequest, response: HttpResponse, briefing_id: int) -> Any:
    found = queries.briefing(actor=actor_of(request), briefing_id=briefing_id, today=clock.now().date())
    versions.tag(response, found.row.version)
    return found
