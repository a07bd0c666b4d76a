"""Calendars on screen: their hours and closed days, tried out before they count."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import actions, adapters, forms, queries
from wellserved.apps.standards.records.clocks import say_hours
from wellserved.apps.thread import panels
from wellserved.apps.thread.types import Panel
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.http.access import needs
from wellserved.platform.ui.formatting import format_weekday, format_yearly
from wellserved.science.calendars import WorkingCalendar

PREVIEW_DAYS = 14
HOLIDAY_YEARS = 3
OFFICE_HOURS = {"tz": "Europe/London", "hours": {str(n): [["09:00", "17:30"]] for n in range(5)}, "holidays": []}


@require_GET
@needs(accounts_policies.READ_STANDARDS)
def calendar(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Show a calendar, its next two weeks and its versions."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    versions = queries.calendar_history(actor=actor, calendar_id=calendar_id)
    current = next((v for v in versions if v.effective_from <= now), versions[-1])
    context = {
        "current": current,
        "versions": versions,
        "calendar_id": calendar_id,
        "week": [(day, current.spec["hours"].get(str(n), [])) for n, day in enumerate(forms.WEEKDAYS)],
        "may_edit": actor.can(accounts_policies.EDIT_STANDARDS),
        "closed_days": [_say_day(day) for day in current.spec.get("holidays", ())],
        "extra_openings": [_say_day(day) for day in current.spec.get("openings", ())],
        "panels": _panels(actor, calendar_id),
        **preview(current.working, now=now, span=request.GET.get("span", ""), start=request.GET.get("start", "")),
    }
    return render(request, "standards/calendar.html", context)


def _say_day(day: str | Mapping[str, str]) -> dict[str, str]:
    """Return a closed day or an opening as a calendar holds it, in words.

    >>> _say_day("12-25")["says"], _say_day({"date": "2026-12-24", "from": "12:00", "to": "17:30"})["says"]
    ('25 Dec every year', 'Thu 24 Dec 2026')
    """
    entry = {"date": day} if isinstance(day, str) else day
    # A day of every year is written without one; the year of a leap takes 29 February.
    yearly = len(entry["date"]) == len("12-25")
    on = dt.date.fromisoformat(f"2000-{entry['date']}" if yearly else entry["date"])
    return {
        "says": format_yearly(on) if yearly else format_weekday(on),
        "hours": f"{entry['from']}\N{EN DASH}{entry['to']}" if "from" in entry else "",
        "name": entry.get("name", ""),
    }


def _panels(actor: Actor, calendar_id: int) -> tuple[Panel, ...]:
    return panels.for_record(actor=actor, kind="standards.calendar", record_id=calendar_id)


@require_http_methods(["GET", "POST"])
@needs(accounts_policies.EDIT_STANDARDS)
def calendar_edit(request: HttpRequest, calendar_id: int | None = None) -> HttpResponse:
    """Change a calendar: try it out, add holidays, and save it as a new version."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    initial = _initial(actor, calendar_id=calendar_id, now=now)
    form = forms.CalendarForm(request.POST or None, request.FILES or None, initial=initial)
    context: dict[str, Any] = {"calendar_id": calendar_id, "conflict": None}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            answer = _answer(request, actor, calendar_id=calendar_id, form=form, context=context, now=now)
            if answer is not None:
                return answer
            form = context.pop("form", form)
            status = 409 if context["conflict"] else 200 if not form.errors else 422
    context |= {"form": form, "form_errors": bool(form.errors)}
    context["panels"] = _panels(actor, calendar_id) if calendar_id else ()
    return render(request, "standards/calendar_edit.html", context, status=status)


def _initial(actor: Actor, *, calendar_id: int | None, now: dt.datetime) -> dict[str, Any]:
    if calendar_id is None:
        return forms.calendar_initial(name="", version=None, spec=OFFICE_HOURS)
    row = next((row for row in queries.calendars(actor=actor, now=now) if row.id == calendar_id), None)
    if row is None:
        queries.calendar_history(actor=actor, calendar_id=calendar_id)
        raise Invalid("This calendar cannot be changed here.", code="calendar")
    return forms.calendar_initial(name=row.name, version=row.version, spec=row.current.spec)


