"""Working together: who helps with a ticket, and what solved it."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.calling import id_of_ticket
from wellserved.api.shapes import teamwork as shapes
from wellserved.api.shapes.discussion import PageQuery
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_TICKETS, WORK_TICKETS
from wellserved.apps.desk import actions, queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

of_ticket = Router(tags=["Working together"])
collaborators = Router(tags=["Working together"])
solutions = Router(tags=["Working together"])


@of_ticket.get("/{int:number}/collaborators", response=Items[shapes.Collaborator], summary="List who helps")
@needs(READ_TICKETS)
def list_collaborators(request: HttpRequest, number: Id) -> Any:
    """Colleagues and service partners, what they were asked, and what came of it."""
    ticket_id = id_of_ticket(request, number)
    return items_of(queries.collaborators(actor=actor_of(request), ticket_id=ticket_id))


@of_ticket.post("/{int:number}/collaborators", response={201: Made}, summary="Ask a colleague to help")
@needs(WORK_TICKETS)
def ask_a_colleague(request: HttpRequest, number: Id, asked: shapes.ColleagueAsked) -> Any:
    """She is called, and the ticket stands in her view `helping` until it is done."""
    ticket_id = id_of_ticket(request, number)
    made = actions.ask_colleague(actor=actor_of(request), ticket_id=ticket_id, **asked.model_dump(), now=clock.now())
    return {"id": made}


@of_ticket.post("/{int:number}/partners", response={201: Made}, summary="Ask a service partner to help")
@needs(WORK_TICKETS)
def ask_a_partner(request: HttpRequest, number: Id, asked: shapes.PartnerAsked) -> Any:
    """By mail; nothing of the customer's goes with it."""
    ticket_id = id_of_ticket(request, number)
    made = actions.ask_partner(actor=actor_of(request), ticket_id=ticket_id, **asked.model_dump(), now=clock.now())
    return {"id": made}


@of_ticket.post("/{int:number}/solutions", response={201: Made}, summary="Share what solved a ticket")
@needs(WORK_TICKETS)
def share_a_solution(request: HttpRequest, number: Id, solution: shapes.SolutionGiven) -> Any:
    """It stands on the Today of colleagues and managers for a week, or until they take note."""
    ticket_id = id_of_ticket(request, number)
    made = actions.share_solution(actor=actor_of(request), ticket_id=ticket_id, text=solution.text, now=clock.now())
    return {"id": made}


@collaborators.post("/{int:collaborator_id}/done", response={204: None}, summary="Note what came of help")
@needs(WORK_TICKETS)
def finish_collaboration(request: HttpRequest, collaborator_id: Id, done: shapes.HelpFinished) -> None:
    """Once; it leaves the helper's view."""
    actions.finish_help(
        actor=actor_of(request), collaborator_id=collaborator_id, contribution=done.contribution, now=clock.now()
    )


@solutions.get("", response=Page[shapes.Solution], summary="List shared solutions")
@needs(READ_TICKETS)
def list_solutions(request: HttpRequest, page: Query[PageQuery]) -> Any:
    """Of tickets you may see, newest first, each with who has read it."""
    rows, cursor = queries.solutions(actor=actor_of(request), cursor=page.after, limit=page.limit)
    return page_of(request, rows, cursor)


@solutions.post("/{int:solution_id}/noted", response={204: None}, summary="Take note of a solution")
@needs(READ_TICKETS)
def note_solution(request: HttpRequest, solution_id: Id) -> None:
    """Said twice, it counts once."""
    actions.take_note(actor=actor_of(request), solution_id=solution_id, now=clock.now())
