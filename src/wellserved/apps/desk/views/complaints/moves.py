"""What people do with a complaint: each post goes to one action."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk.actions import complaints as actions
from wellserved.apps.desk.forms import complaints as forms
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.desk.views.complaints.asking import version_of
from wellserved.apps.desk.views.complaints.record import people_form
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number, refusal_of


@require_POST
@needs(accounts.WORK_TICKETS)
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Handle a ticket as a complaint."""
    actor, now = actor_of(request), clock.now()
    ticket = desk_queries.ticket(actor=actor, number=number, now=now)
    form = forms.BeginForm(request.POST)
    if not form.is_valid():
        raise refusal_of(request, form)
    try:
        complaint_id = actions.open_complaint(
            actor=actor,
            ticket_id=ticket.id,
            pack_id=_chosen(request, "pack"),
            received_at=form.cleaned_data["received_at"],
            is_restricted=bool(request.POST.get("is_restricted")),
            now=now,
        )
    except Conflict as known:
        if known.code != "complaint_exists":
            raise
        complaint_id = known.data["complaint_id"]
    if request.POST.get("is_restricted") and not actor.can(accounts.WORK_COMPLAINTS):
        messages.success(request, "A manager has the complaint now. It is kept from the team.")
        return redirect("desk:inbox")
    messages.success(request, f"#{number} is handled as a complaint; the law's clock runs.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.READ_COMPLAINTS)
def advance(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Take a complaint to another stage."""
    actions.advance(
        actor=actor_of(request),
        complaint_id=complaint_id,
        to=request.POST.get("to", ""),
        note=request.POST.get("note", ""),
        version=version_of(request),
        now=clock.now(),
    )
    messages.success(request, "The complaint has moved on.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.WORK_COMPLAINTS)
def assign(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Say who handles it, who reviews it and who may know."""
    actor, now = actor_of(request), clock.now()
    found = queries.complaint(actor=actor, complaint_id=complaint_id, now=now)
    form = people_form(actor, found, data=request.POST)
    # Who may review is the action's to judge, so that a reviewer who has acted is refused with the reason.
    wanted = {
        "handler_id": _chosen(request, "handler"),
        "reviewer_id": _chosen(request, "reviewer"),
    }
    form.is_valid()
    actions.assign_complaint(
        actor=actor,
        complaint_id=complaint_id,
        **wanted,
        is_restricted=bool(request.POST.get("is_restricted")),
        version=version_of(request),
        now=now,
    )
    messages.success(request, "Saved.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.READ_COMPLAINTS)
def decide(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Say whether the complainant was right."""
    form = _checked(request, forms.DecisionForm(request.POST))
    actions.decide(actor=actor_of(request), complaint_id=complaint_id, **form.cleaned_data, now=clock.now())
    messages.success(request, "Decided. Now write the answer.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.READ_COMPLAINTS)
def remedy(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Put something right."""
    form = _checked(request, forms.RemedyForm(request.POST))
    actions.grant_remedy(actor=actor_of(request), complaint_id=complaint_id, **form.cleaned_data, now=clock.now())
    messages.success(request, "Put right.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.READ_COMPLAINTS)
def wait(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Let the law's clock wait for the complainant, or run on."""
    actor, now = actor_of(request), clock.now()
    if request.POST.get("ends"):
        actions.end_wait(actor=actor, complaint_id=complaint_id, version=version_of(request), now=now)
        messages.success(request, "The law's clock runs on.")
        return redirect("desk:complaint", complaint_id)
    actions.begin_wait(
        actor=actor,
        complaint_id=complaint_id,
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
        version=version_of(request),
        now=now,
    )
    messages.success(request, "The law's clock waits.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.READ_COMPLAINTS)
def outside(request: HttpRequest, complaint_id: int, case_id: int | None = None) -> HttpResponse:
    """Record that an outside body has it, or what came of that."""
    actor, now = actor_of(request), clock.now()
    if case_id is None:
        form: Any = _checked(request, forms.OutsideForm(request.POST))
        actions.open_outside(actor=actor, complaint_id=complaint_id, **form.cleaned_data, now=now)
    else:
        form = _checked(request, forms.OutsideDecisionForm(request.POST))
        actions.close_outside(actor=actor, complaint_id=complaint_id, case_id=case_id, **form.cleaned_data, now=now)
    messages.success(request, "Recorded.")
    return redirect("desk:complaint", complaint_id)


@require_POST
@needs(accounts.READ_COMPLAINTS)
def record(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Complete the record."""
    actor, now = actor_of(request), clock.now()
    found = queries.complaint(actor=actor, complaint_id=complaint_id, now=now)
    form = forms.RecordForm(request.POST, wanted=found.pack.rules.record_fields)
    _checked(request, form)
    actions.save_record(
        actor=actor,
        complaint_id=complaint_id,
        summary=form.cleaned_data["summary"],
        record=form.record(),
        version=form.cleaned_data["version"],
        now=now,
    )
    messages.success(request, "Saved.")
    return redirect("desk:complaint", complaint_id)


def _checked(request: HttpRequest, form: Any) -> Any:
    if not form.is_valid():
        raise refusal_of(request, form)
    return form


def _chosen(request: HttpRequest, name: str) -> int | None:
    """Return the record chosen from a list, None for the empty choice; what is no number is no choice."""
    text = request.POST.get(name, "")
    found = read_number(text)
    if text and found is None:
        raise Invalid("Choose one of the list.", code="not_on_the_list", field=name)
    return found
