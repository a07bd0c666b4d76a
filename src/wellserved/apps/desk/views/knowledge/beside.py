"""Beside the reply: insert a guideline's text, and follow a procedure step by step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk_actions
from wellserved.apps.desk import queries as desk
from wellserved.apps.desk.actions import knowledge as actions
from wellserved.apps.desk.queries import knowledge as queries
from wellserved.apps.desk.types import MessageKind
from wellserved.apps.desk.views import conversation, writing
from wellserved.apps.desk.views.moves import go_back, opened
from wellserved.platform import clock
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number


@require_POST
@needs(accounts.WORK_TICKETS)
def insert(request: HttpRequest, number: int) -> HttpResponse:
    """Put a guideline's text behind what is typed, and keep both as the draft of the reply."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = opened(request, number)
    wanted = read_number(request.POST.get("insert", ""))
    found = next((g for g in queries.in_force_for(actor=actor, ticket_id=ticket.id) if g.id == wanted), None)
    if found is None or not found.reply:
        raise NotFound("No such guideline with a text for the reply is in force for this ticket.")
    writing.keep(request, ticket, files=request.FILES.getlist("files"))
    drafts = {draft.kind: draft.body for draft in desk.drafts(actor=actor, ticket_id=ticket.id)}
    is_reply = request.POST.get("mode") == MessageKind.REPLY
    typed = (request.POST.get("body", "") if is_reply else drafts.get(MessageKind.REPLY, "")).strip()
    desk_actions.save_draft(
        actor=actor,
        ticket_id=ticket.id,
        kind=MessageKind.REPLY,
        body="\n\n".join(filter(None, [typed, found.reply])),
        now=clock.now(),
    )
    messages.success(request, f"Text of “{found.title}” inserted. Read it through before you send it.")
    return go_back(request, number)


@require_POST
@needs(accounts.WORK_TICKETS)
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a procedure."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    guideline_id = read_number(request.POST.get("procedure", ""))
    if guideline_id is None:
        raise Invalid("Choose a procedure.", code="no_procedure")
    ticket_id = desk.id_of(actor=actor, number=number)
    actions.start(actor=actor, ticket_id=ticket_id, guideline_id=guideline_id, now=clock.now())
    return _to_steps(request, number)


@require_POST
@needs(accounts.WORK_TICKETS)
def settle(request: HttpRequest, number: int, run_id: int) -> HttpResponse:
    """Say that the next step is done or skipped."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    state = actions.settle_step(
        actor=actor,
        ticket_id=desk.id_of(actor=actor, number=number),
        run_id=run_id,
        order=read_number(request.POST.get("order", "")) or 0,
        state=request.POST.get("state", ""),
        reason=request.POST.get("reason", ""),
        now=clock.now(),
    )
    if state == "completed":
        messages.success(request, "That was the last step. Resolve the ticket if nothing is left to do.")
    return _to_steps(request, number)


@require_POST
@needs(accounts.WORK_TICKETS)
def stop(request: HttpRequest, number: int, run_id: int) -> HttpResponse:
    """Leave a procedure before its end."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.stop(
        actor=actor,
        ticket_id=desk.id_of(actor=actor, number=number),
        run_id=run_id,
        reason=request.POST.get("reason", ""),
        now=clock.now(),
    )
    messages.success(request, "Procedure stopped; what was done stays on the ticket.")
    return _to_steps(request, number)


def _to_steps(request: HttpRequest, number: int) -> HttpResponse:
    back = conversation.safe_return(request, fallback=conversation.page_url(number))
    return redirect(f"{back.partition('#')[0]}#procedure")
