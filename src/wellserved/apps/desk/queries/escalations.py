"""What the clocks have told people, and what they will tell next."""

from django.db.models import QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Escalation
from wellserved.apps.desk.queries import scope
from wellserved.platform.paging import Keyset

_NEWEST = Keyset("-fired_at", "-id")


def escalations(
    *, actor: Actor, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.EscalationRow, ...], str | None]:
    """Return one page of what was fired on tickets the actor may see, newest first, and the next cursor. One query."""
    rows = _of(actor).filter(fired_at__isnull=False)
    page = _NEWEST.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row) for row in page.rows), page.next_cursor


def ticket_escalations(*, actor: Actor, ticket_id: int) -> tuple[types.EscalationRow, ...]:
    """Return what was fired on one ticket and what is planned, in order of time. One query."""
    return tuple(_row(row) for row in _of(actor).filter(ticket=ticket_id).order_by("due_at", "level", "pk"))


def _of(actor: Actor) -> QuerySet[Escalation]:
    return Escalation.objects.filter(ticket__in=scope.visible_tickets(actor=actor)).select_related("ticket")


def _row(row: Escalation) -> types.EscalationRow:
    return types.EscalationRow(
        id=row.pk,
        ticket_number=row.ticket.number,
        metric=row.metric,
        cycle=row.cycle,
        level=row.level,
        kind=_kind(row.level),
        due_at=row.due_at,
        fired_at=row.fired_at,
        told=tuple(row.told),
        seen_at=row.seen_at,
    )


def _kind(level: int) -> str:
    if level == Escalation.BREACH:
        return "breach"
    return "warning" if level >= Escalation.FIRST_WARNING else "escalation"
