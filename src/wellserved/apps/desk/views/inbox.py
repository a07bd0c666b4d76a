"""The inbox: views, one list sorted by the shortest clock, and the chosen ticket beside it."""

import dataclasses
import datetime as dt
import itertools
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, wording
from wellserved.apps.desk.queries import competence
from wellserved.apps.desk.types import (
    BULK_MOST,
    COUNT_CAP,
    SORTS,
    VIEWS,
    Choices,
    InboxFilters,
    Kind,
    Priority,
    SavedView,
    TicketRow,
)
from wellserved.apps.desk.views import conversation
from wellserved.platform import clock
from wellserved.platform.http.access import needs

HOME_VIEW = "all_open"
COUNTED_VIEWS = 20
FILTER_LABELS = {
    "status": "Status",
    "kind": "Type",
    "queue": "Queue",
    "assignee": "Owner",
    "priority": "Priority",
    "tag": "Tag",
    "product": "Product",
    "place": "Place",
    "customer": "Customer",
    "q": "Search",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the list with its clock in words."""

    row: TicketRow
    due: wording.Countdown
    url: str


@require_GET
@needs(accounts_policies.READ_TICKETS)
def page(request: HttpRequest) -> HttpResponse:
    """Show one view, and beside it the ticket the address names."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    filters = forms.read_filters(request.GET, view="all_open")
    context = _list_context(actor, filters=filters, cursor=request.GET.get("cursor"), now=now)
    chosen = request.GET.get("c", "")
    if chosen.isascii() and chosen.isdigit():
        back = f"{reverse('desk:inbox')}?{forms.write_filters(filters)}"
        context |= conversation.read_context(request, number=int(chosen), now=now, back_url=back)
    context["chosen"] = int(chosen) if "ticket" in context else None
    return render(request, "desk/inbox.html", context)


def _list_context(actor: Actor, *, filters: InboxFilters, cursor: str | None, now: dt.datetime) -> dict[str, Any]:
    result = queries.inbox(actor=actor, filters=filters, cursor=cursor, now=now)
    choices = queries.choices(actor=actor)
    saved = queries.saved_views(actor=actor)
    query = forms.write_filters(filters)
    base = reverse("desk:inbox")
    shown = f"{result.total_hint:,}" if result.total_hint <= COUNT_CAP else f"{COUNT_CAP:,}+"
    return {
        "lines": [
            Line(
                row=row,
                due=wording.say_due(due_at=row.next_due_at, now=now),
                url=f"{base}?{query}&c={row.number}",
            )
            for row in result.rows
        ],
        "shown": shown,
        "filters": filters,
        "query": query,
        "view_name": VIEWS[filters.view],
        "view_groups": _view_groups(actor, filters=filters, saved=saved, now=now),
        "own_views": [view for view in saved if view.is_mine],
        "news_url": f"{reverse('desk:news')}?{query}&{urlencode({'since': now.isoformat()})}",
        "list_url": f"{base}?{query}",
        "all_label": _all_label(result.total_hint, shown=shown) if result.total_hint > len(result.rows) else "",
        "chips": _chips(filters, choices=choices),
        "clear_url": f"{base}?view={filters.view}",
        "next_url": f"{base}?{query}&cursor={result.next_cursor}" if result.next_cursor else "",
        "choices": choices,
        "kinds": Kind.choices,
        "priorities": Priority.choices,
        "sorts": SORTS,
        **_skills_asked(actor, filters=filters, now=now),
        "may_work": actor.can(accounts_policies.WORK_TICKETS),
        "may_assign": actor.can(accounts_policies.ASSIGN_TICKETS),
        "me": actor.user_id,
        "wording": wording,
        "now": now,
    }


def _skills_asked(actor: Actor, *, filters: InboxFilters, now: dt.datetime) -> dict[str, Any]:
    """Return whether queues ask for skills, and where the cover of the one shown has a gap today."""
    asked = competence.asked_by(actor=actor)
    shown = any(row.queue_id == filters.queue for row in asked)
    rows = competence.cover(actor=actor, on=clock.day_of(now)) if shown else ()
    gaps = [row for row in rows if row.missing and row.asked.queue_id == filters.queue]
    return {
        "asks_skills": bool(asked),
        "cover_gaps": [(row, wording.say_queue_cover(row)) for row in gaps],
        "may_read_people": actor.can(accounts_policies.READ_PEOPLE),
    }


def _all_label(total: int, *, shown: str) -> str:
    return f"All {shown} matching" if total <= BULK_MOST else f"The first {BULK_MOST} of {shown} matching"


def _view_groups(
    actor: Actor, *, filters: InboxFilters, saved: tuple[SavedView, ...], now: dt.datetime
) -> list[dict[str, Any]]:
    counts = queries.view_counts(actor=actor, now=now)
    base = reverse("desk:inbox")
    plain = forms.write_filters(filters) == forms.write_filters(InboxFilters(view=filters.view))
    groups: list[dict[str, Any]] = [
        {
            "label": "Views",
            "views": [
                {
                    "label": label,
                    "url": f"{base}?view={key}",
                    "current": plain and key == filters.view,
                    "count": counts.get(key),
                }
                for key, label in VIEWS.items()
            ],
        }
    ]
    if saved:
        asked = [forms.read_query(view.query) for view in saved[:COUNTED_VIEWS]]
        numbers = queries.counts_of(actor=actor, filters=asked, now=now)
        groups.append(
            {
                "label": "Saved views",
                "views": [
                    {
                        "label": view.name,
                        "url": f"{base}?{view.query}",
                        "current": view.query == forms.write_filters(filters),
                        "count": number,
                        "note": f"shared with {view.shared_with}" if view.shared_with else "",
                    }
                    for view, number in itertools.zip_longest(saved, numbers)
                ],
            }
        )
    return groups


def _chips(filters: InboxFilters, *, choices: Choices) -> list[dict[str, str]]:
    named = {
        "queue": choices.queues,
        "assignee": choices.assignees,
        "tag": choices.tags,
        "product": choices.products,
        "place": choices.places,
    }
    chips = []
    for name, label in FILTER_LABELS.items():
        value = getattr(filters, name)
        if value in ("", None):
            continue
        words = str(value)
        if name in named:
            words = next((c.name for c in named[name] if c.id == value), words)
        elif name == "status":
            words = wording.say_status(value)
        elif name == "kind":
            words = wording.say_kind(value)
        elif name == "priority" and value in Priority.values:
            words = wording.say_priority(value)
        removed = forms.write_filters(filters, **{name: None})
        chips.append({"label": f"{label}: {words}", "remove_url": f"{reverse('desk:inbox')}?{removed}"})
    return chips


@require_GET
@needs(accounts_policies.READ_TICKETS)
def news(request: HttpRequest) -> HttpResponse:
    """Answer how many tickets of a view are new since its list was drawn; the list itself stays under the pointer."""
    now = clock.now()
    filters = forms.read_filters(request.GET, view=HOME_VIEW)
    since = forms.read_since(request.GET.get("since", ""))
    count = queries.news(actor=request.actor, filters=filters, since=since, now=now) if since else 0  # type: ignore[attr-defined]
    return render(
        request,
        "desk/_news.html",
        {"news_url": request.get_full_path(), "count": count, "list_url": _list_url(filters)},
    )


def _list_url(filters: InboxFilters) -> str:
    return f"{reverse('desk:inbox')}?{forms.write_filters(filters)}"


@require_POST
@needs(accounts_policies.READ_TICKETS)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters in force under a name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    filters = forms.read_filters(request.POST, view="all_open")
    query = forms.write_filters(filters)
    actions.save_view(
        actor=actor,
        name=request.POST.get("name", "").strip(),
        query=query,
        **forms.read_share(request.POST.get("share", "")),
    )
    messages.success(request, "View saved.")
    return redirect(f"{reverse('desk:inbox')}?{query}")


@require_POST
@needs(accounts_policies.READ_TICKETS)
def forget_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a saved view of one's own."""
    actions.remove_view(actor=request.actor, view_id=view_id)  # type: ignore[attr-defined]
    messages.success(request, "View removed.")
    return redirect("desk:inbox")
