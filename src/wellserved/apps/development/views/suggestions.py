"""Suggestions: giving one, named or not, answering, and what came of them all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import suggestions as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import ANSWER, EVERYBODY
from wellserved.apps.development.queries import suggestions as queries
from wellserved.apps.development.types.suggestions import SUGGESTION, Given, SuggestionRow
from wellserved.apps.development.views.voice_parts import after, next_url
from wellserved.apps.standards.queries import commitments, plans, vision
from wellserved.apps.thread import queries as thread
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.platform.http.once import done
from wellserved.platform.ui.formatting import format_day


@require_GET
@needs(EVERYBODY)
def register(request: HttpRequest) -> HttpResponse:
    """List suggestions."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    usual = "open" if actor.can(ANSWER) else "all"
    asked = request.GET.get("view", usual)
    view = asked if asked in queries.VIEWS else usual
    rows, cursor = queries.suggestions(actor=actor, view=view, on=today, **after(request))
    every, answered, _, late = queries.counts(actor=actor, on=today)
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "views": [
            {"label": words, "url": f"?view={key}", "current": key == view}
            for key, words in queries.VIEWS.items()
            if key != "open" or actor.can(ANSWER)
        ],
        "may_answer_staff": actor.can(ANSWER),
        "receipt_form": forms.ReceiptForm(),
        "sentence": _say_register(every, answered=answered, late=late),
    }
    return render(request, "development/suggestions.html", context)


def _say_register(every: int, *, answered: int, late: int) -> str:
    if not every:
        return "Nobody has suggested anything yet."
    verb = "has" if late == 1 else "have"
    return f"{answered} of {every} suggestions were answered; {late} {verb} waited longer than 10 days."


@require_GET
@needs(EVERYBODY)
def you_said(request: HttpRequest) -> HttpResponse:
    """Show what was said and what was done, without names."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    rows, cursor = queries.you_said(actor=actor, on=today, **after(request))
    every, answered, done, _ = queries.counts(actor=actor, on=today)
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "sentence": f"You said {every} things; {answered} were answered and {done} are done.",
    }
    return render(request, "development/you_said.html", context)


@require_http_methods(["GET", "POST"])
@needs(EVERYBODY)
def new(request: HttpRequest) -> HttpResponse:
    """Suggest something."""
    form = forms.SuggestionForm(request.POST or None)
    made: list[Given] = []
    status = 200
    if request.method == "POST":
        actor = actor_of(request)
        status = attempt(form, lambda given: made.append(actions.suggest(actor=actor, now=clock.now(), **given)))
    if made and made[0].receipt:
        return done(render(request, "development/receipt_given.html", {"receipt": made[0].receipt}))
    if made:
        messages.success(request, "Said. You read here and on your Today what becomes of it.")
        return redirect("development:suggestion", made[0].id)
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "development/suggestion_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(EVERYBODY)
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what came of an anonymous suggestion to whoever holds its receipt; nothing of it is kept."""
    form = forms.ReceiptForm(request.POST or None)
    row: SuggestionRow | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            row = queries.by_receipt(
                actor=actor_of(request), receipt=form.cleaned_data["receipt"], on=clock.day_of(clock.now())
            )
        except NotFound as refusal:
            form.add_error("receipt", refusal.sentence)
            status = 422
    context = {"form": form, "row": row, "form_errors": bool(form.errors)}
    return render(request, "development/receipt.html", context, status=status)


@require_GET
@needs(EVERYBODY)
def page(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Show one suggestion."""
    return _show(request, suggestion_id)


@require_POST
@needs(ANSWER)
def answer(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Answer a suggestion, or say what was done."""
    actor = actor_of(request)
    queries.suggestion(actor=actor, suggestion_id=suggestion_id, on=clock.day_of(clock.now()))
    form = forms.AnswerForm(request.POST, records=_records(actor))
    if request.POST.get("done_in", "") not in {"", *(key for key, _ in _records(actor))}:
        raise NotFound("There is no such record, or it is not yours to see.")
    status = attempt(
        form, lambda given: actions.answer(actor=actor, suggestion_id=suggestion_id, now=clock.now(), **given)
    )
    if status != 200:
        return _show(request, suggestion_id, form=form, status=status)
    messages.success(request, "Answered; whoever said it is told.")
    return redirect("development:suggestion", suggestion_id)


@require_POST
@needs(EVERYBODY)
def seen(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Say that one has read what came of one's suggestion."""
    actions.see_answer(actor=actor_of(request), suggestion_id=suggestion_id, now=clock.now())
    return redirect("development:suggestion", suggestion_id)


def _records(actor: Actor) -> list[tuple[str, str]]:
    """Return what a suggestion may be done in: objectives, standards in force, plans."""
    standards = [(row.id, row.name) for row in commitments.in_force(actor=actor, now=clock.now())]
    return [
        *((f"standards.objective:{pk}", f"Objective: {name}") for pk, name in vision.objective_choices(actor=actor)),
        *((f"standards.standard:{pk}", f"Standard: {name}") for pk, name in standards),
        *((f"standards.plan:{pk}", f"Plan: {name}") for pk, name in plans.choices(actor=actor)),
    ]


def _show(
    request: HttpRequest, suggestion_id: int, *, form: forms.AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    row = queries.suggestion(actor=actor, suggestion_id=suggestion_id, on=clock.day_of(clock.now()))
    may_answer = actor.can(ANSWER) and row.state not in ("done", "declined")
    if may_answer and form is None:
        form = forms.AnswerForm(initial={"version": row.version, "answer": row.answer}, records=_records(actor))
    context: dict[str, Any] = {
        "row": row,
        "linked": thread.links(actor=actor, kind=SUGGESTION, record_id=row.id),
        "may_answer": may_answer,
        "is_news": row.author_id == actor.user_id and bool(row.answer) and row.told_at is None,
        "form": form,
        "form_errors": bool(form and form.errors),
        "sentence": _say(row),
    }
    return render(request, "development/suggestion.html", context, status=status)


def _say(row: SuggestionRow) -> str:
    if row.is_late:
        return f"It has waited for an answer since {format_day(row.given_on)}, longer than 10 days."
    if row.days is None:
        return f"Said on {format_day(row.given_on)}; an answer is due within 10 days."
    waited = "the same day" if not row.days else f"after {row.days} {'day' if row.days == 1 else 'days'}"
    return f"{row.state_name}; answered {waited} by {row.answered_by or 'somebody who has since left'}."
