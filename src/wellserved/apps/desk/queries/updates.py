"""Who waits to hear from us, for how long, and what there is to tell her."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters
from wellserved.apps.desk.models import Clock, Message, Promise, Ticket, TicketEvent
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import MessageKind
from wellserved.apps.desk.types.promises import MadeTo
from wellserved.apps.desk.types.updates import SilenceRow
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_long_moment

KEEP_INFORMED = "keep_informed"
VIEWS = {"overdue": "Overdue", "due": "Due next", "all": "All open"}
_TOLD = (MessageKind.REPLY, MessageKind.AUTOMATIC)
_ORDER = Keyset("told_at", "id")
_MOST_DONE = 6
MOST_COUNTED = 10_000


def silences(
    *, actor: Actor, view: str = "overdue", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[SilenceRow, ...], str | None]:
    """Return open tickets, the longest silence first, and the cursor of the next page. One query.

    `overdue` holds those whose next update is past due, `due` those with an update due within a day.
    """
    rows = _with_silence(scope.visible_tickets(actor=actor).filter(act_by__isnull=False))
    if view == "overdue":
        rows = rows.filter(update_due__lt=now)
    elif view == "due":
        rows = rows.filter(update_due__gte=now, update_due__lt=now + dt.timedelta(days=1))
    page = _ORDER.page(rows.select_related("customer", "assignee", "queue"), cursor=cursor, limit=limit)
    return tuple(_row(row, now) for row in page.rows), page.next_cursor


def standing(*, actor: Actor, now: dt.datetime) -> tuple[int, int, dt.datetime | None]:
    """Return how many updates run, how many are overdue, and since when the longest of them was silent. One query."""
    rows = _with_silence(scope.visible_tickets(actor=actor).filter(act_by__isnull=False)).filter(
        update_due__isnull=False
    )
    found = list(rows.order_by().values_list("update_due", "told_at")[:MOST_COUNTED])
    overdue = [told for due, told in found if due < now]
    return len(found), len(overdue), min(overdue, default=None)


def next_update(*, ticket_id: int, promised: Iterable[dt.datetime]) -> dt.datetime | None:
    """Return by when the customer of a ticket is to hear next: its update clock, or an earlier promise. One query."""
    running = Clock.objects.filter(ticket=ticket_id, metric=KEEP_INFORMED, stopped_at=None)
    moments = [at for at in (*running.values_list("due_at", flat=True), *promised) if at]
    return min(moments, default=None)


def _promised(ticket_id: int) -> list[dt.datetime]:
    rows = Promise.objects.filter(ticket=ticket_id, state=Promise.State.OPEN, made_to=MadeTo.CUSTOMER)
    return list(rows.values_list("due_at", flat=True))


def draft(*, actor: Actor, ticket_id: int, now: dt.datetime) -> str:
    """Return an update written from the ticket's log: what was done since she last heard, and when she hears next.

    Only acts whose words are ours alone stand in it: no note, no name of a colleague, no reason.
    """
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    told = ticket.messages.filter(kind__in=_TOLD).aggregate(at=Max("sent_at"))["at"] or ticket.opened_at
    events = [row for row in adapters.standing(ticket.events.order_by("order")) if row.at > told]
    done = list(dict.fromkeys(words for row in events if (words := _told_to_her(row))))[-_MOST_DONE:]
    lines = [f"Dear {ticket.customer.name},", "", "here is where your question stands."]
    lines += (
        ["", "Since our last message:", *(f"- {words}" for words in done)]
        if done
        else ["", "We are still working on it."]
    )
    zone = zoneinfo.ZoneInfo(ticket.customer.time_zone or actor.time_zone)
    if (due := next_update(ticket_id=ticket_id, promised=_promised(ticket_id))) and due > now:
        lines += ["", f"You hear from us again by {format_long_moment(due.astimezone(zone))}."]
    return "\n".join(lines)


def _told_to_her(row: TicketEvent) -> str:
    """Return one act in words a customer may read; nothing for what is ours alone."""
    if row.kind == "assigned":
        return (
            "A colleague took your question on."
            if row.detail.get("changes", {}).get("assignee", [None, None])[1]
            else ""
        )
    if row.kind == "referral":
        return "We put a decision about it to a colleague." if row.activity.startswith("Put to") else _decided(row)
    if row.kind == "assigned_out":
        return "We asked somebody who helps us with this."
    if row.kind == "returned":
        return "We have had an answer from somebody who helps us with this."
    return "We gave it a higher priority." if _raised(row) else ""


def _decided(row: TicketEvent) -> str:
    words = (" granted ", " decided otherwise", " refused it")
    return "That decision has been made." if any(word in row.activity for word in words) else ""


def _raised(row: TicketEvent) -> bool:
    before, after = row.detail.get("changes", {}).get("priority", (None, None))
    return row.kind == "priority" and before is not None and after is not None and after < before


def _with_silence(rows: QuerySet[Ticket]) -> QuerySet[Any]:
    due = Clock.objects.filter(ticket=OuterRef("pk"), metric=KEEP_INFORMED, stopped_at=None).order_by("due_at")
    told = Message.objects.filter(ticket=OuterRef("pk"), kind__in=_TOLD).order_by("-sent_at")
    return rows.annotate(
        update_due=Subquery(due.values("due_at")[:1]),
        told_at=Coalesce(Subquery(told.values("sent_at")[:1]), F("opened_at")),
    )


def _row(row: Ticket, now: dt.datetime) -> SilenceRow:
    told_at: dt.datetime = row.told_at  # type: ignore[attr-defined]
    due_at: dt.datetime | None = row.update_due  # type: ignore[attr-defined]
    return SilenceRow(
        ticket_id=row.pk,
        number=row.number,
        subject=row.subject,
        customer=row.customer.name,
        assignee=row.assignee.name if row.assignee else "",
        queue=row.queue.name,
        last_told_at=told_at,
        silent_seconds=max(0, int((now - told_at).total_seconds())),
        due_at=due_at,
        is_overdue=due_at is not None and due_at < now,
    )
