"""Tell, once each, that a clock of the law runs out or has: also after a time of standing still."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Person, Role
from wellserved.apps.desk.events.complaints import ComplaintAlerted
from wellserved.apps.desk.models import ComplaintAlert, ComplaintClock
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.origin import Origin, World

BATCH = 200
_Level = ComplaintAlert.Level


def fire_alerts(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Tell up to `limit` of what has come due by `now` and return how many were told.

    Complaints of the sample and of imports tell nobody anything.
    """
    rows = (
        ComplaintClock.objects.select_related("complaint__ticket__queue")
        .filter(
            complaint__origin=Origin.LIVE,
            complaint__closed_at=None,
            stopped_on=None,
            is_route=False,
            warn_at__lte=now,
        )
        .order_by("due_at", "pk")
    )
    told = {
        (alert.complaint_id, alert.clock, alert.level)
        for alert in ComplaintAlert.objects.filter(complaint__closed_at=None, complaint__origin=Origin.LIVE)
    }
    due = [
        (row, level, at)
        for row in rows
        for level, at in _levels(row)
        if at <= now and (row.complaint_id, row.key, level) not in told
    ][:limit]
    staff = accounts.staff(actor=accounts.system_actor(world=World.REAL)) if due else ()
    return sum(_fire(row, level, at, staff, now) for row, level, at in due)


def _levels(row: ComplaintClock) -> list[tuple[int, dt.datetime]]:
    moments = ((_Level.THREE_QUARTERS, row.warn_at), (_Level.TWO_DAYS, row.last_call_at), (_Level.PASSED, row.due_at))
    return [(level.value, at) for level, at in moments if at is not None]


@transaction.atomic
def _fire(row: ComplaintClock, level: int, at: dt.datetime, staff: tuple[Person, ...], now: dt.datetime) -> bool:
    tell = _told(row, level, staff)
    _, is_new = ComplaintAlert.objects.get_or_create(
        complaint=row.complaint,
        clock=row.key,
        level=level,
        defaults={"due_at": at, "fired_at": now, "told": tell},
    )
    if is_new:
        ledger.record(
            actor=accounts.system_actor(world=World.REAL),
            action="desk.complaint_alerted",
            subject=("desk.complaint", row.complaint_id),
            now=now,
            occurred_at=at,
            changes={"clock": (None, row.title), "warning": (None, str(_Level(level).label))},
            event=ComplaintAlerted(
                complaint_id=row.complaint_id, clock=row.key, level=level, due_at=at.isoformat(), told=tuple(tell)
            ),
        )
    return is_new


def _told(row: ComplaintClock, level: int, staff: tuple[Person, ...]) -> list[int]:
    """Return whom to tell: the handler, then her team's leaders as well, then managers; a restricted one no leader."""
    complaint = row.complaint
    told = [complaint.handler_id] if complaint.handler_id else []
    team = complaint.ticket.queue.team_id
    if level >= _Level.TWO_DAYS and not complaint.is_restricted:
        told += [p.id for p in staff if p.role == Role.TEAM_LEADER and team in p.team_ids]
    if level == _Level.PASSED or not told:
        told += [p.id for p in staff if p.role == Role.MANAGER]
    return list(dict.fromkeys(told))
