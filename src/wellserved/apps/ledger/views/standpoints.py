"""Views on what is to be decided: gathered beside the record, answered there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.actions import standpoints as actions
from wellserved.platform import clock
from wellserved.platform.http.access import signed_in


@require_POST
@signed_in
def gather(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """Keep what somebody thinks of a record."""
    subjects.require_open(kind=kind)
    actions.gather(
        actor=request.actor,  # type: ignore[attr-defined]
        subject=(kind, subject_id),
        side=request.POST.get("side", ""),
        stance=request.POST.get("stance", ""),
        words=request.POST.get("words", ""),
        now=clock.now(),
    )
    messages.success(request, "Kept. Whoever decides sees it beside the record.")
    return redirect(subjects.registry[kind].url(subject_id))


@require_POST
@signed_in
def answer(request: HttpRequest, standpoint_id: int) -> HttpResponse:
    """Say what becomes of a view."""
    kind, subject_id = actions.answer(
        actor=request.actor,  # type: ignore[attr-defined]
        standpoint_id=standpoint_id,
        words=request.POST.get("words", ""),
        now=clock.now(),
    )
    messages.success(request, "Answered. Whoever brought it is told.")
    return redirect(subjects.registry[kind].url(subject_id))
