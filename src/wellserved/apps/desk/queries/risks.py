"""Why a ticket is likely to break its promise, while there is still time to act."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from wellserved.apps.desk import types
from wellserved.apps.desk.models import Clock
from wellserved.apps.standards import queries as standards
from wellserved.platform.ui import formatting


def with_reasons(rows: Sequence[types.TicketRow], *, now: dt.datetime) -> tuple[types.TicketRow, ...]:
    """Return the rows with the reasons why each is at risk. Three queries however many rows."""
    used = _shares_used(rows, now)
    return tuple(dataclasses.replace(row, risks=tuple(_reasons(row, used.get(row.id), now))) for row in rows)


def _shares_used(rows: Sequence[types.TicketRow], now: dt.datetime) -> dict[int, float]:
    """Return the share of its target that each ticket's next clock has used, in working time."""
    due = {(row.id, row.next_metric): row.next_due_at for row in rows}
    clocks = Clock.objects.filter(ticket__in=[row.id for row in rows], stopped_at=None, due_at__isnull=False)
    running = [clock for clock in clocks if due.get((clock.ticket_id, clock.metric)) == clock.due_at]
    _, calendars, _ = standards.replay_inputs({clock.policy for clock in running})
    return {
        clock.ticket_id: 1 - calendars[clock.calendar].elapsed(now, clock.due_at) / clock.target_seconds
        for clock in running
        if clock.due_at and clock.target_seconds
    }


def _reasons(row: types.TicketRow, used: float | None, now: dt.datetime) -> Sequence[str]:
    reasons = []
    if used is not None:
        reasons.append(f"{used:.0%} of the time for the {row.next_label.lower()} is used")
    if row.assignee_id is None:
        reasons.append("nobody has it")
    if row.last_message_kind == types.MessageKind.CUSTOMER and row.last_message_at:
        reasons.append(f"the customer has waited {formatting.format_duration(now - row.last_message_at)}")
    return reasons
