"""Standards and service partners: written, agreed, put in force, reviewed."""

import decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import commitments as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.desk.queries import keeping
from wellserved.apps.standards.actions import commitments as actions
from wellserved.apps.standards.actions import partners as partner_actions
from wellserved.apps.standards.policies import smart
from wellserved.apps.standards.queries import commitments as queries
from wellserved.apps.standards.queries import partners as partner_queries
from wellserved.apps.standards.types.commitments import StandardRow
from wellserved.apps.standards.types.partners import PartnerRow
from wellserved.apps.standards.types.wording import say_time
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Standards"])
partners = Router(tags=["Partners"])


@router.get("", response=Page[shapes.Standard], summary="List standards")
@needs(READ_STANDARDS)
def list_standards(request: HttpRequest, asked: Query[shapes.ListQuery]) -> Any:
    """By name, in every state."""
    rows, cursor = queries.register(
        actor=actor_of(request),
        filters=queries.Filters(view="all"),
        cursor=asked.after,
        limit=asked.limit,
        now=clock.now(),
    )
    return page_of(request, rows, cursor)


@router.post("", response={201: shapes.Standard}, summary="Draft a standard")
@needs(EDIT_STANDARDS)
def draft_standard(request: HttpRequest, response: HttpResponse, answers: shapes.AnswersGiven) -> Any:
    """Nothing is promised before it is agreed and goes live."""
    row = actions.save_draft(actor=actor_of(request), standard_id=None, answers=_answers(answers), now=clock.now())
    return _show(request, response, row.pk)


@router.get("/{int:standard_id}", response=shapes.Standard, summary="Read a standard")
@needs(READ_STANDARDS)
def read_standard(request: HttpRequest, response: HttpResponse, standard_id: Id) -> Any:
    """With the version that holds."""
    return _show(request, response, standard_id)


