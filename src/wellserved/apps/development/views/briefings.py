"""The register of briefings, and writing one."""

import dataclasses
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts import queries as people
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries.names import queue_teams
from wellserved.apps.development.actions import briefings as actions
from wellserved.apps.development.actions import drafting
from wellserved.apps.development.forms import briefings as forms
from wellserved.apps.development.queries import briefings as queries
from wellserved.apps.development.sentences import say_register
from wellserved.apps.development.types.briefings import BriefingKind, Content, Filters
from wellserved.apps.people import cards
from wellserved.apps.standards.queries import plans
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt

READ = accounts.READ_STANDARDS


@require_GET
@needs(READ)
def register(request: HttpRequest) -> HttpResponse:
    """List what is published, and what is still to be sent."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    filters = forms.read_filters(request.GET)
    page = queries.register(actor=actor, filters=filters, today=clock.day_of(now), cursor=request.GET.get("cursor"))
    to_do = queries.to_do(actor=actor, now=now)
    briefs = queries.briefs(actor)
    context = {
        "page": page,
        "filters": filters,
        "sentence": say_register(to_do, queries.drafts(actor=actor)),
        "to_do": to_do,
        "views": [
            {"label": label, "url": f"?{_address(filters, view=view)}", "current": view == filters.view}
            for view, label in queries.VIEWS.items()
            if briefs or view not in queries.WRITERS_VIEWS
        ],
        "kinds": BriefingKind.choices,
        "plans": plans.choices(actor=actor) if actor.can(accounts.READ_PLANS) else (),
        "briefs": briefs,
        "card": cards.show(actor=actor, key="how-to-brief", now=now) if briefs else None,
        "next_url": f"?{_address(filters)}&{urlencode({'cursor': page.next_cursor})}" if page.next_cursor else "",
    }
    return render(request, "development/briefings.html", context)


def _address(filters: Filters, **other: Any) -> str:
    found = dataclasses.asdict(dataclasses.replace(filters, **other))
    return urlencode({name: value for name, value in found.items() if value not in ("", None)})


@require_http_methods(["GET", "POST"])
@needs(accounts.BRIEF)
def edit(request: HttpRequest, briefing_id: int | None = None) -> HttpResponse:
    """Write a briefing from scratch, from a record that holds, or go on with a draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.briefing(actor=actor, briefing_id=briefing_id, today=clock.day_of(now)) if briefing_id else None
    about = found.row.subject if found else forms.read_subject(request.POST or request.GET)
    content = found.content if found else _begin(actor, about, request.GET.get("kind", ""), now=now)
    form = _form(request, actor, content, version=found.row.version if found else None, about=about)
    saved: list[int] = []

    def save(given: dict[str, Any]) -> None:
        made = actions.save(
            actor=actor,
            briefing_id=briefing_id,
            content=form.content(),
            subject=about,
            version=given["version"],
            now=now,
        )
        saved.append(made)

    status = attempt(form, save) if request.method == "POST" else 200
    if saved:
        messages.success(request, "Kept as a draft. Nobody has it until you publish it.")
        return redirect("development:briefing", saved[0])
    context = {"form": form, "found": found, "about": about, "form_errors": bool(form.errors)}
    return render(request, "development/briefing_edit.html", context, status=status)


def _begin(actor: Actor, about: tuple[str, int] | None, kind: str, *, now: Any) -> Content:
    if about is not None:
        return drafting.prepare(actor=actor, subject=about, now=now)
    chosen = kind if kind in BriefingKind.values else BriefingKind.BRIEFING
    return Content(kind=chosen, due_on=clock.day_of(now) + drafting.TIME_TO_READ)


def _form(
    request: HttpRequest, actor: Actor, content: Content, *, version: int | None, about: tuple[str, int] | None
) -> forms.BriefingForm:
    posted = request.POST if request.method == "POST" else None
    count = forms.items_wanted(content, posted)
    return forms.BriefingForm(
        posted,
        initial=forms.initial_of(content, items=count, version=version, about=about),
        items=count,
        teams=people.team_choices(actor=actor),
        queues=[(pk, name) for pk, (name, _) in queue_teams(actor=actor).items()],
        people=[(person.id, person.name) for person in people.staff(actor=actor)],
    )
