"""One's week: what it holds and in which order, what was achieved week by week, what else could stand in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.development.actions import week as actions
from wellserved.apps.development.forms import week as forms
from wellserved.apps.development.meeting_sentences import say_week
from wellserved.apps.development.policies.week import PLAN
from wellserved.apps.development.queries import week as queries
from wellserved.apps.development.types import week as types
from wellserved.apps.development.views.pages import act, fill
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.http.access import needs

HERE = "development:week"


@require_GET
@needs(PLAN)
def present(request: HttpRequest) -> HttpResponse:
    """Show the reader's present week."""
    return _present(request)


def _present(request: HttpRequest, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    today = clock.day_of(now)
    row = queries.present(actor=actor, on=today)
    rows = queries.priorities(week_id=row.id, hours=row.hours, by_hand=row.by_hand) if row else ()
    is_open = row is None or row.closed_at is None
    taken = {each.url for each in rows if each.url}
    context = {
        "row": row,
        "rows": rows,
        "open_rows": [each for each in rows if each.state == "open"],
        "starts_on": types.monday_of(today),
        "is_open": is_open,
        "may_close": row is not None and is_open and bool(rows),
        "suggested": queries.suggested(actor=actor, taken=taken, now=now) if is_open else (),
        "closed": queries.closed(actor=actor),
        "values": types.VALUES,
        "urgencies": types.URGENCIES,
        "sentence": say_week(row, rows),
        "card": cards.show(actor=actor, key="your-time", now=now),
        **fill(
            {
                "priority": forms.PriorityForm(),
                "free": forms.HoursForm(initial={"hours": row.hours if row else types.USUAL_HOURS}),
            },
            given,
        ),
    }
    return render(request, "development/week.html", context, status=status)


@require_GET
@needs(PLAN)
def one(request: HttpRequest, week_id: int) -> HttpResponse:
    """Show one of the reader's weeks as it was."""
    row = queries.week(actor=actor_of(request), week_id=week_id)
    if row.starts_on == types.monday_of(clock.day_of(clock.now())):
        return redirect(HERE)
    rows = queries.priorities(week_id=row.id, hours=row.hours, by_hand=row.by_hand)
    context = {"row": row, "rows": rows, "sentence": say_week(row, rows), "values": types.VALUES}
    return render(request, "development/week_past.html", context)


@require_POST
@needs(PLAN)
def plan(request: HttpRequest) -> HttpResponse:
    """Put something into the week."""
    return _act(request, forms.PriorityForm(request.POST), actions.plan, said="It has its place in the week.")


@require_POST
@needs(PLAN)
def take_up(request: HttpRequest) -> HttpResponse:
    """Put into the week what is asked elsewhere."""
    return _act(request, forms.TakeUpForm(request.POST), actions.take_up, said="It has its place in the week.")


@require_POST
@needs(PLAN)
def hours(request: HttpRequest, week_id: int) -> HttpResponse:
    """Say how many hours are free."""
    queries.week(actor=actor_of(request), week_id=week_id)
    return _act(request, forms.HoursForm(request.POST), actions.set_hours, said="Kept.", week_id=week_id)


@require_POST
@needs(PLAN)
def move(request: HttpRequest, priority_id: int) -> HttpResponse:
    """Do something earlier or later."""
    up = request.POST.get("direction") == "up"
    actions.move(actor=actor_of(request), priority_id=priority_id, up=up, now=clock.now())
    return redirect(f"{reverse(HERE)}#priority-{priority_id}")


@require_POST
@needs(PLAN)
def sort(request: HttpRequest, week_id: int) -> HttpResponse:
    """Put the week back into its worked-out order."""
    actions.sort(actor=actor_of(request), week_id=week_id, now=clock.now())
    return redirect(HERE)


@require_POST
@needs(PLAN)
def settle(request: HttpRequest, priority_id: int) -> HttpResponse:
    """Say that something is done, dropped, or open after all."""
    state = request.POST.get("state", "")
    actions.settle(actor=actor_of(request), priority_id=priority_id, state=state, now=clock.now())
    return redirect(HERE)


@require_POST
@needs(PLAN)
def close(request: HttpRequest, week_id: int) -> HttpResponse:
    """Close the week."""
    actions.close(actor=actor_of(request), week_id=week_id, now=clock.now())
    messages.success(request, "Closed: what is open stands in the next week.")
    return redirect(HERE)


def _act(request: HttpRequest, form: Any, work: Callable[..., object], *, said: str, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    return act(
        request,
        form,
        lambda given: work(actor=actor, **more, **given, now=clock.now()),
        then=reverse(HERE),
        said=said,
        again=_present,
    )
