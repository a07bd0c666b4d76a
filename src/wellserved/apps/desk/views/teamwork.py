"""Ask somebody to help with a ticket, and tell the others what solved it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.queries import liaising
from wellserved.apps.desk.views import conversation
from wellserved.apps.ledger.actions import standpoints
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number


def _back(request: HttpRequest, number: int) -> HttpResponse:
    return redirect(conversation.safe_return(request, fallback=reverse("desk:conversation", args=[number])))


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def ask_colleague(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a colleague."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket_id = queries.id_of(actor=actor, number=number)
    user_id = read_number(request.POST.get("colleague", ""))
    if user_id is None:
        raise Invalid("Choose whom you ask.", code="not_a_helper")
    ask = request.POST.get("ask", "")
    actions.ask_colleague(actor=actor, ticket_id=ticket_id, user_id=user_id, ask=ask, now=clock.now())
    messages.success(request, "Asked. It stands under “Helping with” in her inbox until it is done.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def ask_partner(request: HttpRequest, number: int) -> HttpResponse:
    """Ask somebody outside."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = {name: request.POST.get(name, "") for name in ("name", "email", "organisation", "ask", "hand_over")}
    ticket_id = queries.id_of(actor=actor, number=number)
    actions.ask_partner(actor=actor, ticket_id=ticket_id, **given, now=clock.now())
    said = "Asked by mail, in these words alone; she answers by the link in it."
    messages.success(request, f"{said} The ticket waits for her." if given["hand_over"] else said)
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def finish_help(request: HttpRequest, number: int, collaborator_id: int) -> HttpResponse:
    """Note what came of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.finish_help(
        actor=actor,
        ticket_id=queries.id_of(actor=actor, number=number),
        collaborator_id=collaborator_id,
        contribution=request.POST.get("contribution", ""),
        now=clock.now(),
    )
    messages.success(request, "Noted.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def share_solution(request: HttpRequest, number: int) -> HttpResponse:
    """Tell the others."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket_id = queries.id_of(actor=actor, number=number)
    actions.share_solution(actor=actor, ticket_id=ticket_id, text=request.POST.get("text", ""), now=clock.now())
    messages.success(request, "Shared: colleagues and managers find it on Today for a week.")
    return _back(request, number)


@require_POST
@needs(accounts_policies.READ_TICKETS)
def take_note(request: HttpRequest, solution_id: int) -> HttpResponse:
    """Say that one has read it."""
    actions.take_note(actor=request.actor, solution_id=solution_id, now=clock.now())  # type: ignore[attr-defined]
    return redirect(conversation.safe_return(request, fallback="/"))


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def take_view_along(request: HttpRequest, number: int) -> HttpResponse:
    """Take what the customer thinks of it along to what is to be decided."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket_id = queries.id_of(actor=actor, number=number)
    about = request.POST.get("about", "")
    if about not in {key for key, _ in liaising.open_matters(actor=actor)}:
        raise Invalid("Choose what her view is about: something still to be decided.", code="standpoint_about")
    kind, _, record_id = about.partition(":")
    standpoints.gather(
        actor=actor,
        subject=(kind, int(record_id)),
        side="customer",
        stance=request.POST.get("stance", ""),
        words=request.POST.get("words", ""),
        source=("desk.ticket", ticket_id),
        now=clock.now(),
    )
    messages.success(request, "Taken along. You are told what becomes of it.")
    return _back(request, number)
