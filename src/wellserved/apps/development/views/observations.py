"""Pages of observations."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import leading
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import observations as actions
from wellserved.apps.development.forms import guiding as forms
from wellserved.apps.development.learning_sentences import say_observation
from wellserved.apps.development.queries import observations as queries
from wellserved.apps.development.types.guiding import OBSERVATION, ObservationState
from wellserved.apps.development.views import private
from wellserved.apps.development.views.pages import act, chosen, fill
from wellserved.platform import clock
from wellserved.platform.http.access import needs

IN_TWO_DAYS = dt.timedelta(days=2)
register = private.listing(OBSERVATION, new="development:observation_new", primary="Announce an observation")


@needs(READ_STANDARDS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Announce an observation, from a set of criteria to start from."""
    actor, now = actor_of(request), clock.now()
    starters = queries.starters(actor=actor)
    names = {key: name for key, (name, _purpose, _criteria) in starters.items()}
    start = chosen(request, "start", names)
    _name, purpose, criteria = starters[start]
    form = forms.AnnounceForm(
        request.POST or None,
        people=private.led(actor),
        guides=private.guides(actor),
        known={key: words for _, _, rows in starters.values() for key, words in rows},
        initial={
            "purpose": purpose,
            "criteria": "\n".join(words for _, words in criteria),
            "starts_at": (now + IN_TWO_DAYS).replace(minute=0, second=0, microsecond=0),
        },
    )
    if request.method == "POST":
        made: list[int] = []
        return act(
            request,
            form,
            lambda given: made.append(actions.announce(actor=actor, **given, now=now)),
            then=lambda: reverse("development:observation", args=made),
            said="It is announced: she reads what for and at what you will look.",
            again=_new,
            arguments=(names, start),
        )
    return _new(request, names, start, given=form)


def _new(request: HttpRequest, names: dict[str, str], start: str, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"form": given, "starters": names, "start": start, "form_errors": bool(given.errors)}
    return render(request, "development/observation_new.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def page(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Show an observation."""
    return _page(request, observation_id)


def _page(request: HttpRequest, observation_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    found = queries.observation(actor=actor, observation_id=observation_id)
    pair = found.pair
    may_record = pair.is_guide and pair.state == ObservationState.ANNOUNCED and found.starts_at <= now
    context = {
        "found": found,
        "sentence": say_observation(found, now=now),
        "may_record": may_record,
        "may_answer": pair.is_person and pair.state == ObservationState.RECORDED,
        "may_coach": found.recorded_at is not None and leading.leads(actor=actor, user_id=pair.person_id),
        **private.shared(request, OBSERVATION, pair),
        **fill(
            {
                "record": forms.RecordForm(criteria=found.criteria, initial={"version": pair.version}),
                "own": forms.OwnViewForm(),
            },
            given,
        ),
    }
    return render(request, "development/observation.html", context, status=status)


@needs(READ_STANDARDS)
@require_POST
def record(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Keep what was seen."""
    actor = actor_of(request)
    found = queries.observation(actor=actor, observation_id=observation_id)
    form = forms.RecordForm(request.POST, criteria=found.criteria)
    return act(
        request,
        form,
        lambda given: actions.record(
            actor=actor,
            observation_id=observation_id,
            ratings=form.ratings(),
            strengths=given["strengths"],
            one_thing=given["one_thing"],
            version=given["version"],
            now=clock.now(),
        ),
        then=reverse("development:observation", args=[observation_id]),
        said="Kept: she is asked how she saw it herself.",
        again=_page,
        arguments=(observation_id,),
    )


@needs(READ_STANDARDS)
@require_POST
def answer(request: HttpRequest, observation_id: int) -> HttpResponse:
    """Say how one saw it oneself."""
    actor = actor_of(request)
    queries.observation(actor=actor, observation_id=observation_id)
    return act(
        request,
        forms.OwnViewForm(request.POST),
        lambda given: actions.answer(actor=actor, observation_id=observation_id, **given, now=clock.now()),
        then=reverse("development:observation", args=[observation_id]),
        said="Your view stands beside the other.",
        again=_page,
        arguments=(observation_id,),
    )
