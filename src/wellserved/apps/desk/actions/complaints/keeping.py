"""Lock a complaint, derive its clocks, save it with its history: every act on a complaint begins and ends here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Complaint, ComplaintClock, ComplaintStage, Ticket
from wellserved.apps.desk.policies import complaints as policies
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.queries.complaints import casework
from wellserved.apps.desk.types.complaints import Stage, StatutoryClock
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.events import Event

_DERIVED = ("next_due_at", "next_due_on", "next_clock")


def locked(*, actor: Actor, complaint_id: int, version: int | None = None) -> Complaint:
    """Return the complaint locked until the action ends, if the actor may work it and it has not moved on."""
    scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    # In the order in which a reply takes them, so that neither waits for what the other holds.
    Ticket.objects.select_for_update(no_key=True, of=("self",)).get(complaint=complaint_id)
    Complaint.objects.select_for_update(no_key=True).get(pk=complaint_id)
    row = scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    if version is not None and version != row.version:
        raise Conflict(
            "This complaint has changed since you opened it. Nothing of yours is saved; read what is new, try again.",
            code="stale",
            version=row.version,
            difference=[{"stage": row.stage, "outcome": row.outcome}],
        )
    policies.require_work(actor, handler_id=row.handler_id, reviewer_id=row.reviewer_id)
    return row


def require_open(row: Complaint) -> None:
    """Refuse a change of a complaint that is closed."""
    if row.stage == Stage.CLOSED:
        raise Conflict("The complaint is closed. Take it to a review first.", code="complaint_closed")


def enter(row: Complaint, stage: Stage, *, actor: Actor, note: str = "", now: dt.datetime) -> tuple[str, str]:
    """Take the complaint to a stage, and return the stages before and after."""
    before = row.stage
    row.stages.filter(left_at=None).update(left_at=now)
    ComplaintStage.objects.create(
        complaint=row,
        stage=stage,
        entered_at=now,
        left_at=now if stage == Stage.CLOSED else None,
        by_id=actor.user_id,
        note=note,
    )
    row.stage = stage
    row.closed_at = now if stage == Stage.CLOSED else None
    return before, stage.value


def tell_clocks(row: Complaint, *, now: dt.datetime) -> tuple[StatutoryClock, ...]:
    """Derive the clocks anew and set what the complaint shows of them; the caller saves it."""
    found = casework.clocks_of(row, now=now)
    row.clocks.all().delete()
    ComplaintClock.objects.bulk_create(
        ComplaintClock(
            complaint=row,
            key=clock.key,
            title=clock.title,
            is_route=clock.is_route,
            letter=clock.letter,
            due_on=clock.due_on,
            due_at=clock.due_at,
            warn_at=clock.warn_at,
            last_call_at=clock.last_call_at,
            stopped_on=clock.stopped_on,
        )
        for clock in found
        if not clock.extended_by
    )
    running = [
        (clock.due_at, clock)
        for clock in found
        if clock.due_at and clock.stopped_on is None and not clock.is_route and not clock.extended_by
    ]
    due_at, first = min(running, key=lambda pair: pair[0]) if running and not row.closed_at else (None, None)
    row.next_due_at = due_at
    row.next_due_on = first.due_on if first else None
    row.next_clock = first.title if first else ""
    return found


def finish(
    row: Complaint,
    *fields: str,
    actor: Actor,
    action: str,
    now: dt.datetime,
    changes: Mapping[str, tuple[Any, Any]],
    reason: str = "",
    event: Event | None = None,
) -> int:
    """Derive the clocks, save the named fields and the version, write the ledger, and return the version."""
    tell_clocks(row, now=now)
    row.version += 1
    row.save(update_fields=sorted({*fields, *_DERIVED, "stage", "closed_at", "version"}))
    ledger.record(
        actor=actor,
        action=action,
        subject=("desk.complaint", row.pk),
        now=now,
        changes=changes,
        reason=reason,
        event=event,
    )
    return row.version


def read_text(text: str, *, what: str, longest: int, required: bool = True) -> str:
    """Return a text without surrounding blanks, or say what is wrong with it."""
    text = text.strip()
    if required and not text:
        raise Invalid(f"Say {what}.", code="text_required")
    if len(text) > longest:
        raise Invalid(f"Say {what} in at most {longest:,} letters.", code="text_too_long")
    return text
