"""Fire what has come due: each warning, breach and step of a ladder once, also after a time of standing still.

What comes due falls inside the hours its clock counts in. When it is fired late, after an outage, those hours may be
over: nobody is told at night what can wait for the morning, so it is held until the calendar opens. The breach itself
tells nobody and is recorded at once.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Person, Role
from wellserved.apps.desk import events
from wellserved.apps.desk.models import Escalation
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform import outbox
from wellserved.platform.events import Event
from wellserved.platform.origin import World

BATCH = 200
# So much after its time it still counts as told in time, also when that time is the last minute of the day.
PROMPT = dt.timedelta(minutes=15)


def fire_due(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Fire up to `limit` of what has come due by `now`, earliest first, and return how many were fired.

    Each row is its own short transaction, so that nobody waits; call again while the answer equals `limit`. Sample and
    imported tickets plan nothing and so announce nothing. What is held for the hours of its calendar is not counted.
    """
    waiting = Q(held_until=None) | Q(held_until__lte=now)
    due = Escalation.objects.filter(waiting, fired_at=None, due_at__lte=now).order_by("due_at", "level", "pk")
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
    if opens_at := _held_until(row, now):
        row.held_until = opens_at
        row.save(update_fields=["held_until"])
        return False
    row.fired_at = now
    row.told = _told(row, staff)
    row.save(update_fields=["fired_at", "told"])
    if row.how == "mail":
        _mail(row, staff, now)
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


def _held_until(row: Escalation, now: dt.datetime) -> dt.datetime | None:
    """Return when the hours begin in which somebody may be told, or None when that is now."""
    if row.level == Escalation.BREACH or now - row.due_at <= PROMPT:
        return None
    clock = row.ticket.clocks.filter(metric=row.metric, cycle=row.cycle).first()
    if clock is None:
        return None
    opens_at = standards.opens_at(clock.calendar, at=now)
    return opens_at if opens_at and opens_at > now else None


def _mail(row: Escalation, staff: tuple[Person, ...], now: dt.datetime) -> None:
    """Queue a mail to each of those told; it names the ticket and leaves what customers wrote where it is."""
    number, metric = row.ticket.number, METRIC_LABELS[row.metric].lower()
    for person in staff:
        if person.id in row.told:
            outbox.queue(
                channel="email",
                recipient=person.email,
                subject=f"Ticket #{number}: {metric} needs you",
                body=(
                    f"Escalation level {row.level} of ticket #{number} has been reached: {metric}.\n\n"
                    f"{settings.SITE_URL}/c/{number}\n"
                ),
                now=now,
                about=("desk.escalation", row.pk),
            )


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
