"""Lock the ticket, and refuse a change made on a page that has gone stale."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters
from wellserved.apps.desk.actions.clocks import DERIVED, Story, tell_clocks
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import Saved
from wellserved.platform.errors import Conflict, NotFound
from wellserved.science.calendars import EventKind

_SPOKEN = frozenset({EventKind.CUSTOMER_MESSAGE, EventKind.AGENT_REPLY})


def locked_ticket(*, actor: Actor, ticket_id: int) -> Ticket:
    """Return the ticket locked until the action ends, or say there is none."""
    rows = scope.visible_tickets(actor=actor).select_related("customer", "queue")
    ticket = rows.select_for_update(of=("self",), no_key=True).filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound("There is no such ticket, or it is not yours to see.", code="ticket_not_found")
    return ticket


def check_version(story: Story, given: int | None) -> None:
    """Refuse a change made on an older version, telling what has happened since."""
    if given is not None and given != story.ticket.version:
        _refuse(story, given, "This ticket has changed since you opened it. Nothing of yours is saved")


def check_nothing_was_said(story: Story, given: int | None) -> None:
    """Refuse a reply written before the latest words of the customer or a colleague; other changes do not matter."""
    if given is None or given == story.ticket.version:
        return
    if any(row.kind in _SPOKEN and row.detail.get("version", 0) > given for row in adapters.standing(story.rows)):
        _refuse(story, given, "Somebody wrote while you did. Your reply is not sent")


def _refuse(story: Story, given: int, sentence: str) -> None:
    since = [row for row in story.rows if row.detail.get("version", 0) > given]
    raise Conflict(
        f"{sentence}; read what is new and send it again.",
        code="stale",
        version=story.ticket.version,
        difference=[
            {
                "kind": row.kind,
                "at": row.at.isoformat(),
                "actor_id": row.actor_id,
                "status": row.status,
                "changes": row.detail.get("changes", {}),
                "message_id": row.detail.get("message_id"),
            }
            for row in since
        ],
    )


def finish(story: Story, *fields: str) -> Saved:
    """Tell the clocks, save the named and derived fields and the version, write the ledger, and say what is left."""
    ticket = story.ticket
    tell_clocks(story)
    ticket.save(update_fields=sorted({*fields, *DERIVED, "version"}))
    story.write_ledger()
    return Saved(ticket_id=ticket.pk, number=ticket.number, version=ticket.version, status=ticket.status)


def preview_of(body: str) -> str:
    """Return the first words of a message for a list."""
    return " ".join(body.split())[:200]


def spoke(ticket: Ticket, *, kind: str, body: str, at: dt.datetime) -> tuple[str, ...]:
    """Set the columns of the last message and return their names."""
    ticket.last_message_at, ticket.last_message_kind, ticket.preview = at, kind, preview_of(body)
    return "last_message_at", "last_message_kind", "preview"
