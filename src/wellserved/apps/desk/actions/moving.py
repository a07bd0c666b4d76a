"""Move a ticket through the one table of moves."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import comfort, locking, taking_back
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.types import Move, Saved, Status
from wellserved.platform.errors import Invalid
from wellserved.science.calendars import EventKind

STATUS_FIELDS = ("status", "status_reason", "resolved_at", "closed_at")
_KINDS = {
    Move.WAIT_SUPPLIER: EventKind.ASSIGNED_OUT,
    Move.HOLD: EventKind.ASSIGNED_OUT,
    Move.REOPEN: EventKind.REOPENED,
}
_OUT = frozenset({Status.WAITING_SUPPLIER, Status.WAITING_OTHER})


@transaction.atomic
def move(
    *,
    actor: Actor,
    ticket_id: int,
    move: str,
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> Saved:
    """Take a ticket from one status to another; reopening by staff needs a reason."""
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    locking.check_version(story, version)
    policies.status_after(status=story.ticket.status, move=move)
    policies.require_work(actor)
    if move == Move.REOPEN and not reason.strip():
        raise Invalid("Say why the ticket is opened again.", code="reason_required")
    apply_move(story, Move(move), actor=actor, reason=reason.strip(), now=now)
    return locking.finish(story, *STATUS_FIELDS)


def apply_move(story: Story, move: Move, *, actor: Actor, reason: str, now: dt.datetime) -> None:
    """Change the status of a locked ticket, append the fact and announce it; the caller checks and saves."""
    ticket = story.ticket
    before, was = ticket.status, taking_back.standing_of(ticket)
    after = policies.status_after(status=before, move=move)
    if after in {Status.RESOLVED, Status.CLOSED}:
        comfort.require_ease(ticket, actor=actor, reason=reason, now=now)
    at = story.at(now)
    ticket.version += 1
    ticket.status, ticket.status_reason = after, reason[:120]
    if after == Status.RESOLVED:
        ticket.resolved_at = at
    elif after == Status.CLOSED:
        ticket.closed_at = at
    else:
        ticket.resolved_at = ticket.closed_at = None
    kind = _KINDS.get(move, EventKind.STATUS_CHANGED)
    if before in _OUT and kind is EventKind.STATUS_CHANGED and after in {Status.OPEN, Status.WAITING_CUSTOMER}:
        kind = EventKind.RETURNED
    story.add(
        kind,
        actor_id=actor.user_id,
        now=now,
        status=after,
        reason=reason[:120],
        move=move.value,
        was=was,
        changes={"status": [before, after]},
    )
    story.record(
        actor=actor,
        action="desk.move",
        now=now,
        changes={"status": (before, after.value)},
        reason=reason,
        event=events.TicketMoved(ticket_id=ticket.pk, before=before, after=after.value),
    )
