"""Team events: the register, planning from a template, who was there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_PEOPLE
from wellserved.apps.development.actions import team_events as actions
from wellserved.apps.development.forms import voice as forms
from wellserved.apps.development.policies.voice import EVERYBODY
from wellserved.apps.development.queries import rewards as queries
from wellserved.apps.development.types.recognition import EVENT_FORMS, EVENT_TEMPLATES, EventRow
from wellserved.apps.development.views.voice_parts import after, next_url
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt, read_number


@require_GET
@needs(EVERYBODY)
def register(request: HttpRequest) -> HttpResponse:
    """List what teams do together."""
    actor = actor_of(request)
    rows, cursor = queries.events(actor=actor, **after(request))
    held = [row for row in rows if row.held_at]
    context = {
        "rows": rows,
        "next_url": next_url(request, cursor),
        "may_edit": actor.can(EDIT_PEOPLE),
        "templates": [(key, words, EVENT_TEMPLATES[key]) for key, words in EVENT_FORMS.items()],
        "sentence": f"{sum(row.came for row in held)} of {sum(row.asked for row in held)} asked came to the "
        f"{len(held)} events held on this page."
        if held
        else "No event has been held yet.",
    }
    return render(request, "development/team_events.html", context)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PEOPLE)
def new(request: HttpRequest) -> HttpResponse:
    """Plan an event, beginning with a template."""
    actor = actor_of(request)
    template = EVENT_TEMPLATES.get(request.GET.get("form", ""))
    initial: dict[str, Any] = {"form": request.GET.get("form", "retro")}
    if template:
        initial |= {"title": template.title, "purpose": template.purpose, "minutes": template.minutes}
    teams = accounts.team_choices(actor=actor)
    form = forms.EventForm(request.POST or None, initial=initial, teams=teams)
    made: list[int] = []
    status = 200
    if request.method == "POST":
        if (named := read_number(request.POST.get("team_id", ""))) is not None and named not in dict(teams):
            raise NotFound("There is no such team, or it is not yours to see.", code="team_not_found")
        status = attempt(form, lambda given: made.append(actions.plan(actor=actor, now=clock.now(), **given)))
    if made:
        messages.success(request, "Planned. Everybody in the team is asked.")
        return redirect("development:team_event", made[0])
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "development/team_event_new.html", context, status=status)


@require_GET
@needs(EVERYBODY)
def page(request: HttpRequest, event_id: int) -> HttpResponse:
    """Show one event."""
    return _show(request, event_id)


@require_POST
@needs(EDIT_PEOPLE)
def held(request: HttpRequest, event_id: int) -> HttpResponse:
    """Write down who was there, and what it changed."""
    actor = actor_of(request)
    _, places = queries.event(actor=actor, event_id=event_id)
    form = forms.HeldForm(request.POST, people=[(place.user_id, place.name) for place in places])
    status = attempt(form, lambda given: actions.hold(actor=actor, event_id=event_id, now=clock.now(), **given))
    if status != 200:
        return _show(request, event_id, form=form, status=status)
    messages.success(request, "Kept.")
    return redirect("development:team_event", event_id)


def _show(
    request: HttpRequest, event_id: int, *, form: forms.HeldForm | None = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    row, places = queries.event(actor=actor, event_id=event_id)
    may_hold = actor.can(EDIT_PEOPLE) and not row.held_at and row.starts_at <= now
    people = [(place.user_id, place.name) for place in places]
    context = {
        "row": row,
        "places": places,
        "may_hold": may_hold,
        "form": form
        or forms.HeldForm(initial={"version": row.version, "present": [pk for pk, _ in people]}, people=people),
        "form_errors": bool(form and form.errors),
        "sentence": _say(row),
    }
    return render(request, "development/team_event.html", context, status=status)


def _say(row: EventRow) -> str:
    if row.held_at:
        return f"{row.came} of {row.asked} came. {row.what_changed}"
    return f"{row.asked} are asked, for {row.minutes} minutes{f', {row.place}' if row.place else ''}."
