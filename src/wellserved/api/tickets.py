"""Tickets: list, open, read, change, move, assign."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import id_of_ticket, on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import tickets as shapes
from wellserved.api.shapes.wire import Id, Items, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import ASSIGN_TICKETS, READ_TICKETS, WORK_TICKETS
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.actions.editing import KEEP
from wellserved.apps.desk.types import InboxFilters
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Tickets"])


@router.get("", response=Page[shapes.TicketItem], summary="List tickets")
@needs(READ_TICKETS)
def list_tickets(request: HttpRequest, filters: Query[shapes.TicketQuery]) -> dict[str, Any]:
    """Tickets of your teams, most pressing first unless `sort` says otherwise."""
    chosen = filters.model_dump(exclude={"after", "limit"})
    found = queries.inbox(
        actor=actor_of(request),
        filters=InboxFilters(**{name: value for name, value in chosen.items() if value is not None}),
        cursor=filters.after,
        limit=filters.limit,
        now=clock.now(),
    )
    return page_of(request, found.rows, found.next_cursor)


@router.post("", response={201: shapes.Saved}, summary="Open a ticket")
@needs(WORK_TICKETS)
def open_ticket(request: HttpRequest, response: HttpResponse, ticket: shapes.NewTicket) -> Any:
    """The ticket comes under the first policy that matches, and its clocks start at once."""
    saved = actions.open_ticket(actor=actor_of(request), **ticket.model_dump(), now=clock.now())
    response.headers["Location"] = f"{request.path.rstrip('/')}/{saved.number}"
    return told(response, saved)


@router.get("/{int:number}", response=shapes.Ticket, summary="Read a ticket")
@needs(READ_TICKETS)
def read_ticket(request: HttpRequest, response: HttpResponse, number: Id) -> Any:
    """Every field, the customer, and each clock as it stands now. Its ETag goes into If-Match of a change."""
    found = queries.ticket(actor=actor_of(request), number=number, now=clock.now())
    versions.tag(response, found.version)
    return found


@router.patch("/{int:number}", response=shapes.Saved, summary="Change a ticket")
@needs_version
@needs(WORK_TICKETS)
def change_ticket(request: HttpRequest, response: HttpResponse, number: Id, change: shapes.TicketChange) -> Any:
    """Change the fields named. Product and place are taken away by null; the others have no such state."""
    given = change.model_dump(exclude_unset=True)
    kept = {"product_id", "place_id"}
    with on_version():
        saved = actions.change_fields(
            actor=actor_of(request),
            ticket_id=id_of_ticket(request, number),
            **{name: KEEP if value is None and name not in kept else value for name, value in given.items()},
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return told(response, saved)


@router.put("/{int:number}/priority", response=shapes.Saved, summary="Set impact and urgency")
@needs_version
@needs(WORK_TICKETS)
def change_priority(request: HttpRequest, response: HttpResponse, number: Id, change: shapes.PriorityChange) -> Any:
    """Clocks are worked out anew from the start; pauses already taken stay taken."""
    with on_version():
        saved = actions.change_priority(
            actor=actor_of(request),
            ticket_id=id_of_ticket(request, number),
            **change.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return told(response, saved)


@router.post("/{int:number}/moves", response=shapes.Saved, summary="Move a ticket")
@needs_version
@needs(WORK_TICKETS)
def move_ticket(request: HttpRequest, response: HttpResponse, number: Id, move: shapes.MoveTaken) -> Any:
    """Take it to another status by one of its `allowed_moves`; reopening needs a reason."""
    with on_version():
        saved = actions.move(
            actor=actor_of(request),
            ticket_id=id_of_ticket(request, number),
            **move.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return told(response, saved)


@router.put("/{int:number}/assignee", response=shapes.Saved, summary="Assign a ticket")
@needs_version
@needs(WORK_TICKETS, ASSIGN_TICKETS)
def assign_ticket(request: HttpRequest, response: HttpResponse, number: Id, to: shapes.Assignment) -> Any:
    """Take a free ticket or give back your own; a team leader or manager assigns others."""
    with on_version():
        saved = actions.assign(
            actor=actor_of(request),
            ticket_id=id_of_ticket(request, number),
            assignee_id=to.assignee_id,
            reason=to.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return told(response, saved)


@router.get("/{int:number}/clocks/{metric}/{int:cycle}", response=Items[shapes.Segment], summary="Explain a clock")
@needs(READ_TICKETS)
def explain_clock(request: HttpRequest, number: Id, metric: str, cycle: int) -> Any:
    """Every stretch that was counted or skipped, and why."""
    segments = queries.explain_clock(
        actor=actor_of(request),
        ticket_id=id_of_ticket(request, number),
        metric=metric,
        cycle=cycle,
        now=clock.now(),
    )
    return items_of(segments)


def told(response: HttpResponse, saved: Any) -> Any:
    """Return what a change leaves behind, its version as the ETag."""
    versions.tag(response, saved.version)
    return saved
