"""The register of guidelines."""

import dataclasses
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk
from wellserved.apps.desk.forms import knowledge as forms
from wellserved.apps.desk.queries import knowledge as queries
from wellserved.apps.desk.types import Kind
from wellserved.apps.desk.types.knowledge import (
    EDITORS_VIEWS,
    GUIDELINE_VIEWS,
    GuidelineFigures,
    GuidelineFilters,
    GuidelineKind,
)
from wellserved.platform import clock
from wellserved.platform.http.access import needs


@require_GET
@needs(accounts.READ_KNOWLEDGE)
def page(request: HttpRequest) -> HttpResponse:
    """List the guidelines, narrowed by the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.now().date()
    filters = forms.read_guideline_filters(request.GET)
    found = queries.guidelines(actor=actor, filters=filters, on=today, cursor=request.GET.get("cursor"))
    figures = queries.figures(actor=actor, on=today)
    may_edit = actor.can(accounts.EDIT_KNOWLEDGE)
    choices = desk.choices(actor=actor)
    context = {
        "page": found,
        "filters": filters,
        "verdict": say_figures(figures, may_edit=may_edit),
        "views": [
            {
                "label": label,
                "url": f"?{_address(dataclasses.replace(filters, view=view))}",
                "current": view == filters.view,
            }
            for view, label in GUIDELINE_VIEWS.items()
            if may_edit or view not in EDITORS_VIEWS
        ],
        "kinds": GuidelineKind.choices,
        "ticket_kinds": Kind.choices,
        "choices": choices,
        "tag_options": [(tag.name, tag.name) for tag in choices.tags],
        "may_edit": may_edit,
        "next_url": f"?{_address(filters)}&{urlencode({'cursor': found.next_cursor})}" if found.next_cursor else "",
    }
    return render(request, "desk/guidelines.html", context)


def say_figures(figures: GuidelineFigures, *, may_edit: bool) -> str:
    """Return what the register comes to for this person, in one sentence.

    >>> say_figures(GuidelineFigures(in_force=12, review_due=1, drafts=2, unread=0), may_edit=True)
    '12 in force, 1 due for review, 2 being written. You have read all that concerns you.'
    """
    if not figures.in_force and not figures.drafts:
        return "Nothing is in force yet. A guideline stands beside every reply it applies to as soon as it is approved."
    words = f"{figures.in_force:,} in force"
    if may_edit:
        words += f", {figures.review_due:,} due for review, {figures.drafts:,} being written"
    mine = f"{figures.unread:,} for you to read." if figures.unread else "You have read all that concerns you."
    return f"{words}. {mine}"


def _address(filters: GuidelineFilters) -> str:
    return urlencode({name: value for name, value in dataclasses.asdict(filters).items() if value not in ("", None)})
