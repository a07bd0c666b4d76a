"""What complaints need of somebody now: the law's clocks first."""

import datetime as dt

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import ComplaintClock
from wellserved.apps.desk.queries import scope
from wellserved.platform.ui.formatting import format_weekday

_LOOKED_AT = 300


def attention(*, actor: Actor, now: dt.datetime) -> tuple[types.AttentionItem, ...]:
    """Return the complaints whose clocks have passed or run out, each kind with its evidence. One query."""
    if not actor.can(accounts.READ_COMPLAINTS):
        return ()
    open_ones = scope.visible_complaints(actor=actor).filter(closed_at=None)
    rows = ComplaintClock.objects.filter(
        complaint__in=open_ones, stopped_on=None, is_route=False, warn_at__lte=now
    ).select_related("complaint__ticket")
    rows = rows.order_by("due_at", "pk")[:_LOOKED_AT]
    passed = [row for row in rows if row.due_at and row.due_at <= now]
    close = [row for row in rows if row.due_at and row.due_at > now]
    found = []
    if passed:
        found.append(
            _item(
                passed,
                kind="complaint_past_due",
                one="A complaint is past the time the law gives.",
                many="{n} complaints are past the time the law gives.",
                view="past_due",
                severity=1,
            )
        )
    if close:
        found.append(
            _item(
                close,
                kind="complaint_running_out",
                one="A complaint is about to pass the time the law gives: its letter is ready to write.",
                many="{n} complaints are about to pass the time the law gives: their letters are ready to write.",
                view="open",
                severity=1 if any(row.last_call_at and row.last_call_at <= now for row in close) else 2,
            )
        )
    return tuple(found)


def _item(
    rows: list[ComplaintClock], *, kind: str, one: str, many: str, view: str, severity: int
) -> types.AttentionItem:
    numbers = list(dict.fromkeys(row.complaint_id for row in rows))
    first = rows[0]
    shown = ", ".join(f"#{row.complaint.ticket.number} {row.title} {format_weekday(row.due_on)}" for row in rows[:3])
    letter = f"/complaints/{first.complaint_id}/letters/{first.letter}" if first.letter else ""
    is_one = len(numbers) == 1
    return types.AttentionItem(
        kind=kind,
        sentence=one if is_one else many.format(n=len(numbers)),
        evidence=shown + (" and others" if len(rows) > 3 else ""),
        count=len(numbers),
        url=(letter or f"/complaints/{first.complaint_id}") if is_one else f"/complaints?view={view}",
        button="Write the letter" if is_one and letter else "Open complaints",
        severity=severity,
    )
