"""The offer: the catalogue, what it covers of what is expected, one service with its versions."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.queries import segments as desk
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people import cards
from wellserved.apps.people import queries as people
from wellserved.apps.standards.actions import offer as actions
from wellserved.apps.standards.forms import offer as forms
from wellserved.apps.standards.queries import commitments, expectations
from wellserved.apps.standards.queries import offer as queries
from wellserved.apps.standards.types import offer as types
from wellserved.apps.thread import queries as thread_queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number
from wellserved.web.expectation_pages import COVER_KINDS, read_filters, say_coverage

KIND = "standards.service"
TOLD = (Role.AGENT, Role.TEAM_LEADER)


@require_GET
@needs(policies.READ_STANDARDS)
def register(request: HttpRequest) -> HttpResponse:
    """List what is offered, or what of all expectations it covers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    is_matrix = request.GET.get("view") == "coverage"
    query = request.GET.copy()
    context: dict[str, Any] = {
        "is_matrix": is_matrix,
        "sentence": say_coverage(expectations.coverage(actor=actor)),
        "words": types,
        "cover_kinds": COVER_KINDS,
        "search": request.GET.get("q", "").strip()[:100],
        "may_edit": actor.can(policies.EDIT_STANDARDS),
        "card": cards.show(actor=actor, key="offer-from-expectations", now=now),
        "cursor": request.GET.get("after") or None,
    }
    after = _fill_matrix(request, actor, context, now) if is_matrix else _fill_catalogue(request, actor, context, now)
    query["after"] = after or ""
    context["next_url"] = f"{request.path}?{query.urlencode()}" if after else ""
    return render(request, "web/offer.html", context)


def _fill_matrix(request: HttpRequest, actor: Actor, context: dict[str, Any], now: dt.datetime) -> str | None:
    filters = read_filters(request)
    rows, after = expectations.register(actor=actor, filters=filters, cursor=context["cursor"], now=now)
    context |= {"rows": rows, "filters": filters, "segments": expectations.active_segments(actor=actor, now=now)}
    return after


def _fill_catalogue(request: HttpRequest, actor: Actor, context: dict[str, Any], now: dt.datetime) -> str | None:
    offered = request.GET.get("state") != "withdrawn"
    rows, after = queries.catalogue(actor=actor, search=context["search"], offered=offered, cursor=context["cursor"])
    worth = _worth(actor, rows, now)
    context |= {"rows": [(row, worth.get(str(row.id), "")) for row in rows], "offered": offered}
    return after


def _worth(actor: Actor, rows: tuple[types.ServiceRow, ...], now: dt.datetime) -> dict[str, str]:
    """Return where each service falls by the importance of what it meets and by how seldom that came late."""
    met = queries.met_by(actor=actor, service_ids=[row.id for row in rows])
    signals = {each.id: each.signals for known in met.values() for each in known if each.signals}
    voice = desk.voice(actor=actor, rule=types.Rule(), signals=signals, now=now) if signals else None
    found = []
    for pk, known in met.items():
        heard = [voice.of[each.id] for each in known if voice and each.id in voice.of]
        total = sum(each.tickets for each in heard)
        if total:
            importance = sum(each.importance for each in known) / len(known)
            found.append((str(pk), importance, 1 - sum(each.late for each in heard) / total))
    return queries.quadrants(rows=found)


