"""The inbox: views, one list sorted by the shortest clock, and the chosen issue beside it."""

import dataclasses
import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions, forms, queries, wording
from wellserved.apps.desk.types import (
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
from wellserved.platform.errors import Invalid, ServiceError
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number

HOME_VIEW = "all_open"
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
    """Show one view, and beside it the issue the address names."""
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
        "chips": _chips(filters, choices=choices),
        "clear_url": f"{base}?view={filters.view}",
        "next_url": f"{base}?{query}&cursor={result.next_cursor}" if result.next_cursor else "",
        "choices": choices,
        "kinds": Kind.choices,
        "priorities": Priority.choices,
        "sorts": SORTS,
        "may_work": actor.can(accounts_policies.WORK_TICKETS),
        "may_assign": actor.can(accounts_policies.ASSIGN_TICKETS),
        "me": actor.user_id,
        "wording": wording,
        "now": now,
    }


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
        groups.append(
            {
                "label": "Saved views",
                "views": [
                    {
                        "label": view.name,
                        "url": f"{base}?{view.query}",
                        "current": view.query == forms.write_filters(filters),
                    }
                    for view in saved
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


@require_POST
@needs(accounts_policies.WORK_TICKETS)
def change_many(request: HttpRequest) -> HttpResponse:
    """Assign or move the chosen issues one by one; what is refused is told, what went through stays."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    chosen = [pair.partition(":") for pair in request.POST.getlist("selected")[:200]]
    if not chosen:
        messages.warning(request, "Choose at least one issue first.")
    done, refused = 0, []
    for ticket_id, _, version in chosen:
        number, seen = read_number(ticket_id), read_number(version)
        if number is None or seen is None:
            raise Invalid("The list of chosen issues cannot be read. Choose them again.", code="bulk_selection")
        try:
            _change_one(request, actor, ticket_id=number, version=seen, now=now)
            done += 1
        except ServiceError as error:
            refused.append(error.sentence)
    if done:
        messages.success(request, f"{done} {'issue' if done == 1 else 'issues'} changed.")
    for sentence in dict.fromkeys(refused):
        messages.warning(request, f"{refused.count(sentence)} not changed: {sentence}")
    return redirect(conversation.safe_return(request, fallback=reverse("desk:inbox")))


def _change_one(request: HttpRequest, actor: Actor, *, ticket_id: int, version: int, now: dt.datetime) -> None:
    move = request.POST.get("move", "")
    if move:
        actions.move(actor=actor, ticket_id=ticket_id, move=move, reason="", version=version, now=now)
        return
    assignee = forms.read_assignee(request.POST.get("assignee", ""), me=actor.user_id)
    actions.assign(actor=actor, ticket_id=ticket_id, assignee_id=assignee, version=version, now=now)


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
        is_shared=bool(request.POST.get("is_shared")),
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
