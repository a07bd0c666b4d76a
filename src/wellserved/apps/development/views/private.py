"""What the pages of the restricted records share: the register, who may begin one, that a reading is noted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import recorded as looking
from wellserved.apps.development.actions import tasks
from wellserved.apps.development.forms.guiding import TaskForm
from wellserved.apps.development.learning_sentences import say_records
from wellserved.apps.development.queries import private, recorded
from wellserved.apps.development.types.guiding import Pair
from wellserved.apps.development.views.pages import after, chosen
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import refusal_of

People = list[tuple[int, str]]


def register(request: HttpRequest, kind: str, *, new: str, primary: str) -> HttpResponse:
    """List the records of one family the reader may see."""
    actor, family = actor_of(request), private.FAMILIES[kind]
    view = chosen(request, "view", private.VIEWS)
    rows, cursor = private.register(actor=actor, kind=kind, view=view, cursor=request.GET.get("after") or None)
    context = {
        "family": family,
        "rows": rows,
        "sentence": say_records(rows, family.purpose),
        "views": private.VIEWS,
        "view": view,
        "next_url": after(request, cursor) if cursor else "",
        "new_url": reverse(new) if may_begin(actor, kind) else "",
        "primary": primary,
    }
    return render(request, "development/private.html", context)


def may_begin(actor: Actor, kind: str) -> bool:
    """Return whether the reader may begin a record of this family: a talk with whoever leads her, or all she leads."""
    return bool(led(actor)) or (kind == "development.one_to_one" and bool(leaders(actor)))


def led(actor: Actor) -> People:
    """Return those the reader leads."""
    return list(leading.led_by(actor=actor).filter(is_active=True).order_by("name").values_list("pk", "name"))


def leaders(actor: Actor) -> People:
    """Return those who lead the reader."""
    ids = leading.leaders_of(user_id=actor.person_id, world=actor.world)
    names = accounts.names(user_ids=ids)
    return [(pk, names[pk]) for pk in ids]


def guides(actor: Actor) -> People:
    """Return who may be the other of the two: the reader first, then colleagues she knows."""
    others = [(person.id, person.name) for person in accounts.staff(actor=actor) if person.id != actor.user_id]
    return [(actor.person_id, actor.name), *others]


def shared(request: HttpRequest, kind: str, pair: Pair) -> dict[str, Any]:
    """Note that the record was opened, and return what its page shows beside it: contests, and the form of a task."""
    actor, now = actor_of(request), clock.now()
    looking.note_view(actor=actor, kind=kind, record_id=pair.id, person_id=pair.person_id, now=now)
    return {
        "family": private.FAMILIES[kind],
        "pair": pair,
        "is_one_of_two": pair.is_person or pair.is_guide,
        "contests": recorded.contests(actor=actor, now=now, about=(kind, pair.id)),
        "task_url": reverse("development:task_new", args=[private.FAMILIES[kind].folder, pair.id]),
    }


def task_form(pair: Pair, given: Any = None) -> TaskForm:
    """Return the form of something to do by one of the two."""
    owners: Iterable[tuple[int, str]] = ((pair.person_id, pair.person), (pair.guide_id, pair.guide))
    return TaskForm(given, owners=owners)


@needs(READ_STANDARDS)
@require_POST
def task_new(request: HttpRequest, folder: str, record_id: int) -> HttpResponse:
    """Write down what one of the two is to do."""
    actor = actor_of(request)
    family = next((each for each in private.FAMILIES.values() if each.folder == folder), None)
    if family is None:
        raise private.absent()
    pair = private.pair_of(private.find(family.model, actor=actor, pk=record_id), actor=actor)
    form = task_form(pair, request.POST)
    if not form.is_valid():
        raise refusal_of(request, form)
    tasks.agree_task(actor=actor, kind=family.kind, record_id=record_id, **form.cleaned_data, now=clock.now())
    messages.success(request, "Agreed.")
    return redirect(family.url(record_id))


@needs(READ_STANDARDS)
@require_POST
def task_done(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say that it is done."""
    url = tasks.finish_task(actor=actor_of(request), task_id=task_id, now=clock.now())
    messages.success(request, "Done.")
    return redirect(url)


def listing(kind: str, *, new: str, primary: str) -> Any:
    """Return the view that lists one family."""

    @needs(READ_STANDARDS)
    @require_GET
    def view(request: HttpRequest) -> HttpResponse:
        return register(request, kind, new=new, primary=primary)

    return view