@require_GET
@needs(policies.READ_STANDARDS)
def page(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show one service: what it offers, what that meets, and how the offer changed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.service(actor=actor, service_id=service_id)
    row = found.row
    read = people.acknowledged(actor=actor, kind=KIND, record_ids=[row.id]).get(row.id, 0)
    readers, colleagues = people.readers(actor=actor, kind=KIND, record_id=row.id, number=row.number)
    context = {
        "found": found,
        "row": row,
        "sentence": _say(found),
        "unpromised": expectations.unpromised(
            actor=actor, ids={pk for line in found.offer.lines for pk in line.expectations}
        ),
        "by_kind": [
            (label, [line for line in found.offer.lines if line.kind == kind])
            for kind, label in types.LINE_KINDS.items()
        ],
        "roles": [str(Role(role).label) for role in found.offer.roles],
        "kind_label": types.SERVICE_KINDS.get(row.kind, ""),
        "is_unread": read < row.number and actor.role in found.offer.roles,
        "readers": readers,
        "colleagues": colleagues,
        "strip": dict(thread_queries.strip(actor=actor, kind=KIND, record_id=row.id).links),
        "linked": thread_queries.links(actor=actor, kind=KIND, record_id=row.id),
        "comments": discussion.comments(actor=actor, subject=(KIND, row.id)),
        "comment_url": reverse("ledger:comment", args=[KIND, row.id]),
        "kind": KIND,
        "may_edit": actor.can(policies.EDIT_STANDARDS),
    }
    return render(request, "web/service.html", context)


def _say(found: types.ServiceDetail) -> str:
    row = found.row
    if not row.is_offered:
        return "It is not offered any more; its versions stay."
    noun = "expectation" if row.meets == 1 else "expectations"
    weighed = f"{row.strengths} strengths and {row.weaknesses} weaknesses named"
    return f"It meets {row.meets} {noun}; version {row.number} is the newest, with {weighed}."


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def edit(request: HttpRequest, service_id: int | None = None) -> HttpResponse:
    """Write a version of the offer."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.service(actor=actor, service_id=service_id) if service_id else None
    form = forms.ServiceForm(
        request.POST or None,
        initial=_initial(found, now),
        lines=found.offer.lines if found else _first_lines(request),
        expectations=expectations.choices(actor=actor),
        calendars=list(commitments.calendar_names(actor=actor).items()),
        roles=[(str(role), str(role.label)) for role in Role if role != Role.CUSTOMER],
    )
    status = 200
    if request.method == "POST" and request.POST.get("intent") != "more":
        saved: list[int] = []
        status = attempt(form, lambda given: saved.append(_save(actor, form, service_id, given, now)))
        if status == 200:
            messages.success(request, "The offer is saved. Whoever is told of it finds it on Today.")
            return redirect("web:service", saved[0])
    context = {"form": form, "found": found, "form_errors": status != 200 and bool(form.errors)}
    return render(request, "web/service_edit.html", context, status=status)


def _initial(found: types.ServiceDetail | None, now: dt.datetime) -> dict[str, Any]:
    if found is None:
        return {"effective_on": now.date(), "roles": [str(role) for role in TOLD]}
    offer = found.offer
    return {
        "name": offer.name,
        "kind": offer.kind,
        "summary": offer.summary,
        "calendar": offer.calendar,
        "roles": list(offer.roles),
        "effective_on": now.date(),
        "version": found.row.version,
    }


def _first_lines(request: HttpRequest) -> tuple[types.Line, ...]:
    meets = read_number(request.GET.get("meets", ""))
    return (types.Line(kind="offer", text="", expectations=(meets,)),) if meets else ()


def _save(
    actor: Actor, form: forms.ServiceForm, service_id: int | None, given: dict[str, Any], now: dt.datetime
) -> int:
    return actions.save_service(
        actor=actor,
        service_id=service_id,
        offer=form.offer(),
        effective_on=given["effective_on"],
        reason=given["reason"],
        version=given["version"],
        now=now,
    )


@require_POST
@needs(policies.EDIT_STANDARDS)
def withdraw(request: HttpRequest, service_id: int) -> HttpResponse:
    """Offer a service no longer."""
    actions.withdraw_service(
        actor=request.actor,  # type: ignore[attr-defined]
        service_id=service_id,
        reason=request.POST.get("reason", ""),
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, "Withdrawn. What it served shows as a gap.")
    return redirect("web:service", service_id)
