"""Customers, and what they have asked for."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Customer, Promise
from wellserved.apps.desk.queries import lists, scope, segments
from wellserved.apps.standards.types.offer import Rule
from wellserved.platform.errors import NotFound
from wellserved.platform.paging import Keyset

LATEST = 20
_BY_NAME = Keyset("name", "id")


def customers(
    *, actor: Actor, q: str = "", rule: Rule | None = None, cursor: str | None = None, limit: int = 50
) -> types.CustomerPage:
    """Return customers by name, those whose name or address begins with `q`, those of a segment. Two queries."""
    rows = scope.visible_customers(actor=actor)
    if rule is not None:
        rows = rows.filter(segments.belonging(rule))
    if q := q.strip():
        others = Customer.objects.filter(merged_into__isnull=False, email__istartswith=q).values("merged_into")
        words = Q(name__istartswith=q) | Q(name__icontains=f" {q}") | Q(email__istartswith=q)
        rows = rows.filter(words | Q(pk__in=others))
    page = _BY_NAME.page(rows.select_related("organisation"), cursor=cursor, limit=limit)
    counts = _open_counts(actor, [row.pk for row in page.rows])
    return types.CustomerPage(
        rows=tuple(_row(row, counts.get(row.pk, 0)) for row in page.rows),
        next_cursor=page.next_cursor,
    )


def _open_counts(actor: Actor, customer_ids: list[int]) -> dict[int, int]:
    rows = scope.visible_tickets(actor=actor).filter(customer__in=customer_ids, act_by__isnull=False).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def _row(row: Customer, open_tickets: int) -> types.CustomerRow:
    return types.CustomerRow(
        id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        organisation=row.organisation.name if row.organisation else "",
        is_internal=row.is_internal,
        open_tickets=open_tickets,
    )


def customer(*, actor: Actor, customer_id: int, now: dt.datetime) -> types.CustomerDetail:
    """Return a customer with the latest of her tickets the actor may see. Five queries."""
    row = scope.visible_customers(actor=actor).select_related("organisation").filter(pk=customer_id).first()
    if row is None:
        raise NotFound("There is no such customer.", code="customer_not_found")
    tickets = scope.visible_tickets(actor=actor).filter(customer=row)
    counts: dict[str, Any] = tickets.aggregate(total=Count("pk"), open=Count("pk", filter=Q(act_by__isnull=False)))
    latest = lists.with_names(tickets.order_by("-opened_at", "-pk"))[:LATEST]
    promised = Promise.objects.filter(ticket__in=tickets, state=Promise.State.OPEN)
    return types.CustomerDetail(
        id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name if row.organisation else "",
        is_internal=row.is_internal,
        sees_organisation=row.sees_organisation,
        time_zone=row.time_zone,
        language=row.language,
        preferred_channel=row.preferred_channel,
        needs=row.needs,
        note=row.note,
        created_at=row.created_at,
        version=row.version,
        origin=row.origin,
        open_tickets=counts["open"],
        total_tickets=counts["total"],
        tickets=tuple(lists.ticket_row(ticket, now=now) for ticket in latest),
        promises=promise_rows(promised, now=now),
    )


def promises(*, actor: Actor, now: dt.datetime, limit: int = 100) -> tuple[types.PromiseRow, ...]:
    """Return the open commitments of tickets the actor may see, soonest first. One query."""
    rows = scope.of_visible_tickets(Promise.objects.filter(state=Promise.State.OPEN), actor=actor)
    return promise_rows(rows, now=now)[:limit]


def promise_rows(rows: QuerySet[Promise], *, now: dt.datetime) -> tuple[types.PromiseRow, ...]:
    """Return commitments as screens show them, soonest first."""
    return tuple(
        types.PromiseRow(
            id=row.pk,
            ticket_id=row.ticket_id,
            ticket_number=row.ticket.number,
            text=row.text,
            due_at=row.due_at,
            made_by=row.made_by.name if row.made_by else "",
            made_at=row.made_at,
            settled_at=row.settled_at,
            state=row.state,
            is_overdue=row.state == Promise.State.OPEN and row.due_at < now,
            made_to=row.made_to,
            to_name=row.to_name,
            cause=row.cause,
            cause_note=row.cause_note,
        )
        for row in rows.select_related("ticket", "made_by").order_by("due_at", "pk")[:200]
    )
