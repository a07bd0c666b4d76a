"""Pages of coaching and mentoring."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import coaching as actions
from wellserved.apps.development.forms import guiding as forms
from wellserved.apps.development.learning_sentences import say_coaching
from wellserved.apps.development.queries import observations, talks
from wellserved.apps.development.types.guiding import COACHING, SCENARIOS, CoachingState, ObservationDetail
from wellserved.apps.development.views import private
from wellserved.apps.development.views.pages import act, fill
from wellserved.apps.people import cards
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

SIX_WEEKS = dt.timedelta(weeks=6)
CARD = "negotiate-and-reassure"
register = private.listing(COACHING, new="development:coaching_new", primary="Begin coaching")


@needs(READ_STANDARDS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin coaching; from an observation, with what was seen there as its criterion."""
    actor, now = actor_of(request), clock.now()
    source = _source(request)
    seen = [each for each in source.criteria if each.rating] if source else []
    lowest = min(seen, key=lambda each: each.rating or 0, default=None)
    form = forms.CoachingForm(
        request.POST or None,
        people=[(source.pair.person_id, source.pair.person)] if source else private.led(actor),
        guides=private.guides(actor),
        criteria=[(each.key, f"{each.words}: {each.rating_name}") for each in seen],
        initial={
            "goal": lowest.words if lowest else "",
            "criterion": lowest.key if lowest else "",
            "task": source.one_thing if source else "",
            "ends_on": (now + SIX_WEEKS).date(),
        },
    )
    if request.method == "POST":
        made: list[int] = []
        return act(
            request,
            form,
            lambda given: made.append(
                actions.begin(actor=actor, observation_id=source.pair.id if source else None, **given, now=now)
            ),
            then=lambda: reverse("development:coaching", args=made),
            said="Coaching has begun.",
            again=_new,
            arguments=(source,),
        )
    return _new(request, source, given=form)


def _source(request: HttpRequest) -> ObservationDetail | None:
    given = read_number(request.GET.get("observation", ""))
    return observations.observation(actor=actor_of(request), observation_id=given) if given else None


def _new(request: HttpRequest, source: ObservationDetail | None, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"form": given, "source": source, "form_errors": bool(given.errors)}
    return render(request, "development/coaching_new.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def page(request: HttpRequest, coaching_id: int) -> HttpResponse:
    """Show coaching, and what later observations say of it."""
    return _page(request, coaching_id)


def _page(request: HttpRequest, coaching_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    found = talks.coaching(actor=actor, coaching_id=coaching_id, now=now)
    pair = found.pair
    context = {
        "found": found,
        "sentence": say_coaching(found),
        "is_open": pair.state == CoachingState.OPEN,
        "scenarios": SCENARIOS,
        "card": cards.show(actor=actor, key=CARD, now=now),
        **private.shared(request, COACHING, pair),
        **fill(
            {
                "session": forms.SessionEntryForm(initial={"held_on": clock.day_of(now)}),
                "task": private.task_form(pair),
                "end": forms.EndForm(initial={"version": pair.version}),
            },
            given,
        ),
    }
    return render(request, "development/coaching.html", context, status=status)


@needs(READ_STANDARDS)
@require_POST
def add_session(request: HttpRequest, coaching_id: int) -> HttpResponse:
    """Write down a session."""
    return _act(request, coaching_id, forms.SessionEntryForm(request.POST), actions.add_session, "The session is kept.")


@needs(READ_STANDARDS)
@require_POST
def end(request: HttpRequest, coaching_id: int) -> HttpResponse:
    """Say what came of it."""
    return _act(request, coaching_id, forms.EndForm(request.POST), actions.end, "Coaching is over.")


def _act(request: HttpRequest, coaching_id: int, form: Any, work: Any, said: str) -> HttpResponse:
    actor = actor_of(request)
    talks.coaching(actor=actor, coaching_id=coaching_id, now=clock.now())
    return act(
        request,
        form,
        lambda given: work(actor=actor, coaching_id=coaching_id, **given, now=clock.now()),
        then=reverse("development:coaching", args=[coaching_id]),
        said=said,
        again=_page,
        arguments=(coaching_id,),
    )
