"""The page on which closed days are read from an address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import queries as standards
from wellserved.integrations.ical import actions, queries
from wellserved.integrations.ical.forms import FeedForm
from wellserved.integrations.ical.queries import FeedRow
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import attempt
from wellserved.platform.ui import formatting


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def feed(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Read closed days from an address, now and each day if wished."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    versions = standards.calendar_history(actor=actor, calendar_id=calendar_id)
    kept = queries.feed_of(actor=actor, calendar_id=calendar_id)
    form = FeedForm(request.POST or None, initial={"url": kept.url if kept else "", "keep": True})
    status = 200
    if request.method == "POST":
        found: list[int] = []
        status = attempt(
            form,
            lambda given: found.append(actions.read(actor=actor, calendar_id=calendar_id, **given, now=clock.now())),
        )
        if status == 200:
            messages.success(request, say_read(found[0]))
            return redirect("standards:calendar", calendar_id)
    context = {
        "form": form,
        "form_errors": bool(form.errors),
        "calendar_id": calendar_id,
        "name": versions[0].name,
        "kept": kept,
        "sentence": say_kept(kept),
    }
    return render(request, "ical/feed.html", context, status=status)


@require_POST
@needs(policies.EDIT_STANDARDS)
def stop(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Read the address no longer."""
    actions.stop(actor=request.actor, calendar_id=calendar_id, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, "It is read no longer; the closed days it brought stay.")
    return redirect("standards:calendar", calendar_id)


def say_read(days: int) -> str:
    """Return in a sentence what a reading brought.

    >>> say_read(1)
    'Read: 1 closed day is new. A new version holds from now on.'
    """
    if not days:
        return "Read: it names no day that was not closed already."
    return f"Read: {days} closed {'day is' if days == 1 else 'days are'} new. A new version holds from now on."


def say_kept(kept: FeedRow | None) -> str:
    """Return in a sentence how the address of a calendar stands."""
    if kept is None:
        return "Closed days from an iCalendar file that somebody else keeps, read now, and each day if you wish."
    read_on = formatting.format_day(kept.read_at and clock.day_of(kept.read_at))
    if kept.error:
        return f"The last reading, on {read_on}, failed: {kept.error}"
    return f"Read once a day, the last time on {read_on}; all went well."
