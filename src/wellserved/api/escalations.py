"""What the clocks have told people."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.calling import id_of_ticket
from wellserved.api.shapes import discussion as shapes
from wellserved.api.shapes.wire import Id, Items, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_TICKETS
from wellserved.apps.desk import queries
from wellserved.platform.http.access import needs

router = Router(tags=["Escalations"])
of_ticket = Router(tags=["Escalations"])


@router.get("", response=Page[shapes.Escalation], summary="List escalations")
@needs(READ_TICKETS)
def list_escalations(request: HttpRequest, page: Query[shapes.PageQuery]) -> Any:
    """Warnings, breaches and steps of a ladder that were fired on tickets you may see, newest first."""
    rows, cursor = queries.escalations(actor=actor_of(request), cursor=page.after, limit=page.limit)
    return page_of(request, rows, cursor)


@of_ticket.get("/{int:number}/escalations", response=Items[shapes.Escalation], summary="Read a ticket's escalations")
@needs(READ_TICKETS)
def read_ticket_escalations(request: HttpRequest, number: Id) -> Any:
    """What was fired and whom it told, and what is planned."""
    ticket_id = id_of_ticket(request, number)
    return items_of(queries.ticket_escalations(actor=actor_of(request), ticket_id=ticket_id))
