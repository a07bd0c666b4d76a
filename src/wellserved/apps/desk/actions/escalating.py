"""Fire what has come due: each warning, breach and step of a ladder once, also after a time of standing still."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Person, Role
from wellserved.apps.desk import events
from wellserved.apps.desk.models import Escalation
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.events import Event
from wellserved.platform.origin import World

BATCH = 200


def fire_due(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Fire up to `limit` of what has come due by `now`, earliest first, and return how many were fired.

    Each row is its own short transaction, so that nobody waits; call again while the answer equals `limit`. Sample and
    imported tickets plan nothing and so announce nothing.
    """
    due = Escalation.objects.filter(fired_at=None, due_at__lte=now).order_by("due_at", "level", "pk")
    ids = list(due.values_list("pk", flat=True)[:limit])
    staff = accounts.staff(actor=accounts.system_actor(world=World.REAL)) if ids else ()
    return sum(_fire(escalation_id, staff, now) for escalation_id in ids)


@transaction.atomic
def _fire(escalation_id: int, staff: tuple[Person, ...], now: dt.datetime) -> bool:
    row = (
        Escalation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("ticket__queue")
        .filter(pk=escalation_id, fired_at=None)
        .first()
    )
    # Whoever answered meanwhile has planned it away; whoever fired it was quicker.
    if row is None:
        return False
    row.fired_at = now
    row.told = _told(row, staff)
    row.save(update_fields=["fired_at", "told"])
    ledger.record(
        actor=accounts.system_actor(world=World.REAL),
        action="desk.clock_breached" if row.level == Escalation.BREACH else "desk.escalation_fired",
        subject=("desk.ticket", row.ticket_id),
        now=now,
        occurred_at=row.due_at,
        changes={"due_at": (None, row.due_at.isoformat()), "level": (None, row.level)},
        event=_event(row),
    )
    return True


def _event(row: Escalation) -> Event:
    due_at = row.due_at.isoformat()
    if row.level == Escalation.BREACH:
        return events.ClockBreached(ticket_id=row.ticket_id, metric=row.metric, cycle=row.cycle, due_at=due_at)
    return events.EscalationFired(
        ticket_id=row.ticket_id,
        escalation_id=row.pk,
        metric=row.metric,
        cycle=row.cycle,
        level=row.level,
        due_at=due_at,
        told=tuple(row.told),
    )


def _told(row: Escalation, staff: tuple[Person, ...]) -> list[int]:
    if row.level == Escalation.BREACH:
        return []
    if row.tell == "assignee" and row.ticket.assignee_id:
        return [row.ticket.assignee_id]
    # Nobody has the ticket: its team leader is told instead.
    role = Role.TEAM_LEADER.value if row.tell == "assignee" else row.tell
    team_id = row.ticket.queue.team_id
    told = [p.id for p in staff if p.role == role and (role != Role.TEAM_LEADER or team_id in p.team_ids)]
    return told or [p.id for p in staff if p.role == Role.MANAGER]


@transaction.atomic
def see_escalations(*, user_id: int, ticket_id: int, now: dt.datetime) -> int:
    """Mark what was fired for somebody on a ticket as seen by her."""
    rows = [
        row
        for row in Escalation.objects.filter(ticket=ticket_id, fired_at__isnull=False, seen_at=None)
        if user_id in row.told
    ]
    for row in rows:
        row.seen_at = now
    Escalation.objects.bulk_update(rows, ["seen_at"])
    return len(rows)
