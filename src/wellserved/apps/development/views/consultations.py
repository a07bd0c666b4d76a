"""Consultations: a proposal, what the staff say to it, and what was made of that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.development.actions import consultations as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import ANSWER, EVERYBODY
from wellserved.apps.development.queries import suggestions as queries
from wellserved.apps.development.types.suggestions import ConsultationRow
from wellserved.apps.development.views.voice_parts import after, next_url
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.platform.ui.formatting import format_day


@require_GET
@needs(EVERYBODY)
def register(request: HttpRequest) -> HttpResponse:
    """List what the staff were and are asked about."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    rows, cursor = queries.consultations(actor=actor, on=today, **after(request))
    asked = queries.asked_of(actor=actor, on=today)
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "may_answer_staff": actor.can(ANSWER),
        "next_asked": asked[0][0] if asked else None,
        "sentence": f"Open and waiting for your view: {len(asked)}." if asked else "Nothing open waits for your view.",
    }
    return render(request, "development/consultations.html", context)


@require_http_methods(["GET", "POST"])
@needs(ANSWER)
def new(request: HttpRequest) -> HttpResponse:
    """Put a proposal to the staff."""
    form = forms.ConsultationForm(request.POST or None)
    made: list[int] = []
    status = 200
    if request.method == "POST":
        actor = actor_of(request)
        status = attempt(form, lambda given: made.append(actions.consult(actor=actor, now=clock.now(), **given)))
    if made:
        messages.success(request, "Put to the staff; it stands on everybody's Today until she has spoken.")
        return redirect("development:consultation", made[0])
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "development/consultation_new.html", context, status=status)


@require_GET
@needs(EVERYBODY)
def page(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Show one consultation."""
    return _show(request, consultation_id)


@require_POST
@needs(EVERYBODY)
def speak(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Say what one thinks of it."""
    actor, form = actor_of(request), forms.ViewForm(request.POST)
    queries.consultation(actor=actor, consultation_id=consultation_id, on=clock.day_of(clock.now()))
    status = attempt(
        form, lambda given: actions.speak(actor=actor, consultation_id=consultation_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, consultation_id, view_form=form, status=status)
    messages.success(request, "Said. You are told what is made of it.")
    return redirect("development:consultation", consultation_id)


@require_POST
@needs(ANSWER)
def respond(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Say what is decided, and what was made of what was said."""
    actor, form = actor_of(request), forms.ResponseForm(request.POST)
    queries.consultation(actor=actor, consultation_id=consultation_id, on=clock.day_of(clock.now()))
    status = attempt(
        form, lambda given: actions.respond(actor=actor, consultation_id=consultation_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, consultation_id, response_form=form, status=status)
    messages.success(request, "Everybody who spoke is told.")
    return redirect("development:consultation", consultation_id)


@require_POST
@needs(EVERYBODY)
def seen(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Say that one has read the response."""
    actions.see_response(actor=actor_of(request), consultation_id=consultation_id, now=clock.now())
    return redirect("development:consultation", consultation_id)


def _show(
    request: HttpRequest,
    consultation_id: int,
    *,
    view_form: forms.ViewForm | None = None,
    response_form: forms.ResponseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, today = actor_of(request), clock.day_of(clock.now())
    row, views = queries.consultation(actor=actor, consultation_id=consultation_id, on=today)
    news = {pk for pk, _, _ in queries.own_responses(actor=actor)}
    context = {
        "row": row,
        "views": views,
        "may_respond": actor.can(ANSWER) and not row.outcome,
        "is_news": row.id in news,
        "view_form": view_form or forms.ViewForm(),
        "response_form": response_form or forms.ResponseForm(initial={"version": row.version}),
        "form_errors": bool((view_form and view_form.errors) or (response_form and response_form.errors)),
        "sentence": _say(row),
    }
    return render(request, "development/consultation.html", context, status=status)


def _say(row: ConsultationRow) -> str:
    spoke = f"{row.speakers} {'colleague has' if row.speakers == 1 else 'colleagues have'} spoken"
    if row.outcome:
        return f"{row.outcome_name}; {spoke}, and each was told."
    return (
        f"{spoke}; views are taken until {format_day(row.closes_on)}."
        if row.is_open
        else f"{spoke}; it waits for a response."
    )
