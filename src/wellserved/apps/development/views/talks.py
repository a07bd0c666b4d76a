"""Pages of one-to-ones."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.development.actions import talks as actions
from wellserved.apps.development.forms import guiding as forms
from wellserved.apps.development.forms.support import VersionForm
from wellserved.apps.development.learning_sentences import say_talk
from wellserved.apps.development.queries import talks as queries
from wellserved.apps.development.types.guiding import AGENDA_STARTERS, TALK, TalkState
from wellserved.apps.development.views import private
from wellserved.apps.development.views.pages import act, fill
from wellserved.platform import clock
from wellserved.platform.http.access import needs

NEXT = dt.timedelta(days=7)
register = private.listing(TALK, new="development:talk_new", primary="Arrange a one-to-one")


@needs(READ_STANDARDS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Arrange a one-to-one, with somebody one leads or with whoever leads one."""
    actor, now = actor_of(request), clock.now()
    led = private.led(actor)
    own = [] if led else [(actor.person_id, actor.name)]
    form = forms.TalkForm(
        request.POST or None,
        people=[*led, *own],
        guides=private.guides(actor) if led else private.leaders(actor),
        initial={
            "starts_at": (now + NEXT).replace(minute=0, second=0, microsecond=0),
            "agenda": "\n".join(AGENDA_STARTERS),
        },
    )
    if request.method == "POST":
        made: list[int] = []
        return act(
            request,
            form,
            lambda given: made.append(actions.arrange(actor=actor, **given, now=now)),
            then=lambda: reverse("development:talk", args=made),
            said="It is arranged; both may add to the agenda.",
            again=_new,
        )
    return _new(request, given=form)


def _new(request: HttpRequest, *, given: Any, status: int = 200) -> HttpResponse:
    context = {"form": given, "form_errors": bool(given.errors)}
    return render(request, "development/talk_new.html", context, status=status)


@needs(READ_STANDARDS)
@require_GET
def page(request: HttpRequest, talk_id: int) -> HttpResponse:
    """Show a one-to-one."""
    return _page(request, talk_id)


def _page(request: HttpRequest, talk_id: int, *, given: Any = None, status: int = 200) -> HttpResponse:
    found = queries.talk(actor=actor_of(request), talk_id=talk_id, now=clock.now())
    pair = found.pair
    initial = {"notes": found.notes, "version": pair.version}
    context = {
        "found": found,
        "sentence": say_talk(found),
        "may_add": (pair.is_person or pair.is_guide) and pair.state == TalkState.PLANNED,
        "may_note": pair.is_guide and pair.state != TalkState.AGREED,
        "may_agree": pair.is_person and pair.state == TalkState.HELD,
        **private.shared(request, TALK, pair),
        **fill(
            {"item": forms.ItemForm(), "notes": forms.NotesForm(initial=initial), "task": private.task_form(pair)},
            given,
        ),
    }
    return render(request, "development/talk.html", context, status=status)


@needs(READ_STANDARDS)
@require_POST
def add_item(request: HttpRequest, talk_id: int) -> HttpResponse:
    """Put something on the agenda."""
    return _act(request, talk_id, forms.ItemForm(request.POST), actions.add_item, "It stands on the agenda.")


@needs(READ_STANDARDS)
@require_POST
def note(request: HttpRequest, talk_id: int) -> HttpResponse:
    """Write what was agreed."""
    return _act(request, talk_id, forms.NotesForm(request.POST), actions.note, "Kept, for the other to agree.")


@needs(READ_STANDARDS)
@require_POST
def agree(request: HttpRequest, talk_id: int) -> HttpResponse:
    """Agree the notes."""
    return _act(request, talk_id, VersionForm(request.POST), actions.agree, "Both have agreed the notes.")


def _act(request: HttpRequest, talk_id: int, form: Any, work: Any, said: str) -> HttpResponse:
    actor = actor_of(request)
    queries.talk(actor=actor, talk_id=talk_id, now=clock.now())
    return act(
        request,
        form,
        lambda given: work(actor=actor, talk_id=talk_id, **given, now=clock.now()),
        then=reverse("development:talk", args=[talk_id]),
        said=said,
        again=_page,
        arguments=(talk_id,),
    )
