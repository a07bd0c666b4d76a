"""The register of complaints, and its export."""

import dataclasses
import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.forms import complaints as forms
from wellserved.apps.desk.queries import complaints as queries
from wellserved.apps.desk.types.complaints import (
    COMPLAINT_VIEWS,
    Cause,
    ComplaintFilters,
    Outcome,
    Stage,
)
from wellserved.apps.ledger.exports import csv_text
from wellserved.apps.standards.queries import law
from wellserved.platform import clock
from wellserved.platform.http.access import needs
from wellserved.platform.ui.formatting import format_percent, format_rate

EXPORTED = (
    "number", "subject", "complainant", "received_at", "stage_name", "pack", "handler", "outcome", "cause", "cost",
    "next_clock", "next_due_on", "closed_at",
)  # fmt: skip


@require_GET
@needs(accounts.READ_COMPLAINTS)
def register(request: HttpRequest) -> HttpResponse:
    """List the complaints, narrowed by the address."""
    actor, now = actor_of(request), clock.now()
    filters = forms.read_complaint_filters(request.GET)
    page = queries.complaints(actor=actor, filters=filters, cursor=request.GET.get("cursor"), now=now)
    chosen = _address(filters)
    context = {
        "page": page,
        "filters": filters,
        "verdict": say_figures(actor, now=now),
        "views": [
            {
                "label": label,
                "url": f"?{_address(dataclasses.replace(filters, view=view))}",
                "current": view == filters.view,
            }
            for view, label in COMPLAINT_VIEWS.items()
        ],
        "stages": Stage.choices,
        "outcomes": Outcome.choices,
        "causes": Cause.choices,
        "packs": law.packs(actor=actor, on=now.date()),
        "handlers": queries.handlers(actor=actor) if actor.can(accounts.WORK_COMPLAINTS) else (),
        "next_url": f"?{chosen}&{urlencode({'cursor': page.next_cursor})}" if page.next_cursor else "",
        "export_url": f"{reverse('desk:complaints_export')}?{chosen}",
        "now": now,
    }
    return render(request, "desk/complaints.html", context)


def _address(filters: ComplaintFilters) -> str:
    return urlencode({name: value for name, value in dataclasses.asdict(filters).items() if value not in ("", None)})


def say_figures(actor: Actor, *, now: dt.datetime) -> str:
    """Return what the register comes to, in one sentence."""
    found = queries.figures(actor=actor, now=now)
    if not found.open and not found.decided:
        return "No complaint is open. Any ticket becomes one from its conversation; the law's clock runs from there."
    open_words = f"{found.open:,} open, {found.due_week:,} due within seven days, {found.past_due:,} past due."
    if not found.decided:
        return f"{open_words} Nothing is decided yet."
    share = f"Upheld wholly or partly: {format_rate(found.upheld, found.decided)}"
    if found.low is not None and found.high is not None:
        share += f" (95\N{NO-BREAK SPACE}% interval {format_percent(found.low, 0)} to {format_percent(found.high, 0)})"
    return f"{open_words} {share}."


@require_GET
@needs(accounts.READ_COMPLAINTS)
def export(request: HttpRequest) -> HttpResponse:
    """Send the rows the address leaves as CSV."""
    rows = queries.export(actor=actor_of(request), filters=forms.read_complaint_filters(request.GET), now=clock.now())
    text = csv_text(EXPORTED, ([_cell(getattr(row, name)) for name in EXPORTED] for row in rows))
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="complaints.csv"'},
    )


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
