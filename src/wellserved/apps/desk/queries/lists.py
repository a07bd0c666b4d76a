"""The list of tickets: one index walks open work in order of urgency, whatever the filters."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import search, types
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform.errors import Invalid
from wellserved.platform.paging import Keyset

SOON = dt.timedelta(minutes=60)
_OVER = (types.Status.RESOLVED.value, types.Status.CLOSED.value)
ORDERS = {
    "due": Keyset("act_by", "id"),
    "newest": Keyset("-opened_at", "-id"),
    "oldest": Keyset("opened_at", "id"),
    "resolved": Keyset("-resolved_at", "-id"),
}


def inbox(
    *,
    actor: Actor,
    filters: types.InboxFilters,
    cursor: str | None = None,
    limit: int = 50,
    now: dt.datetime,
) -> types.Page:
    """Return one page of tickets, most pressing first unless asked otherwise. At most four queries."""
    rows = filtered(actor=actor, filters=filters, now=now)
    order = ORDERS[_sort_of(filters)]
    total = rows.order_by()[: types.COUNT_CAP + 1].count()
    page = order.page(with_names(rows), cursor=cursor, limit=limit)
    return types.Page(
        rows=tuple(ticket_row(row, now=now) for row in page.rows), next_cursor=page.next_cursor, total_hint=total
    )


def with_names(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Load what a row of a list shows: two queries however many rows."""
    return (
        rows.select_related("customer__organisation", "queue", "assignee").prefetch_related("tags").defer("attributes")
    )


def _sort_of(filters: types.InboxFilters) -> str:
    if filters.sort and filters.sort not in types.SORTS:
        raise Invalid(f"Sort by one of {', '.join(types.SORTS)}.", code="unknown_sort")
    is_over = filters.view == "resolved" or filters.status in _OVER
    if is_over and filters.sort in {"", "due"}:
        return "resolved"
    return filters.sort or "due"


def filtered(*, actor: Actor, filters: types.InboxFilters, now: dt.datetime) -> QuerySet[Ticket]:
    """Return the tickets the actor may see that pass the filters."""
    if filters.view not in types.VIEWS:
        raise Invalid(f"There is no view called {filters.view}; use one of {', '.join(types.VIEWS)}.", code="view")
    rows = scope.visible_tickets(actor=actor)
    if not (filters.view == "all_open" and filters.status in _OVER):
        rows = rows.filter(view_filter(filters.view, actor=actor, now=now))
    exact: dict[str, Any] = {
        "status": filters.status,
        "queue": filters.queue,
        "assignee": filters.assignee,
        "priority": filters.priority,
        "kind": filters.kind,
        "tags": filters.tag,
        "product": filters.product,
        "place": filters.place,
        "customer": filters.customer,
    }
    rows = rows.filter(**{field: value for field, value in exact.items() if value not in {None, ""}})
    return search.matching(rows, filters.q) if filters.q.strip() else rows


def view_filter(view: str, *, actor: Actor, now: dt.datetime) -> Q:
    """Return what a view keeps."""
    is_open = Q(act_by__isnull=False)
    return {
        "my_open": is_open & Q(assignee=actor.user_id) & Q(assignee__isnull=False),
        "unassigned": is_open & Q(assignee=None),
        "due_soon": Q(act_by__gt=now, act_by__lte=now + SOON),
        "overdue": Q(act_by__lte=now),
        "waiting_customer": is_open & Q(status=types.Status.WAITING_CUSTOMER),
        "complaints": is_open & Q(kind=types.Kind.COMPLAINT),
        "all_open": is_open,
        "resolved": Q(resolved_at__isnull=False),
    }[view]


def view_counts(*, actor: Actor, now: dt.datetime) -> dict[str, int]:
    """Return how many tickets each view of open work holds, COUNT_CAP + 1 standing for more. Seven queries."""
    rows = scope.visible_tickets(actor=actor).order_by()
    return {
        view: rows.filter(view_filter(view, actor=actor, now=now))[: types.COUNT_CAP + 1].count()
        for view in types.VIEWS
        if view != "resolved"
    }


def ticket_row(row: Ticket, *, now: dt.datetime) -> types.TicketRow:
    """Return a ticket as a list shows it; its names and tags are loaded."""
    organisation = row.customer.organisation
    return types.TicketRow(
        id=row.pk,
        number=row.number,
        subject=row.subject,
        kind=row.kind,
        status=row.status,
        priority=row.priority,
        channel=row.channel,
        customer_id=row.customer_id,
        customer=row.customer.name,
        organisation=organisation.name if organisation else "",
        queue_id=row.queue_id,
        queue=row.queue.name,
        assignee_id=row.assignee_id,
        assignee=row.assignee.name if row.assignee else "",
        opened_at=row.opened_at,
        last_message_at=row.last_message_at,
        last_message_kind=row.last_message_kind,
        preview=row.preview,
        next_due_at=row.next_due_at,
        next_metric=row.next_metric,
        next_label=METRIC_LABELS.get(row.next_metric, ""),
        is_overdue=row.next_due_at is not None and row.next_due_at < now,
        has_breached=row.breached_at is not None or (row.next_due_at is not None and row.next_due_at < now),
        tags=tuple(sorted(tag.name for tag in row.tags.all())),
        version=row.version,
        origin=row.origin,
    )
