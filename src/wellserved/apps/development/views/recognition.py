"""Thanks: the feed, and giving them in two clicks from wherever one stands."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import recognition as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import EVERYBODY
from wellserved.apps.development.queries import behaviours
from wellserved.apps.development.queries import recognition as queries
from wellserved.apps.development.views.voice_parts import after, next_url, staff_choices
from wellserved.apps.ledger import subjects
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number


@require_GET
@needs(EVERYBODY)
def feed(request: HttpRequest) -> HttpResponse:
    """Show who was thanked for what; to whoever leads, also whom nobody has thanked for a while."""
    return _show(request)


@require_GET
@needs(EVERYBODY)
def one(request: HttpRequest, recognition_id: int) -> HttpResponse:
    """Lead to the thanks of the person thanked."""
    rows = queries.visible(actor=actor_of(request)).filter(pk=recognition_id)
    user_id = rows.values_list("user", flat=True).first()
    if user_id is None:
        raise NotFound("There is no such thank-you, or it is not yours to see.", code="thanks_not_found")
    return _show(request, only=user_id)


@require_http_methods(["GET", "POST"])
@needs(EVERYBODY)
def give(request: HttpRequest) -> HttpResponse:
    """Ask for which value, and keep the thanks."""
    actor = actor_of(request)
    people = staff_choices(actor, besides=actor.user_id)
    given = request.POST if request.method == "POST" else None
    form = forms.ThanksForm(given, people=people, initial=request.GET.dict())
    if given is None:
        return _show(request, form=form)
    about = _about(actor, given.get("about", ""))

    def thank(cleaned: dict[str, Any]) -> None:
        told = {name: cleaned[name] for name in ("user_id", "value", "words")}
        actions.thank(actor=actor, about=about, now=clock.now(), **told)

    if (named := read_number(given.get("user_id", ""))) is not None and named not in dict(people):
        raise NotFound("There is no such colleague.", code="colleague_not_found")
    status = attempt(form, thank)
    if status != 200:
        return _show(request, form=form, status=status)
    messages.success(request, f"Said: {dict(people)[form.cleaned_data['user_id']]} reads it now.")
    back = given.get("back", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else "development:recognition")


def _about(actor: Actor, said: str) -> tuple[str, int] | None:
    kind, _, number = said.partition(":")
    found = read_number(number)
    if not said:
        return None
    if found is None:
        raise NotFound("There is no such record, or it is not yours to see.")
    subjects.require_visible(actor=actor, subject=(kind, found))
    return kind, found


def _show(
    request: HttpRequest, *, form: forms.ThanksForm | None = None, only: int | None = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    known = [name for name, _ in behaviours.values(actor=actor)]
    value = request.GET.get("value", "")
    rows, cursor = queries.feed(actor=actor, value=value if value in known else "", user_id=only, **after(request))
    count, people = queries.last_month(actor=actor, now=now)
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "values": known,
        "views": [
            {"label": name or "All values", "url": f"?{urlencode({'value': name})}", "current": name == value}
            for name in ("", *known)
        ],
        "form": form or forms.ThanksForm(people=staff_choices(actor, besides=actor.user_id)),
        "form_errors": bool(form and form.errors),
        "is_giving": form is not None,
        "quiet": queries.unrecognised(actor=actor, now=now),
        "sentence": _say(count, people),
    }
    return render(request, "development/recognition.html", context, status=status)


def _say(count: int, people: int) -> str:
    if not count:
        return "Nobody has been thanked here in the last 30 days."
    return (
        f"{count} {'thank-you' if count == 1 else 'thank-yous'} in 30 days, "
        f"to {people} {'colleague' if people == 1 else 'colleagues'} you know of."
    )