def _answer(
    request: HttpRequest,
    actor: Actor,
    *,
    calendar_id: int | None,
    form: forms.CalendarForm,
    context: dict[str, Any],
    now: dt.datetime,
) -> HttpResponse | None:
    """Save, or fill `context` with what the page should show instead."""
    facts = form.cleaned_data
    try:
        if request.POST.get("intent") == "holidays":
            context["form"] = _with_holidays(form, now=now)
            return None
        if request.POST.get("intent") == "preview":
            context |= preview(adapters.read_calendar(facts["spec"]), now=now, span=request.POST.get("span", ""))
            return None
        saved = actions.save_calendar(
            actor=actor,
            calendar_id=calendar_id,
            name=facts["name"],
            spec=facts["spec"],
            reason=facts["reason"],
            version=facts["version"],
            now=now,
        )
    except Conflict as conflict:
        context |= {"conflict": conflict, "saved_hours": say_hours(conflict.data["difference"]["spec"])}
        # Saving once more, having read what she saved, is meant.
        form.data = {**request.POST.dict(), "version": str(conflict.data["version"])}
        return None
    except Invalid as wrong:
        form.add_error(None, wrong.sentence)
        return None
    messages.success(request, f"Saved as version {saved.number}. Tickets already under way keep the version they have.")
    return redirect(reverse("standards:calendar", args=[saved.calendar_id]))


def _with_holidays(form: forms.CalendarForm, *, now: dt.datetime) -> forms.CalendarForm:
    """Return the form with public or pasted holidays written into its closed days."""
    facts = form.cleaned_data
    extra: list[dict[str, str]] = []
    if facts["country"]:
        country, part = forms.read_country(facts["country"])
        extra += adapters.public_holidays(
            country=country, subdivision=facts["part"] or part, first_year=now.year, last_year=now.year + HOLIDAY_YEARS
        )
    for text in (facts["ical"], forms.read_ical(facts["ics"])):
        extra += adapters.holidays_of_ical(text, tz=facts["spec"]["tz"]) if text.strip() else []
    if not extra:
        raise Invalid(
            "Choose a country, or give an iCalendar file with a day of the coming years, first.", code="no_holidays"
        )
    spec = adapters.with_holidays(facts["spec"], extra)
    written = {"holidays": forms.write_holidays(spec["holidays"]), "country": "", "part": "", "ical": ""}
    fresh = forms.CalendarForm({**form.data.dict(), **written})  # type: ignore[attr-defined]
    fresh.full_clean()
    return fresh


def preview(working: WorkingCalendar, *, now: dt.datetime, span: str, start: str = "") -> dict[str, Any]:
    """Return the next two weeks of opening hours, and when a promise begun now would fall due."""
    zone = zoneinfo.ZoneInfo(working.tz)
    first = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days: list[dict[str, Any]] = []
    for offset in range(PREVIEW_DAYS):
        opens = first + dt.timedelta(days=offset)
        windows = working.windows(opens, opens + dt.timedelta(days=1))
        days.append({"day": opens, "windows": [(a.astimezone(zone), b.astimezone(zone)) for a, b in windows]})
    asked = span.strip() or "8 h"
    try:
        seconds = forms.read_duration(asked)
    except ValidationError as wrong:
        raise Invalid(str(wrong.message), code="span") from wrong
    begun = forms.read_moment(start)
    at = begun.replace(tzinfo=begun.tzinfo or zone) if begun else now
    return {
        "preview_days": days,
        "preview_span": asked,
        "preview_start": at.astimezone(zone),
        "preview_due": working.deadline(at, seconds).astimezone(zone),
        "preview_zone": working.tz,
    }
