"""Decisions: the register with its shares, putting one down, weighing it, deciding, and looking back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import decisions as actions
from wellserved.apps.development.forms import decisions as forms
from wellserved.apps.development.meeting_sentences import say_decision, say_decisions
from wellserved.apps.development.policies.decisions import MAY_OPEN, may_open
from wellserved.apps.development.queries import decisions as queries
from wellserved.apps.development.queries import meetings
from wellserved.apps.development.types import decisions as types
from wellserved.apps.development.views.pages import act, after, chosen, fill
from wellserved.apps.people import cards
from wellserved.apps.thread import queries as thread
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number


@require_GET
@needs(READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List decisions."""
    actor, now = actor_of(request), clock.now()
    today = clock.day_of(now)
    view = chosen(request, "view", types.VIEWS)
    rows, cursor = queries.decisions(actor=actor, view=view, on=today, cursor=request.GET.get("after") or None)
    found = queries.shares(actor=actor, on=today)
    context = {
        "rows": rows,
        "next_url": after(request, cursor) if cursor else "",
        "views": [
            {"label": words, "url": f"?view={key}", "current": key == view} for key, words in types.VIEWS.items()
        ],
        "found": found,
        "may_open": may_open(actor),
        "sentence": say_decisions(found),
        "card": cards.show(actor=actor, key="decide-in-time", now=now),
    }
    return render(request, "development/decisions.html", context)


@require_http_methods(["GET", "POST"])
@needs(*MAY_OPEN)
def new(request: HttpRequest) -> HttpResponse:
    """Put down what is to be decided."""
    actor = actor_of(request)
    meeting_id = read_number(request.GET.get("meeting", ""))
    form = forms.QuestionForm(
        request.POST or None,
        deciders=queries.deciders(actor=actor),
        initial={"decider_id": actor.user_id, "meeting_id": meeting_id},
    )
    if request.method == "GET":
        return _new(request, given=form)
    made: list[int] = []
    return act(
        request,
        form,
        lambda given: made.append(actions.put_down(actor=actor, **given, now=clock.now())),
        then=lambda: reverse("development:decision", args=made),
        said="Put down. Now write down what could be done; leaving it as it is counts.",
        again=_new,
    )


def _new(request: HttpRequest, *, given: Any, status: int = 200) -> HttpResponse:
    actor, meeting_id = actor_of(request), given["meeting_id"].value()
    known = meetings.visible_ids(actor, [int(meeting_id)]) if read_number(str(meeting_id or "")) else frozenset()
    context = {
        "form": given,
        "form_errors": bool(given.errors),
        "meeting": next(iter(meetings.titles(known).values()), ""),
    }
    return render(request, "development/decision_new.html", context, status=status)


@require_GET
@needs(READ_STANDARDS)
def page(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Show one decision."""
    return _page(request, decision_id)


def _page(request: HttpRequest, decision_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), clock.day_of(clock.now())
    found = queries.decision(actor=actor, decision_id=decision_id, on=today)
    row = found.row
    decides = actor.user_id is not None and actor.user_id == row.decider_id
    is_open = row.decided_on is None
    context = {
        "found": found,
        "row": row,
        "sentence": say_decision(found, on=today),
        "linked": thread.links(actor=actor, kind=types.DECISION, record_id=row.id),
        "may_weigh": is_open and may_open(actor) and actor.user_id in {row.decider_id, found.opened_by_id},
        "may_decide": is_open and decides and len(found.options) >= types.FEWEST_OPTIONS,
        "lacks_options": is_open and decides and len(found.options) < types.FEWEST_OPTIONS,
        "may_look_back": decides and row.is_review_due,
        "outcomes": types.OUTCOMES,
        **fill(_forms(found, today=today), given),
    }
    return render(request, "development/decision.html", context, status=status)


def _forms(found: types.DecisionDetail, *, today: dt.date) -> dict[str, Any]:
    version = {"version": found.row.version}
    return {
        "option": forms.OptionForm(),
        "facts": forms.KnownForm(initial=version | {"known": found.known, "unknown": found.unknown}),
        "deciding": forms.DecideForm(
            initial=version | {"review_on": today + types.LOOK_BACK},
            options=[(each.id, each.words) for each in found.options],
        ),
        "looking": forms.LookBackForm(initial=version),
    }


@require_POST
@needs(*MAY_OPEN)
def weigh(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Add something that could be done."""
    return _act(request, decision_id, forms.OptionForm(request.POST), actions.weigh, "It is among the options.")


@require_POST
@needs(*MAY_OPEN)
def inform(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Write down what is known."""
    return _act(request, decision_id, forms.KnownForm(request.POST), actions.inform, "Kept.")


@require_POST
@needs(*MAY_OPEN)
def decide(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Decide."""
    found = queries.decision(actor=actor_of(request), decision_id=decision_id, on=clock.day_of(clock.now()))
    form = forms.DecideForm(request.POST, options=[(each.id, each.words) for each in found.options])
    return _act(request, decision_id, form, actions.decide, "Decided. What came of it is asked for on its day.")


@require_POST
@needs(*MAY_OPEN)
def look_back(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Say what came of it."""
    form = forms.LookBackForm(request.POST)
    return _act(request, decision_id, form, actions.look_back, "Kept beside what was expected.")


def _act(request: HttpRequest, decision_id: int, form: Any, work: Callable[..., object], said: str) -> HttpResponse:
    actor = actor_of(request)
    queries.decision(actor=actor, decision_id=decision_id, on=clock.day_of(clock.now()))
    return act(
        request,
        form,
        lambda given: work(actor=actor, decision_id=decision_id, **given, now=clock.now()),
        then=reverse("development:decision", args=[decision_id]),
        said=said,
        again=_page,
        arguments=(decision_id,),
    )
