"""The list of tickets: one index walks open work in order of urgency, whatever the filters."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Subquery

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters, search, types
from wellserved.apps.desk.models import Collaborator, Ticket, View
from wellserved.apps.desk.queries import risks, scope
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform.errors import Invalid
from wellserved.platform.paging import Keyset

SOON = dt.timedelta(minutes=60)
NEWS_CAP = 99
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
    """Return one page of tickets, most pressing first unless asked otherwise.

    At most four queries, and three more for the reasons why tickets are at risk.
    """
    rows = filtered(actor=actor, filters=filters, now=now)
    order = ORDERS[_sort_of(filters)]
    total = rows.order_by()[: types.COUNT_CAP + 1].count()
    page = order.page(with_names(rows), cursor=cursor, limit=limit)
    shown = tuple(ticket_row(row, now=now) for row in page.rows)
    if filters.view == "at_risk":
        shown = risks.with_reasons(shown, now=now)
    return types.Page(rows=shown, next_cursor=page.next_cursor, total_hint=total)


def matching(*, actor: Actor, filters: types.InboxFilters, now: dt.datetime) -> tuple[types.Matched, ...]:
    """Return the first BULK_MOST tickets a filter names, in the order of the list. One query."""
    rows = filtered(actor=actor, filters=filters, now=now).only("id", "version", "number", "subject")
    found = ORDERS[_sort_of(filters)].page(rows, cursor=None, limit=types.BULK_MOST).rows
    return tuple(types.Matched(id=row.pk, version=row.version, number=row.number, subject=row.subject) for row in found)


def named(*, actor: Actor, ticket_ids: Iterable[int]) -> dict[int, types.Matched]:
    """Return those of the tickets the actor may see, by id. One query."""
    rows = scope.visible_tickets(actor=actor).filter(pk__in=list(ticket_ids)[: types.BULK_MOST])
    return {
        pk: types.Matched(id=pk, version=version, number=number, subject=subject)
        for pk, version, number, subject in rows.values_list("pk", "version", "number", "subject")
    }


def news(*, actor: Actor, filters: types.InboxFilters, since: dt.datetime, now: dt.datetime) -> int:
    """Return how many tickets of a view were opened, or written to by their customer, after `since`. One query.

    NEWS_CAP + 1 stands for more.
    """
    by_customer = Q(last_message_at__gt=since, last_message_kind=types.MessageKind.CUSTOMER)
    rows = filtered(actor=actor, filters=filters, now=now).filter(Q(opened_at__gt=since) | by_customer)
    return rows.order_by()[: NEWS_CAP + 1].count()


class _CountOf(Subquery):
    """How many rows another query finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts_of(*, actor: Actor, filters: Sequence[types.InboxFilters], now: dt.datetime) -> tuple[int, ...]:
    """Return how many tickets each filter names, COUNT_CAP + 1 standing for more. One query, however many filters."""
    if not filters:
        return ()
    counted = {
        f"count_{place}": _CountOf(
            filtered(actor=actor, filters=one, now=now).order_by().values("pk")[: types.COUNT_CAP + 1]
        )
        for place, one in enumerate(filters)
    }
    # Any row will do to ask from: the filters are those of saved views, so there is at least one of these.
    row = View.objects.order_by().annotate(**counted).values_list(*counted)[:1]
    return tuple(row[0]) if row else (0,) * len(filters)


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
    helping = Collaborator.objects.filter(user=actor.user_id or 0, done_at=None)
    return {
        "my_open": is_open & Q(assignee=actor.user_id) & Q(assignee__isnull=False),
        "helping": is_open & Q(pk__in=helping.values("ticket")),
        "unassigned": is_open & Q(assignee=None),
        "due_soon": Q(act_by__gt=now, act_by__lte=now + SOON),
        "at_risk": Q(at_risk_from__lte=now, act_by__gt=now),
        "overdue": Q(act_by__lte=now),
        "waiting_customer": is_open & Q(status=types.Status.WAITING_CUSTOMER),
        "complaints": is_open & Q(kind=types.Kind.COMPLAINT),
        "all_open": is_open,
        "resolved": Q(resolved_at__isnull=False),
    }[view]


def view_counts(*, actor: Actor, now: dt.datetime) -> dict[str, int]:
    """Return how many tickets each view of open work holds, COUNT_CAP + 1 standing for more. Nine queries."""
    return {view: view_count(view, actor=actor, now=now) for view in types.VIEWS if view != "resolved"}


def view_count(view: str, *, actor: Actor, now: dt.datetime) -> int:
    """Return how many tickets one view holds, COUNT_CAP + 1 standing for more. One query."""
    rows = scope.visible_tickets(actor=actor).order_by().filter(view_filter(view, actor=actor, now=now))
    return rows[: types.COUNT_CAP + 1].count()


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
        preview=adapters.hide_links(row.preview),
        next_due_at=row.next_due_at,
        next_metric=row.next_metric,
        next_label=METRIC_LABELS.get(row.next_metric, ""),
        is_overdue=row.next_due_at is not None and row.next_due_at < now,
        has_breached=row.breached_at is not None or (row.next_due_at is not None and row.next_due_at < now),
        tags=tuple(sorted(tag.name for tag in row.tags.all())),
        version=row.version,
        origin=row.origin,
    )
