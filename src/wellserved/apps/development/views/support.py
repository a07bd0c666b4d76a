"""Pages of support slots and the month's report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_PEOPLE, READ_STANDARDS
from wellserved.apps.development.actions import support as actions
from wellserved.apps.development.forms import support as forms
from wellserved.apps.development.learning_sentences import say_support
from wellserved.apps.development.queries import support as queries
from wellserved.apps.development.types.support import MATTERS
from wellserved.apps.development.views.pages import act, after, chosen, fill
from wellserved.platform import clock
from wellserved.platform.http.access import needs


@needs(READ_STANDARDS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show what one may book, and the report of the month to those who offer."""
    return _register(request)


def _register(request: HttpRequest, *, given: Any = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    view = chosen(request, "view", queries.VIEWS)
    rows, cursor = queries.slots(actor=actor, view=view, cursor=request.GET.get("after") or None, now=now)
    may_offer = actor.can(EDIT_PEOPLE)
    month = queries.month(actor=actor, day=clock.day_of(now)) if may_offer else None
    context = {
        "rows": rows,
        "sentence": say_support(rows, month),
        "views": queries.VIEWS,
        "view": view,
        "month": month,
        "matters": MATTERS,
        "next_url": after(request, cursor) if cursor else "",
        "may_offer": may_offer,
        **fill({"offer": forms.OfferForm(), "door": forms.DoorForm()}, given),
    }
    return render(request, "development/support.html", context, status=status)


@needs(EDIT_PEOPLE)
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """Offer a slot."""
    actor = actor_of(request)
    return _act(
        request, forms.OfferForm(request.POST), lambda given: actions.offer(actor=actor, **given, now=clock.now()),
        "It is kept free.",
    )  # fmt: skip


@needs(EDIT_PEOPLE)
@require_POST
def open_door(request: HttpRequest) -> HttpResponse:
    """Note that somebody came by."""
    actor = actor_of(request)
    return _act(
        request, forms.DoorForm(request.POST), lambda given: actions.open_door(actor=actor, **given, now=clock.now()),
        "Noted.",
    )  # fmt: skip


@needs(READ_STANDARDS)
@require_POST
def book(request: HttpRequest, slot_id: int) -> HttpResponse:
    """Book a slot."""
    return _act_on(request, slot_id, forms.TakeForm(request.POST), actions.book, "It is yours.")


@needs(READ_STANDARDS)
@require_POST
def give_back(request: HttpRequest, slot_id: int) -> HttpResponse:
    """Give a slot back, or withdraw one's own."""
    return _act_on(request, slot_id, forms.VersionForm(request.POST), actions.give_back, "It is free again.")


@needs(READ_STANDARDS)
@require_POST
def confirm(request: HttpRequest, slot_id: int) -> HttpResponse:
    """Say how long a slot took."""
    return _act_on(request, slot_id, forms.ConfirmForm(request.POST), actions.confirm, "Kept.")


def _act_on(request: HttpRequest, slot_id: int, form: Any, work: Any, said: str) -> HttpResponse:
    actor = actor_of(request)
    queries.find(actor=actor, slot_id=slot_id)
    return _act(request, form, lambda given: work(actor=actor, slot_id=slot_id, **given, now=clock.now()), said)


def _act(request: HttpRequest, form: Any, work: Any, said: str) -> HttpResponse:
    return act(request, form, work, then=reverse("development:support"), said=said, again=_register)
