"""Meetings: the register, arranging and changing one, the opportunities they found."""

import datetime as dt
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import organisations
from wellserved.apps.desk.queries.scope import visible_customers
from wellserved.apps.development.actions import meetings as actions
from wellserved.apps.development.forms import meetings as forms
from wellserved.apps.development.meeting_sentences import say_meetings, say_opportunities
from wellserved.apps.development.policies.meetings import ARRANGE, require_minutes, require_state
from wellserved.apps.development.queries import agendas
from wellserved.apps.development.queries import meetings as queries
from wellserved.apps.development.types import meetings as types
from wellserved.apps.development.views.pages import act, after, chosen
from wellserved.apps.development.views.voice_parts import staff_choices
from wellserved.apps.people import cards
from wellserved.apps.standards.queries import partners
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs

IN_A_WEEK = dt.timedelta(days=7)


@require_GET
@needs(READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List meetings."""
    actor, now = actor_of(request), clock.now()
    view, kind = chosen(request, "view", queries.VIEWS), request.GET.get("kind", "")
    kind = kind if kind in types.KINDS else ""
    rows, cursor = queries.meetings(actor=actor, view=view, kind=kind, now=now, cursor=request.GET.get("after") or None)
    context = {
        "rows": rows,
        "next_url": after(request, cursor) if cursor else "",
        "views": [
            {"label": words, "url": f"?view={key}" + (f"&kind={kind}" if kind else ""), "current": key == view}
            for key, words in queries.VIEWS.items()
        ],
        "kind": kind,
        "view": view,
        "kinds": types.KINDS,
        "may_arrange": actor.can(ARRANGE),
        "sentence": say_meetings(*queries.counts(actor=actor, now=now)),
        "card": cards.show(actor=actor, key="meetings-that-lead-somewhere", now=now),
    }
    return render(request, "development/meetings.html", context)


@require_GET
@needs(READ_STANDARDS)
def opportunities(request: HttpRequest) -> HttpResponse:
    """List what meetings found could be better."""
    actor, view = actor_of(request), chosen(request, "view", queries.CHANCES)
    rows, cursor = queries.opportunities(
        actor=actor, view=view, on=clock.day_of(clock.now()), cursor=request.GET.get("after") or None
    )
    context = {
        "rows": rows,
        "next_url": after(request, cursor) if cursor else "",
        "views": [
            {"label": words, "url": f"?view={key}", "current": key == view} for key, words in queries.CHANCES.items()
        ],
        "sentence": say_opportunities(rows),
    }
    return render(request, "development/opportunities.html", context)


@require_http_methods(["GET", "POST"])
@needs(ARRANGE)
def new(request: HttpRequest) -> HttpResponse:
    """Arrange a meeting of a kind."""
    kind = request.POST.get("kind") or chosen(request, "kind", dict.fromkeys(types.KINDS, ""))
    kind = kind if kind in types.KINDS else next(iter(types.KINDS))
    form = _form(request, kind, initial=_usual(request, kind) if request.method == "GET" else {})
    return (
        _save(request, form, kind=kind, meeting_id=None)
        if request.method == "POST"
        else _edit(request, kind, None, given=form)
    )


@require_http_methods(["GET", "POST"])
@needs(ARRANGE)
def edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change a meeting that is to come."""
    actor = actor_of(request)
    row = queries.find(actor=actor, meeting_id=meeting_id)
    require_minutes(actor, row)
    require_state(row, "planned", said="Its minutes are written, or it was called off; it stays as it is.")
    if request.method == "POST":
        return _save(request, _form(request, row.kind), kind=row.kind, meeting_id=meeting_id)
    return _edit(request, row.kind, meeting_id, given=_form(request, row.kind, initial=_held(row)))


def _save(request: HttpRequest, form: forms.MeetingForm, *, kind: str, meeting_id: int | None) -> HttpResponse:
    actor, made = actor_of(request), list[int]()

    def work(given: dict[str, Any]) -> None:
        found = form.meeting(customer_id=_customer(actor, given["customer_email"]))
        version = given["version"]
        made.append(actions.save(actor=actor, meeting_id=meeting_id, given=found, version=version, now=clock.now()))

    return act(
        request,
        form,
        work,
        then=lambda: reverse("development:meeting", args=made),
        said="It is arranged; whoever is asked may add to the agenda.",
        again=_edit,
        arguments=(kind, meeting_id),
    )


def _edit(request: HttpRequest, kind: str, meeting_id: int | None, *, given: Form, status: int = 200) -> HttpResponse:
    about = types.KINDS[kind]
    context = {
        "form": given,
        "form_errors": bool(given.errors),
        "kind": kind,
        "about": about,
        "kinds": types.KINDS,
        "meeting_id": meeting_id,
        "period": _period(given) if about.looks_back and meeting_id is None else None,
    }
    return render(request, "development/meeting_edit.html", context, status=status)


def _period(given: Form) -> forms.PeriodForm:
    days = {name: given[name].value() for name in ("period_from", "period_to")}
    return forms.PeriodForm(initial=days, auto_id="figures_%s")


def _form(request: HttpRequest, kind: str, *, initial: dict[str, Any] | None = None) -> forms.MeetingForm:
    actor, outside = actor_of(request), types.KINDS[kind].outside
    form = forms.MeetingForm(
        request.POST or None,
        initial=initial or {},
        people=staff_choices(actor, besides=actor.user_id),
        organisations=[(row.id, row.name) for row in organisations(actor=actor, limit=200)[0]]
        if outside == "customer"
        else [],
        partners=partners.choices(actor=actor) if outside == "partner" else [],
    )
    for name in {"customer": ["partner_id"], "partner": ["customer_email", "organisation_id"]}.get(
        outside, ["customer_email", "organisation_id", "partner_id"]
    ):
        form.fields[name].disabled = True
    return form


def _usual(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Return what a meeting of this kind begins with."""
    actor, now, about = actor_of(request), clock.now(), types.KINDS[kind]
    first, last = forms.PeriodForm(request.GET).days(agendas.last_month(clock.day_of(now)))
    period = {"period_from": first, "period_to": last} if about.looks_back else {}
    asked = [] if about.outside else _own_team(actor)
    return {
        "kind": kind,
        "title": about.title,
        "lasts": about.minutes,
        "starts_at": (now + IN_A_WEEK).replace(minute=0, second=0, microsecond=0),
        "agenda": forms.as_text(agendas.draft(actor=actor, kind=kind, first=first, last=last, now=now)),
        "staff_ids": asked,
        **period,
    }


def _own_team(actor: Actor) -> list[int]:
    """Return who works in the teams of whoever arranges it."""
    own = [team for team in accounts.teams(actor=actor) if team.id in actor.team_ids]
    return [member.user_id for team in own for member in team.members if member.is_active]


def _held(row: Any) -> dict[str, Any]:
    """Return a meeting as its form shows it."""
    people = list(row.people.select_related("customer"))
    first = {name: next((value for each in people if (value := getattr(each, name))), None) for name in (
        "customer", "organisation_id", "partner_id",
    )}  # fmt: skip
    return {
        **{name: getattr(row, name) for name in ("kind", "title", "starts_at", "lasts", "place", "is_private")},
        **{name: getattr(row, name) for name in ("period_from", "period_to", "version")},
        "customer_email": first["customer"].email if first["customer"] else "",
        "organisation_id": first["organisation_id"],
        "partner_id": first["partner_id"],
        "guests": "\n".join(each.name for each in people if each.name),
        "staff_ids": [each.user_id for each in people if each.user_id],
        "agenda": forms.as_text(types.Point(words=words, detail=detail) for words, detail in row.agenda),
    }


def _customer(actor: Actor, address: str) -> int | None:
    """Return the customer with this address, or refuse one nobody has."""
    if not address:
        return None
    found = visible_customers(actor=actor).filter(email__iexact=address).values_list("pk", flat=True).first()
    if found is None:
        raise Invalid(
            "No customer here has this address. Look for a slip, or name her among the guests.",
            code="customer_unknown",
            field="customer_email",
        )
    return found