@router.put("/{int:standard_id}", response=shapes.Standard, summary="Change a standard's draft")
@needs_version
@needs(EDIT_STANDARDS)
def change_standard(request: HttpRequest, response: HttpResponse, standard_id: Id, answers: shapes.AnswersGiven) -> Any:
    """What holds stays as it is until the draft is agreed."""
    with on_version():
        actions.save_draft(
            actor=actor_of(request),
            standard_id=standard_id,
            answers=_answers(answers),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _show(request, response, standard_id)


@router.get("/{int:standard_id}/check", response=shapes.Check, summary="Check a standard")
@needs(READ_STANDARDS)
def check_standard(request: HttpRequest, standard_id: Id) -> Any:
    """Is it SMART, and what would the last 90 days have kept?"""
    actor, now = actor_of(request), clock.now()
    found = queries.standard(actor=actor, standard_id=standard_id, now=now)
    answers = found.draft or found.row.answers
    past = keeping.would_have_met(actor=actor, answers=answers, now=now)
    words = say_time(answers, queries.calendar_names(actor=actor))
    return {"findings": smart.check(answers=answers, past=past, today=now.date(), time_words=words), "past": past}


@router.post("/{int:standard_id}/agree", response=shapes.Standard, summary="Agree a standard")
@needs_version
@needs(EDIT_STANDARDS)
def agree_standard(request: HttpRequest, response: HttpResponse, standard_id: Id, given: shapes.Agreement) -> Any:
    """Make the draft the next version, if it can be measured."""
    with on_version():
        actions.agree(
            actor=actor_of(request),
            standard_id=standard_id,
            reason=given.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _show(request, response, standard_id)


@router.post("/{int:standard_id}/live", response=shapes.Standard, summary="Put a standard in force")
@needs_version
@needs(EDIT_STANDARDS)
def put_standard_live(
    request: HttpRequest,
    response: HttpResponse,
    standard_id: Id,
    going: shapes.GoingLive,
) -> Any:
    """From its effective day new tickets run its clock."""
    with on_version():
        actions.put_live(
            actor=actor_of(request),
            standard_id=standard_id,
            reason=going.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _show(request, response, standard_id)


@router.post("/{int:standard_id}/retire", response={204: None}, summary="Retire a standard")
@needs_version
@needs(EDIT_STANDARDS)
def retire_standard(request: HttpRequest, standard_id: Id, given: shapes.RetirementGiven) -> None:
    """No further ticket comes under it; those under it keep their clocks."""
    with on_version():
        actions.retire(
            actor=actor_of(request),
            standard_id=standard_id,
            reason=given.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@router.post("/{int:standard_id}/review", response={204: None}, summary="Review a standard")
@needs_version
@needs(EDIT_STANDARDS)
def review_standard(request: HttpRequest, standard_id: Id, given: shapes.StandardReview) -> None:
    """Say what was found, and when it is looked at next."""
    with on_version():
        actions.review(
            actor=actor_of(request),
            standard_id=standard_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


@router.post("/{int:standard_id}/readings", response={201: Made}, summary="Enter a figure")
@needs(EDIT_STANDARDS)
def enter_reading(request: HttpRequest, standard_id: Id, reading: shapes.ReadingGiven) -> Any:
    """For a standard the desk does not work out; a day's figure is replaced."""
    made = actions.enter_reading(
        actor=actor_of(request),
        standard_id=standard_id,
        on=reading.on,
        value=decimal.Decimal(str(round(reading.value, 2))),
        cases=reading.cases,
        note=reading.note,
        now=clock.now(),
    )
    return {"id": made}


@router.get("/{int:standard_id}/versions", response=Items[shapes.StandardVersion], summary="List a standard's versions")
@needs(READ_STANDARDS)
def list_standard_versions(request: HttpRequest, standard_id: Id) -> Any:
    """Newest first; what was agreed before stays readable for ever."""
    return items_of(queries.standard(actor=actor_of(request), standard_id=standard_id, now=clock.now()).versions)


@partners.get("", response=Page[shapes.Partner], summary="List service partners")
@needs(READ_STANDARDS)
def list_partners(request: HttpRequest, asked: Query[shapes.ListQuery]) -> Any:
    """By name."""
    rows, cursor = partner_queries.register(
        actor=actor_of(request), cursor=asked.after, limit=asked.limit, now=clock.now()
    )
    return page_of(request, rows, cursor)


@partners.post("", response={201: shapes.Partner}, summary="Add a service partner")
@needs(EDIT_STANDARDS)
def add_partner(request: HttpRequest, response: HttpResponse, partner: shapes.PartnerGiven) -> Any:
    """Whoever outside you wait for."""
    made = partner_actions.save_partner(
        actor=actor_of(request), partner_id=None, now=clock.now(), **partner.model_dump()
    )
    return _show_partner(request, response, made)


@partners.get("/{int:partner_id}", response=shapes.Partner, summary="Read a service partner")
@needs(READ_STANDARDS)
def read_partner(request: HttpRequest, response: HttpResponse, partner_id: Id) -> Any:
    """With how many agreements it has and whether interests are declared."""
    return _show_partner(request, response, partner_id)


@partners.put("/{int:partner_id}", response=shapes.Partner, summary="Change a service partner")
@needs_version
@needs(EDIT_STANDARDS)
def change_partner(request: HttpRequest, response: HttpResponse, partner_id: Id, partner: shapes.PartnerGiven) -> Any:
    """The whole record is sent."""
    with on_version():
        partner_actions.save_partner(
            actor=actor_of(request),
            partner_id=partner_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **partner.model_dump(),
        )
    return _show_partner(request, response, partner_id)


@partners.post("/{int:partner_id}/declarations", response={201: Made}, summary="Declare an interest, or none")
@needs(READ_STANDARDS)
def declare_interest(request: HttpRequest, partner_id: Id, given: shapes.DeclarationGiven) -> Any:
    """Who has one neither agrees nor reviews."""
    made = partner_actions.declare(
        actor=actor_of(request), partner_id=partner_id, now=clock.now(), **given.model_dump()
    )
    return {"id": made}


@partners.post("/{int:partner_id}/reviews", response={201: Made}, summary="Review a service partner")
@needs(EDIT_STANDARDS)
def review_partner(request: HttpRequest, partner_id: Id, given: shapes.PartnerReviewGiven) -> Any:
    """Under all seven headings; a missing one is refused by name."""
    made = partner_actions.review_partner(
        actor=actor_of(request), partner_id=partner_id, now=clock.now(), **given.model_dump()
    )
    return {"id": made}


def _answers(given: shapes.AnswersGiven) -> dict[str, Any]:
    days = {name: getattr(given, name) for name in ("effective_on", "review_on")}
    conditions = given.conditions.model_dump(mode="json", exclude_unset=True)
    return {**given.model_dump(), **days, "conditions": conditions}


def _show(request: HttpRequest, response: HttpResponse, standard_id: int) -> StandardRow:
    row = queries.standard(actor=actor_of(request), standard_id=standard_id, now=clock.now()).row
    versions.tag(response, row.version)
    return row


def _show_partner(request: HttpRequest, response: HttpResponse, partner_id: int) -> PartnerRow:
    row = partner_queries.partner(actor=actor_of(request), partner_id=partner_id, now=clock.now()).row
    versions.tag(response, row.version)
    return row
