"""The pulse: asking, answering, reading what five or more said, planning what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.development.actions import pulse as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import ANSWER, EVERYBODY
from wellserved.apps.development.queries import pulse as queries
from wellserved.apps.development.types.pulse import ITEMS, LEAST_SHOWN, GroupResult, PulseRow
from wellserved.apps.development.views.voice_parts import after, next_url
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.ui.formatting import format_day


@require_GET
@needs(EVERYBODY)
def register(request: HttpRequest) -> HttpResponse:
    """Show how the five verbs and the vision moved, and every pulse."""
    return _show_register(request)


@require_POST
@needs(ANSWER)
def open_pulse(request: HttpRequest) -> HttpResponse:
    """Ask the whole staff."""
    form, made = forms.OpenPulseForm(request.POST), []
    actor = actor_of(request)
    status = attempt(form, lambda given: made.append(actions.open_pulse(actor=actor, now=clock.now(), **given)))
    if not made:
        return _show_register(request, form=form, status=status)
    messages.success(request, "Asked. It stands on everybody's Today until she has answered.")
    return redirect("development:pulse")


def _show_register(request: HttpRequest, *, form: forms.OpenPulseForm | None = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    rows, cursor = queries.register(actor=actor, **after(request))
    trend = queries.trend(actor=actor)
    running = next((row for row in rows if row.is_open), None)
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "running": running,
        "trend": [(item, [_of(items, item.key) for _, items in trend]) for item in ITEMS.values()],
        "periods": [row for row, _ in trend],
        "may_answer_staff": actor.can(ANSWER),
        "form": form or forms.OpenPulseForm(),
        "form_errors": bool(form and form.errors),
        "card": cards.show(actor=actor, key="encouraging-feedback", now=now),
        "sentence": _say_register(running),
    }
    return render(request, "development/pulse.html", context, status=status)


def _of(items: Any, key: str) -> Any:
    return next((item for item in items if item.item == key), None)


def _say_register(running: PulseRow | None) -> str:
    if running is None:
        return "No pulse is open; results stand where at least six answered."
    mine = "You have answered." if running.has_answered else "You have not answered yet."
    return f"{running.answers} of {running.asked} have answered so far. {mine}"


@require_GET
@needs(EVERYBODY)
def page(request: HttpRequest, pulse_id: int) -> HttpResponse:
    """Show one pulse: the statements while it is open, the results once it is closed."""
    return _show(request, pulse_id)


@require_http_methods(["GET", "POST"])
@needs(EVERYBODY)
def answer(request: HttpRequest, pulse_id: int) -> HttpResponse:
    """Answer the statements."""
    actor = actor_of(request)
    row = queries.pulse(actor=actor, pulse_id=pulse_id)
    form = forms.PulseForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda given: actions.answer(actor=actor, pulse_id=pulse_id, scores=given, now=clock.now())
        )
        if status == 200:
            messages.success(request, "Counted. Nobody can tell which answers are yours.")
            return redirect("development:pulse")
    if not row.is_open or row.has_answered:
        return redirect("development:pulse_one", pulse_id)
    return render(
        request,
        "development/pulse_answer.html",
        {"row": row, "form": form, "form_errors": bool(form.errors)},
        status=status,
    )


@require_POST
@needs(ANSWER)
def close(request: HttpRequest, pulse_id: int) -> HttpResponse:
    """Take no more answers."""
    actions.close(actor=actor_of(request), pulse_id=pulse_id, now=clock.now())
    messages.success(request, "Closed. The results can be read.")
    return redirect("development:pulse_one", pulse_id)


@require_POST
@needs(ANSWER)
def plan(request: HttpRequest, pulse_id: int) -> HttpResponse:
    """Say what is done about an item."""
    actor = actor_of(request)
    queries.pulse(actor=actor, pulse_id=pulse_id)
    form = forms.PulseActionForm(request.POST)
    status = attempt(form, lambda given: actions.plan(actor=actor, pulse_id=pulse_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, pulse_id, form=form, status=status)
    messages.success(request, "Planned; the next pulse shows what it changed.")
    return redirect("development:pulse_one", pulse_id)


def _show(
    request: HttpRequest, pulse_id: int, *, form: forms.PulseActionForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    row = queries.pulse(actor=actor, pulse_id=pulse_id)
    item = request.GET.get("item", "")
    groups = queries.results(
        actor=actor,
        pulse_id=pulse_id,
        team_id=read_number(request.GET.get("team", "")),
        item=item if item in ITEMS else "",
    )
    context = {
        "row": row,
        "statements": ITEMS.values(),
        "groups": groups,
        "views": [
            {"label": words, "url": f"?item={key}", "current": key == item}
            for key, words in (("", "All"), *((each.key, each.name) for each in ITEMS.values()))
        ],
        "dropped": [each for group in groups[:1] for each in group.items if each.has_dropped],
        "actions": queries.actions(actor=actor, pulse_id=pulse_id),
        "may_answer_staff": actor.can(ANSWER),
        "form": form or forms.PulseActionForm(initial=request.GET.dict()),
        "form_errors": bool(form and form.errors),
        "least": LEAST_SHOWN,
        "sentence": _say(row, groups),
    }
    return render(request, "development/pulse_one.html", context, status=status)


def _say(row: PulseRow, groups: tuple[GroupResult, ...]) -> str:
    if row.is_open:
        closes = format_day(row.closes_on)
        return f"{row.answers} of {row.asked} have answered; results stand once it is closed, on {closes}."
    shown = next((group for group in groups if not group.is_withheld), None)
    if shown is None or not shown.items:
        return f"{row.answers} of {row.asked} answered: too few to show anything without showing somebody."
    fallen = [each.name for each in shown.items if each.has_dropped]
    moved = f"fell: {', '.join(fallen)}" if fallen else "nothing fell since the pulse before"
    return f"{row.answers} of {row.asked} answered; {moved}."
