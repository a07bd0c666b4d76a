"""The register of complaints: its verdict, its pages, its export."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Complaint
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.complaints import (
    Cause,
    ComplaintFigures,
    ComplaintFilters,
    ComplaintPage,
    ComplaintRow,
    Outcome,
    Stage,
)
from wellserved.platform.paging import Keyset
from wellserved.science.statistics import wilson

JOINED = ("ticket", "handler", "pack__pack")
MOST_EXPORTED = 20_000
WEEK = dt.timedelta(days=7)
_NEWEST = Keyset("-received_at", "-id")


def complaints(
    *, actor: Actor, filters: ComplaintFilters, now: dt.datetime, cursor: str | None = None, limit: int = 50
) -> ComplaintPage:
    """Return one page of the register, the latest received first. One query."""
    rows = _filtered(actor, filters, now).select_related(*JOINED)
    page = _NEWEST.page(rows, cursor=cursor, limit=limit)
    return ComplaintPage(rows=tuple(as_row(row, now=now) for row in page.rows), next_cursor=page.next_cursor)


def export(*, actor: Actor, filters: ComplaintFilters, now: dt.datetime) -> Iterator[ComplaintRow]:
    """Yield the rows the filters leave, the latest received first. One query."""
    rows = _filtered(actor, filters, now).select_related(*JOINED).order_by("-received_at", "-pk")[:MOST_EXPORTED]
    for row in rows.iterator(chunk_size=500):
        yield as_row(row, now=now)


def figures(*, actor: Actor, now: dt.datetime) -> ComplaintFigures:
    """Return what is open, due and past due, and how many of those decided were upheld. One query."""
    is_open, upheld = Q(closed_at=None), Q(outcome__in=[Outcome.UPHELD, Outcome.PARTLY])
    counts = (
        scope.visible_complaints(actor=actor)
        .order_by()
        .aggregate(
            open=Count("pk", filter=is_open),
            past_due=Count("pk", filter=is_open & Q(next_due_at__lte=now)),
            due_week=Count("pk", filter=is_open & Q(next_due_at__gt=now, next_due_at__lte=now + WEEK)),
            decided=Count("pk", filter=~Q(outcome="")),
            upheld=Count("pk", filter=upheld),
        )
    )
    found = wilson(counts["upheld"], counts["decided"]) if counts["decided"] else None
    return ComplaintFigures(**counts, low=found.low if found else None, high=found.high if found else None)


def _filtered(actor: Actor, filters: ComplaintFilters, now: dt.datetime) -> QuerySet[Complaint]:
    rows = scope.visible_complaints(actor=actor).filter(_view(filters.view, actor, now))
    if filters.stage in Stage.values:
        rows = rows.filter(stage=filters.stage)
    if filters.outcome in Outcome.values:
        rows = rows.filter(outcome=filters.outcome)
    if filters.cause in Cause.values:
        rows = rows.filter(cause=filters.cause)
    if filters.handler is not None:
        rows = rows.filter(handler=filters.handler)
    if filters.pack is not None:
        rows = rows.filter(pack__pack=filters.pack)
    if filters.q:
        words = filters.q.removeprefix("#")
        number = Q(ticket__number=int(words)) if words.isascii() and words.isdigit() and len(words) < 16 else Q()
        rows = rows.filter(Q(complainant__icontains=words) | Q(summary__icontains=words) | number)
    return rows


def _view(view: str, actor: Actor, now: dt.datetime) -> Q:
    is_open = Q(closed_at=None)
    return {
        "all": Q(),
        "closed": ~is_open,
        "past_due": is_open & Q(next_due_at__lte=now),
        "due_week": is_open & Q(next_due_at__gt=now, next_due_at__lte=now + WEEK),
        "mine": is_open & (Q(handler=actor.user_id) | Q(reviewer=actor.user_id)),
    }.get(view, is_open)


def as_row(row: Complaint, *, now: dt.datetime) -> ComplaintRow:
    """Return the row as other layers may know it; for this app alone."""
    return ComplaintRow(
        id=row.pk,
        number=row.ticket.number,
        subject=row.ticket.subject,
        complainant=row.complainant,
        received_at=row.received_at,
        stage=row.stage,
        stage_name=str(Stage(row.stage).label),
        pack=row.pack.pack.title,
        handler=row.handler.name if row.handler else "",
        outcome=row.outcome,
        cause=row.cause,
        cost=row.cost,
        next_due_on=row.next_due_on,
        next_due_at=row.next_due_at,
        next_clock=row.next_clock,
        is_past_due=row.closed_at is None and row.next_due_at is not None and row.next_due_at <= now,
        is_restricted=row.is_restricted,
        closed_at=row.closed_at,
    )


def causes(*, actor: Actor) -> tuple[tuple[str, int], ...]:
    """Return how many complaints each cause let happen, the commonest first. One query."""
    rows = scope.visible_complaints(actor=actor).exclude(cause="").order_by()
    counted = rows.values("cause").annotate(n=Count("pk")).order_by(F("n").desc(), "cause")
    return tuple((str(Cause(row["cause"]).label), row["n"]) for row in counted)
