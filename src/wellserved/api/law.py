"""The law complaints run under: rule packs, and the register of duties."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import complaints as shapes
from wellserved.api.shapes.wire import Id, Items, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.standards.actions import law as actions
from wellserved.apps.standards.queries import law as queries
from wellserved.apps.standards.types.law import ObligationFilters
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Law"])


@router.get("/packs", response=Items[shapes.PackTold], summary="List rule packs")
@needs(READ_STANDARDS)
def list_packs(request: HttpRequest) -> Any:
    """Each in the version that holds for what is received today."""
    return items_of(queries.packs(actor=actor_of(request), on=clock.now().date()))


@router.post("/packs", response={201: shapes.PackTold}, summary="Load a rule pack")
@needs(EDIT_STANDARDS)
def load_pack(request: HttpRequest, pack: shapes.PackGiven) -> Any:
    """A pack of a key already here adds a version; complaints keep the one they began under."""
    actor = actor_of(request)
    version = actions.add_pack(actor=actor, text=pack.text, reason=pack.reason, now=clock.now())
    return queries.pack_version(actor=actor, version_id=version)


@router.get("/duties", response=Page[shapes.Duty], summary="List duties")
@needs(READ_STANDARDS)
def list_duties(request: HttpRequest, filters: Query[shapes.DutyQuery]) -> dict[str, Any]:
    """By title; `role` narrows them to those that concern a role."""
    chosen = filters.model_dump(exclude={"after", "limit"})
    found = queries.obligations(
        actor=actor_of(request),
        filters=ObligationFilters(**chosen),
        on=clock.now().date(),
        cursor=filters.after,
        limit=filters.limit,
    )
    return page_of(request, found.rows, found.next_cursor)


@router.post("/duties", response={201: shapes.Duty}, summary="Add a duty")
@needs(EDIT_STANDARDS)
def add_duty(request: HttpRequest, response: HttpResponse, duty: shapes.DutyGiven) -> Any:
    """It joins the register; those it concerns may be asked to attest it."""
    made = actions.save_obligation(actor=actor_of(request), obligation_id=None, **duty.model_dump(), now=clock.now())
    return _show(request, response, made)


@router.get("/duties/{int:duty_id}", response=shapes.Duty, summary="Read a duty")
@needs(READ_STANDARDS)
def read_duty(request: HttpRequest, response: HttpResponse, duty_id: Id) -> Any:
    """Its ETag goes into If-Match of a change."""
    return _show(request, response, duty_id)


@router.put("/duties/{int:duty_id}", response=shapes.Duty, summary="Change a duty")
@needs_version
@needs(EDIT_STANDARDS)
def change_duty(request: HttpRequest, response: HttpResponse, duty_id: Id, duty: shapes.DutyGiven) -> Any:
    """Those it concerns attest it anew."""
    with on_version():
        actions.save_obligation(
            actor=actor_of(request),
            obligation_id=duty_id,
            **duty.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _show(request, response, duty_id)


@router.post("/duties/{int:duty_id}/attest", response={204: None}, summary="Attest a duty")
@needs(READ_STANDARDS)
def attest_duty(request: HttpRequest, duty_id: Id) -> None:
    """Say that you know it and work by it, as it stands now."""
    actions.attest(actor=actor_of(request), obligation_id=duty_id, now=clock.now())


def _show(request: HttpRequest, response: HttpResponse, duty_id: int) -> Any:
    found = queries.obligation(actor=actor_of(request), obligation_id=duty_id, on=clock.now().date())
    versions.tag(response, found.version)
    return found
