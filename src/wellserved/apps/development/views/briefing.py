"""One briefing: read it, publish it, see who has met it, remind them, give it live, print or show it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import briefings as actions
from wellserved.apps.development.actions import telling
from wellserved.apps.development.forms import briefings as forms
from wellserved.apps.development.queries import briefings as queries
from wellserved.apps.development.sentences import say_briefing
from wellserved.apps.development.types.briefings import BriefingDetail
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.queries import discussion
from wellserved.platform import clock
from wellserved.platform.errors import Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

KIND = queries.KIND
READ = accounts.READ_STANDARDS


def _found(request: HttpRequest, briefing_id: int) -> BriefingDetail:
    return queries.briefing(actor=actor_of(request), briefing_id=briefing_id, today=clock.now().date())


@require_GET
@needs(READ)
def page(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Show one briefing; whoever briefs sees who of her people has met it."""
    actor, found = actor_of(request), _found(request, briefing_id)
    context = _context(actor, found) | {
        "sentence": say_briefing(found),
        "session": _session_form(found) if _may_hold(found) else None,
        "comments": discussion.comments(actor=actor, subject=(KIND, briefing_id)),
        "comment_url": reverse("ledger:comment", args=[KIND, briefing_id]),
        "history": ledger.history(actor=actor, subject=(KIND, briefing_id)) if actor.can(accounts.READ_LEDGER) else (),
    }
    return render(request, "development/briefing.html", context)


def _context(actor: Actor, found: BriefingDetail) -> dict[str, Any]:
    """Return what every form of a briefing shows, with the address of each record it speaks of."""
    refs = {item.about for item in found.content.items if item.about}
    refs |= {found.row.subject} if found.row.subject else set()
    return {"b": found, "links": subjects.titles(actor=actor, subjects=refs)}


def _may_hold(found: BriefingDetail) -> bool:
    return found.may_edit and found.row.state == "published" and bool(found.deliveries)


def _session_form(found: BriefingDetail, given: Any = None) -> forms.SessionForm:
    rows = [(each.user_id, each.name) for each in found.deliveries]
    initial = {f"p{each.user_id}": "" if each.has_met else forms.THERE for each in found.deliveries}
    return forms.SessionForm(given, people=rows, initial=initial)


@require_GET
@needs(READ)
def slides(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Show it item by item, for a screen in a room."""
    return render(request, "development/slides.html", _context(actor_of(request), _found(request, briefing_id)))


@require_GET
@needs(READ)
def sheet(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Show it as one page for paper or PDF."""
    return render(request, "development/sheet.html", _context(actor_of(request), _found(request, briefing_id)))


@require_POST
@needs(accounts.BRIEF)
def publish(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Send it to those it concerns."""
    told = actions.publish(actor=actor_of(request), briefing_id=briefing_id, version=_version(request), now=clock.now())
    messages.success(request, f"Published. {told} colleagues see it on their screens now.")
    return _back(briefing_id)


@require_POST
@needs(accounts.BRIEF)
def withdraw(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Take it back."""
    actions.withdraw(
        actor=actor_of(request),
        briefing_id=briefing_id,
        reason=request.POST.get("reason", ""),
        version=_version(request),
        now=clock.now(),
    )
    messages.success(request, "Withdrawn. It asks nothing of anybody any more.")
    return _back(briefing_id)


@require_POST
@needs(READ)
def read(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Say that one has read it."""
    telling.read(actor=actor_of(request), briefing_id=briefing_id, now=clock.now())
    messages.success(request, "Noted: you have read it.")
    return _back(briefing_id)


@require_POST
@needs(accounts.BRIEF)
def remind(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Remind those missing, and nobody else."""
    count = telling.remind(actor=actor_of(request), briefing_id=briefing_id, now=clock.now())
    messages.success(request, f"Reminded {count}. Whoever is done hears nothing.")
    return _back(briefing_id)


@require_POST
@needs(accounts.BRIEF)
def hold_session(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Keep who was there when it was given live."""
    form = _session_form(_found(request, briefing_id), request.POST)
    if not form.is_valid():
        raise Invalid("Say of each whether she was there.", code="session_people")
    missed = telling.hold_session(
        actor=actor_of(request),
        briefing_id=briefing_id,
        expected=form.attended(forms.THERE, forms.ABSENT),
        present=form.attended(forms.THERE),
        note=form.cleaned_data["note"],
        now=clock.now(),
    )
    messages.success(request, f"Kept. {missed} are asked to catch up." if missed else "Kept. Everybody was there.")
    return _back(briefing_id)


def _version(request: HttpRequest) -> int | None:
    return read_number(request.POST.get("version", ""))


def _back(briefing_id: int) -> HttpResponse:
    return redirect("development:briefing", briefing_id)
