"""Complaints: register, stages, decision, remedies, letters that say what they must."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import id_of_ticket, on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import complaints as shapes
from wellserved.api.shapes.wire import Id, Page, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_COMPLAINTS, WORK_COMPLAINTS, WORK_TICKETS
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.desk.types.complaints import ComplaintFilters
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Complaints"])


@router.get("", response=Page[shapes.ComplaintItem], summary="List complaints")
@needs(READ_COMPLAINTS)
def list_complaints(request: HttpRequest, filters: Query[shapes.ComplaintQuery]) -> dict[str, Any]:
    """Those you may read, the latest received first."""
    chosen = filters.model_dump(exclude={"after", "limit"}, exclude_none=True)
    found = queries.complaints(
        actor=actor_of(request),
        filters=ComplaintFilters(**chosen),
        cursor=filters.after,
        limit=filters.limit,
        now=clock.now(),
    )
    return page_of(request, found.rows, found.next_cursor)


@router.post("", response={201: shapes.Changed}, summary="Handle a ticket as a complaint")
@needs(WORK_TICKETS)
def open_complaint(request: HttpRequest, response: HttpResponse, given: shapes.NewComplaint) -> Any:
    """It keeps the rules in force on the day of receipt for ever; the law's clock starts at once."""
    facts = given.model_dump(exclude={"number"})
    ticket_id = id_of_ticket(request, given.number)
    made = actions.open_complaint(actor=actor_of(request), ticket_id=ticket_id, **facts, now=clock.now())
    response.headers["Location"] = f"{request.path.rstrip('/')}/{made}"
    return _told(response, made, 2)


@router.get("/{int:complaint_id}", response=shapes.ComplaintTold, summary="Read a complaint")
@needs(READ_COMPLAINTS)
def read_complaint(request: HttpRequest, response: HttpResponse, complaint_id: Id) -> Any:
    """Its clocks with the rule's sentence, its letters, its decision."""
    found = queries.complaint(actor=actor_of(request), complaint_id=complaint_id, now=clock.now())
    versions.tag(response, found.version)
    return found


@router.post("/{int:complaint_id}/stage", response=shapes.Changed, summary="Take a complaint to a stage")
@needs_version
@needs(READ_COMPLAINTS)
def move_complaint(request: HttpRequest, response: HttpResponse, complaint_id: Id, move: shapes.StageTaken) -> Any:
    """By hand; letters, decisions and outside cases move it too."""
    with on_version():
        version = actions.advance(**_common(request, complaint_id), **move.model_dump())
    return _told(response, complaint_id, version)


@router.put("/{int:complaint_id}/people", response=shapes.Changed, summary="Say who handles and who reviews")
@needs_version
@needs(WORK_COMPLAINTS)
def assign_complaint(request: HttpRequest, response: HttpResponse, complaint_id: Id, people: shapes.PeopleGiven) -> Any:
    """A reviewer has had no part in the ticket or an earlier stage."""
    with on_version():
        version = actions.assign_complaint(**_common(request, complaint_id), **people.model_dump())
    return _told(response, complaint_id, version)


@router.put("/{int:complaint_id}/decision", response=shapes.Changed, summary="Decide a complaint")
@needs_version
@needs(READ_COMPLAINTS)
def decide_complaint(request: HttpRequest, response: HttpResponse, complaint_id: Id, decision: shapes.Decision) -> Any:
    """Upheld, partly or not, with cause and reasons; the letter is written next."""
    with on_version():
        version = actions.decide(**_common(request, complaint_id), **decision.model_dump())
    return _told(response, complaint_id, version)


@router.post("/{int:complaint_id}/remedies", response=shapes.Changed, summary="Put something right")
@needs_version
@needs(READ_COMPLAINTS)
def grant_remedy(request: HttpRequest, response: HttpResponse, complaint_id: Id, remedy: shapes.RemedyGiven) -> Any:
    """Money is granted within your limit of authority."""
    with on_version():
        version = actions.grant_remedy(**_common(request, complaint_id), **remedy.model_dump())
    return _told(response, complaint_id, version)


@router.get("/{int:complaint_id}/letters/{key}", response=shapes.LetterDrafted, summary="Draft a letter")
@needs(READ_COMPLAINTS)
def draft_letter(request: HttpRequest, complaint_id: Id, key: str) -> Any:
    """The pack's text with the complaint's facts, and what it still must say."""
    return queries.letter_draft(actor=actor_of(request), complaint_id=complaint_id, key=key, now=clock.now())


@router.post("/{int:complaint_id}/letters/{key}", response=shapes.Changed, summary="Send a letter")
@needs_version
@needs(READ_COMPLAINTS)
def send_complaint_letter(
    request: HttpRequest, response: HttpResponse, complaint_id: Id, key: str, letter: shapes.LetterGiven
) -> Any:
    """Refused while something it must say is missing; `missing` names it."""
    with on_version():
        version = actions.send_letter(**_common(request, complaint_id), key=key, **letter.model_dump())
    return _told(response, complaint_id, version)


def _common(request: HttpRequest, complaint_id: int) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "complaint_id": complaint_id,
        "version": request.given_version,  # type: ignore[attr-defined]
        "now": clock.now(),
    }


def _told(response: HttpResponse, complaint_id: int, version: int) -> Any:
    versions.tag(response, version)
    return {"id": complaint_id, "version": version}
