"""Segments, what they expect, what is offered to them; the vision and its objectives."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import offer as shapes
from wellserved.api.shapes.commitments import ListQuery
from wellserved.api.shapes.wire import Id, Items, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.desk.queries import segments as desk
from wellserved.apps.standards.actions import expectations as expectation_actions
from wellserved.apps.standards.actions import offer as offer_actions
from wellserved.apps.standards.actions import vision as vision_actions
from wellserved.apps.standards.queries import expectations as queries
from wellserved.apps.standards.queries import offer as offer_queries
from wellserved.apps.standards.queries import vision as vision_queries
from wellserved.apps.standards.types import offer as types
from wellserved.apps.standards.types.vision import ObjectiveRow, VisionVersion
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs

segments = Router(tags=["Expectations"])
expectations = Router(tags=["Expectations"])
services = Router(tags=["Offer"])
objectives = Router(tags=["Objectives"])
vision = Router(tags=["Objectives"])


@segments.get("", response=Page[shapes.CustomerSegment], summary="List segments")
@needs(READ_STANDARDS)
def list_segments(request: HttpRequest, asked: Query[ListQuery]) -> Any:
    """By name."""
    rows, cursor = queries.segments(actor=actor_of(request), cursor=asked.after, limit=asked.limit, now=clock.now())
    return page_of(request, rows, cursor)


@segments.post("", response={201: shapes.SegmentWhole}, summary="Add a segment")
@needs(EDIT_STANDARDS)
def add_segment(request: HttpRequest, response: HttpResponse, segment: shapes.SegmentGiven) -> Any:
    """Who belongs to it follows from its rule."""
    return _show_segment(request, response, _save_segment(request, None, segment))


@segments.get("/{int:segment_id}", response=shapes.SegmentWhole, summary="Read a segment")
@needs(READ_STANDARDS)
def read_segment(request: HttpRequest, response: HttpResponse, segment_id: Id) -> Any:
    """With how many customers belong to it now."""
    return _show_segment(request, response, segment_id)


@segments.put("/{int:segment_id}", response=shapes.SegmentWhole, summary="Change a segment")
@needs_version
@needs(EDIT_STANDARDS)
def change_segment(request: HttpRequest, response: HttpResponse, segment_id: Id, segment: shapes.SegmentGiven) -> Any:
    """The whole record is sent."""
    with on_version():
        _save_segment(request, segment_id, segment)
    return _show_segment(request, response, segment_id)


def _save_segment(request: HttpRequest, segment_id: int | None, given: shapes.SegmentGiven) -> int:
    actor, rule = actor_of(request), given.rule.model_dump(mode="json")
    desk.require_known(actor=actor, wanted={name: rule[name] for name in ("organisations", "tags", "products")})
    return expectation_actions.save_segment(
        actor=actor,
        segment_id=segment_id,
        rule=types.Rule.from_data(rule),
        version=getattr(request, "given_version", None) if segment_id else None,
        now=clock.now(),
        **given.model_dump(exclude={"rule"}),
    )


def _show_segment(request: HttpRequest, response: HttpResponse, segment_id: int) -> dict[str, Any]:
    actor = actor_of(request)
    row = queries.segment(actor=actor, segment_id=segment_id, now=clock.now())
    versions.tag(response, row.version)
    told = shapes.CustomerSegment.model_validate(row).model_dump()
    return told | {"customers": desk.sizes(actor=actor, rules={row.id: row.rule})[row.id]}


@expectations.get("", response=Page[shapes.Expectation], summary="List expectations")
@needs(READ_STANDARDS)
def list_expectations(request: HttpRequest, asked: Query[shapes.ExpectationQuery]) -> Any:
    """Those that hold, the most important first, each with what serves and promises it."""
    rows, cursor = queries.register(
        actor=actor_of(request),
        filters=queries.Filters(segment=asked.segment, basis=asked.basis, cover=asked.cover),
        cursor=asked.after,
        limit=asked.limit,
        now=clock.now(),
    )
    return page_of(request, rows, cursor)


@expectations.post("", response={201: shapes.Expectation}, summary="Add an expectation")
@needs(EDIT_STANDARDS)
def add_expectation(request: HttpRequest, response: HttpResponse, expectation: shapes.ExpectationGiven) -> Any:
    """With its source, from when that is, and how far it is to be believed."""
    return _show_expectation(request, response, _save_expectation(request, None, expectation))


@expectations.get("/{int:expectation_id}", response=shapes.Expectation, summary="Read an expectation")
@needs(READ_STANDARDS)
def read_expectation(request: HttpRequest, response: HttpResponse, expectation_id: Id) -> Any:
    """With what serves and promises it."""
    return _show_expectation(request, response, expectation_id)


@expectations.put("/{int:expectation_id}", response=shapes.Expectation, summary="Change an expectation")
@needs_version
@needs(EDIT_STANDARDS)
def change_expectation(
    request: HttpRequest, response: HttpResponse, expectation_id: Id, expectation: shapes.ExpectationGiven
) -> Any:
    """The whole record is sent."""
    with on_version():
        _save_expectation(request, expectation_id, expectation)
    return _show_expectation(request, response, expectation_id)


@expectations.post("/{int:expectation_id}/review", response={204: None}, summary="Review an expectation")
@needs_version
@needs(EDIT_STANDARDS)
def review_expectation(request: HttpRequest, expectation_id: Id, given: shapes.ExpectationReview) -> None:
    """Say what was found, and when it is looked at next."""
    with on_version():
        expectation_actions.review_expectation(
            actor=actor_of(request),
            expectation_id=expectation_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


def _save_expectation(request: HttpRequest, expectation_id: int | None, given: shapes.ExpectationGiven) -> int:
    actor, signals = actor_of(request), given.signals
    desk.require_known(actor=actor, wanted={"tags": signals.tags, "products": signals.products})
    return expectation_actions.save_expectation(
        actor=actor,
        expectation_id=expectation_id,
        signals=types.Signals.from_data(signals.model_dump()),
        version=getattr(request, "given_version", None) if expectation_id else None,
        now=clock.now(),
        **given.model_dump(exclude={"signals"}),
    )


def _show_expectation(request: HttpRequest, response: HttpResponse, expectation_id: int) -> types.ExpectationRow:
    row = queries.expectation(actor=actor_of(request), expectation_id=expectation_id, now=clock.now())
    versions.tag(response, row.version)
    return row


@services.get("", response=Page[shapes.ServiceItem], summary="List services")
@needs(READ_STANDARDS)
def list_services(request: HttpRequest, asked: Query[ListQuery]) -> Any:
    """By name, withdrawn ones too."""
    rows, cursor = offer_queries.catalogue(actor=actor_of(request), offered=None, cursor=asked.after, limit=asked.limit)
    return page_of(request, rows, cursor)


@services.post("", response={201: shapes.Service}, summary="Offer a service")
@needs(EDIT_STANDARDS)
def add_service(request: HttpRequest, response: HttpResponse, service: shapes.ServiceGiven) -> Any:
    """Every line says which expectation it meets; the roles it names are told."""
    return _show_service(request, response, _save_service(request, None, service))


@services.get("/{int:service_id}", response=shapes.Service, summary="Read a service")
@needs(READ_STANDARDS)
def read_service(request: HttpRequest, response: HttpResponse, service_id: Id) -> Any:
    """With its newest offer."""
    return _show_service(request, response, service_id)


@services.put("/{int:service_id}", response=shapes.Service, summary="Change the offer")
@needs_version
@needs(EDIT_STANDARDS)
def change_service(request: HttpRequest, response: HttpResponse, service_id: Id, service: shapes.ServiceGiven) -> Any:
    """It becomes the next version; the one before stays readable."""
    with on_version():
        _save_service(request, service_id, service)
    return _show_service(request, response, service_id)


@services.post("/{int:service_id}/withdraw", response={204: None}, summary="Withdraw a service")
@needs_version
@needs(EDIT_STANDARDS)
def withdraw_service(request: HttpRequest, service_id: Id, given: shapes.WithdrawalGiven) -> None:
    """What it served shows as a gap."""
    with on_version():
        offer_actions.withdraw_service(
            actor=actor_of(request),
            service_id=service_id,
            reason=given.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@services.get("/{int:service_id}/versions", response=Items[shapes.ServiceVersion], summary="List an offer's versions")
@needs(READ_STANDARDS)
def list_service_versions(request: HttpRequest, service_id: Id) -> Any:
    """Newest first."""
    return items_of(offer_queries.service(actor=actor_of(request), service_id=service_id).versions)


def _save_service(request: HttpRequest, service_id: int | None, given: shapes.ServiceGiven) -> int:
    return offer_actions.save_service(
        actor=actor_of(request),
        service_id=service_id,
        offer=types.Offer.from_data(given.model_dump()),
        effective_on=given.effective_on,
        reason=given.reason,
        version=getattr(request, "given_version", None) if service_id else None,
        now=clock.now(),
    )


def _show_service(request: HttpRequest, response: HttpResponse, service_id: int) -> types.ServiceDetail:
    found = offer_queries.service(actor=actor_of(request), service_id=service_id)
    versions.tag(response, found.row.version)
    return found


@vision.get("", response=shapes.Vision, summary="Read the vision")
@needs(READ_STANDARDS)
def read_vision(request: HttpRequest, response: HttpResponse) -> Any:
    """As it holds now."""
    return _show_vision(request, response)


@vision.put("", response=shapes.Vision, summary="Say the vision anew")
@needs_version
@needs(EDIT_STANDARDS)
def change_vision(request: HttpRequest, response: HttpResponse, given: shapes.VisionGiven) -> Any:
    """It becomes the next version; colleagues are asked to read it. The first is sent with `If-Match: *`."""
    with on_version():
        vision_actions.save_vision(
            actor=actor_of(request),
            values=[(value.name, value.meaning) for value in given.values],
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(exclude={"values"}),
        )
    return _show_vision(request, response)


def _show_vision(request: HttpRequest, response: HttpResponse) -> VisionVersion:
    found = vision_queries.vision(actor=actor_of(request))
    if found is None:
        raise NotFound("Nobody has said yet what this service wants to be.", code="vision_not_found")
    versions.tag(response, found.version)
    return found.current


@objectives.get("", response=Page[shapes.Objective], summary="List objectives")
@needs(READ_STANDARDS)
def list_objectives(request: HttpRequest, asked: Query[ListQuery]) -> Any:
    """The soonest due first, in every state."""
    rows, cursor = vision_queries.objectives(
        actor=actor_of(request), state="", cursor=asked.after, limit=asked.limit, now=clock.now()
    )
    return page_of(request, rows, cursor)


@objectives.post("", response={201: shapes.Objective}, summary="Set an objective")
@needs(EDIT_STANDARDS)
def add_objective(request: HttpRequest, response: HttpResponse, objective: shapes.ObjectiveGiven) -> Any:
    """With a measure and a day."""
    made = vision_actions.save_objective(
        actor=actor_of(request), objective_id=None, now=clock.now(), **objective.model_dump()
    )
    return _show_objective(request, response, made)


@objectives.get("/{int:objective_id}", response=shapes.Objective, summary="Read an objective")
@needs(READ_STANDARDS)
def read_objective(request: HttpRequest, response: HttpResponse, objective_id: Id) -> Any:
    """With its state and outcome."""
    return _show_objective(request, response, objective_id)


@objectives.put("/{int:objective_id}", response=shapes.Objective, summary="Change an objective")
@needs_version
@needs(EDIT_STANDARDS)
def change_objective(
    request: HttpRequest, response: HttpResponse, objective_id: Id, objective: shapes.ObjectiveGiven
) -> Any:
    """While it is open."""
    with on_version():
        vision_actions.save_objective(
            actor=actor_of(request),
            objective_id=objective_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **objective.model_dump(),
        )
    return _show_objective(request, response, objective_id)


@objectives.post("/{int:objective_id}/settle", response={204: None}, summary="Settle an objective")
@needs_version
@needs(EDIT_STANDARDS)
def settle_objective(request: HttpRequest, objective_id: Id, given: shapes.Settlement) -> None:
    """Say how it ended and what shows it."""
    with on_version():
        vision_actions.settle_objective(
            actor=actor_of(request),
            objective_id=objective_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


def _show_objective(request: HttpRequest, response: HttpResponse, objective_id: int) -> ObjectiveRow:
    row = vision_queries.objective(actor=actor_of(request), objective_id=objective_id, now=clock.now())
    versions.tag(response, row.version)
    return row
