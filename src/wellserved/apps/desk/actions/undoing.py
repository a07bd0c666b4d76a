"""Take back the everyday act one has just done: it never happened to a clock, and the history says so."""

import datetime as dt
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters, events, policies
from wellserved.apps.desk.actions import assigning, comfort, locking, opening, taking_back
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import TicketEvent
from wellserved.apps.desk.types import Saved
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Refused
from wellserved.platform.events import Event
from wellserved.science.calendars import EventKind

# As long as a message with its button stays, also under a pointer that rests on it or without a script.
UNDO = dt.timedelta(minutes=1)
REASON = "Undone"
_PRIORITY = ("impact", "urgency", "priority", "priority_reason")
_WORDS = {
    "assigned": "Undone: who has the ticket.",
    "priority": "Undone: the change of priority.",
    "changed": "Undone: the change of tags.",
}


@transaction.atomic
def undo(*, actor: Actor, ticket_id: int, version: int, now: dt.datetime) -> Saved:
    """Put back what one's own act changed: who has a ticket, its status, its priority or its tags.

    `version` is the one the act left behind; whatever has happened since, its author cannot have meant, so it is
    refused. The facts of the act stand aside and the clocks are worked out without them, as if nothing had been done:
    no clock begins anew, and none is spared the time between.
    """
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    act = _act_of(story, version)
    if story.ticket.version != version:
        raise Conflict(
            "This ticket has changed since, so that cannot be undone any more. Look at it, and change it by hand.",
            code="changed_since",
        )
    if now >= act.recorded_at + UNDO:
        raise Conflict(
            f"This can be undone for {UNDO.seconds} seconds, which are over. Change it by hand.", code="undo_is_over"
        )
    policies.require_work(actor)
    if act.actor_id != actor.user_id:
        raise Refused("Only whoever did it undoes it; change it by hand.", code="not_your_act")
    return _put_back(story, act, actor=actor, now=now)


def _act_of(story: Story, version: int) -> TicketEvent:
    """Return the fact of the act that left this version behind, or say that there is none that can be undone."""
    standing = adapters.standing(story.rows)
    # What was done with a reply goes with it.
    with_replies = {row.order + 1 for row in standing if row.kind == EventKind.AGENT_REPLY and row.detail.get("then")}
    for row in standing:
        if row.detail.get("version") == version and row.order not in with_replies and _is_undoable(row):
            return row
    raise Conflict("There is nothing here that can be undone; change it by hand.", code="nothing_to_undo")


def _is_undoable(row: TicketEvent) -> bool:
    if row.kind == "changed":
        return list(row.detail.get("changes", {})) == ["tags"]
    return row.kind in {"assigned", "priority"} or ("was" in row.detail and "move" in row.detail)


def _put_back(story: Story, act: TicketEvent, *, actor: Actor, now: dt.datetime) -> Saved:
    ticket = story.ticket
    changes: dict[str, tuple[Any, Any]] = {
        field: (after, before) for field, (before, after) in act.detail["changes"].items()
    }
    fields, action, event = _restore(story, act, actor=actor, on=clock.day_of(now))
    comfort.unsettle(ticket, settled_at=act.recorded_at, actor=actor, reason=REASON, now=now)
    ticket.version += 1
    said = _WORDS.get(act.kind, "Undone: the change of status.")
    story.call_back([row for row in story.rows if row is act or _came_with(row, act)])
    story.add(adapters.UNDONE, actor_id=actor.user_id, now=now, activity=said, undone=changes)
    story.record(actor=actor, action=action, now=now, changes=changes, reason=REASON, event=event)
    return locking.finish(story, *fields)


def _came_with(row: TicketEvent, act: TicketEvent) -> bool:
    return (
        row.kind == EventKind.POLICY_APPLIED
        and row.order > act.order
        and row.detail.get("version") == act.detail["version"]
    )


def _restore(story: Story, act: TicketEvent, *, actor: Actor, on: dt.date) -> tuple[tuple[str, ...], str, Event]:
    """Set the fields of the ticket to what they were; return their names, the word of the ledger and the news."""
    ticket, changes = story.ticket, act.detail["changes"]
    match act.kind:
        case "assigned":
            before = changes["assignee"][0]
            if before is not None:
                assigning.check_assignee(ticket.queue, before, actor=actor, reason=REASON, on=on)
            ticket.assignee_id = before
            return ("assignee",), "desk.assign", events.TicketAssigned(ticket_id=ticket.pk, assignee_id=before)
        case "priority":
            was = ticket.priority
            for field, (before, _after) in changes.items():
                setattr(ticket, field, before)
            news = events.PriorityChanged(ticket_id=ticket.pk, before=was, after=ticket.priority)
            return _PRIORITY, "desk.change_priority", news
        case "changed":
            ticket.tags.set(opening.find_tags(changes["tags"][0], actor=actor))
            return (), "desk.change_fields", events.TicketChanged(ticket_id=ticket.pk, fields=("tags",))
    was, now_is = changes["status"]
    taking_back.stand_as(ticket, act.detail["was"])
    fields = ("status", "status_reason", "resolved_at", "closed_at")
    return fields, "desk.move", events.TicketMoved(ticket_id=ticket.pk, before=now_is, after=was)
