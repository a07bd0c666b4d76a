"""Everything that happened on a ticket, in one line."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import adapters, types
from wellserved.apps.desk.models import Collaborator, Escalation, Message, Promise, Solution, Ticket, TicketEvent
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.promises import Cause, MadeTo
from wellserved.apps.ledger.queries import discussion
from wellserved.apps.people.queries import REMEDIES
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform import outbox
from wellserved.platform.models import OutboxMessage

_FIELDS = {"queue_id": "queue", "product_id": "product", "place_id": "place", "kind": "type of ticket"}


def timeline(*, actor: Actor, ticket_id: int) -> tuple[types.TimelineItem, ...]:
    """Return messages, moves, assignments, edits, escalations and promises, oldest first. At most twelve queries.

    A customer sees what was said to her and by her alone.
    """
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    messages = _messages(ticket, actor=actor)
    if actor.role == Role.CUSTOMER:
        return tuple(item for item in messages if item.kind != types.MessageKind.NOTE)
    items = [*messages, *_events(ticket), *_escalations(ticket), *_promises(ticket), *_teamwork(ticket)]
    return tuple(sorted(items, key=lambda item: item.at))


def _messages(ticket: Ticket, *, actor: Actor) -> list[types.TimelineItem]:
    rows = list(Message.objects.filter(ticket=ticket).select_related("author").order_by("sent_at", "pk"))
    sent = OutboxMessage.objects.filter(pk__in=[row.outbox_id for row in rows if row.outbox_id])
    states = dict(sent.values_list("pk", "state"))
    files = files_of(rows, actor=actor)
    return [
        types.TimelineItem(
            key=f"message-{row.pk}",
            at=row.sent_at,
            kind=row.kind,
            actor_id=row.author_id,
            actor=speaker(row, ticket),
            body=row.body if actor.role == Role.CUSTOMER else adapters.hide_links(row.body),
            detail="",
            files=files.get(row.pk, ()),
            delivery=states.get(row.outbox_id or 0, "") or _told_by(row),
            message_id=row.pk,
            undo_until=_undo_until(row, actor=actor, state=states.get(row.outbox_id or 0, "")),
        )
        for row in rows
    ]


def _told_by(row: Message) -> str:
    return "by phone" if row.kind == types.MessageKind.REPLY and row.channel == types.Channel.PHONE else ""


def _undo_until(row: Message, *, actor: Actor, state: str) -> dt.datetime | None:
    is_hers = row.kind == types.MessageKind.REPLY and row.author_id == actor.user_id
    return row.recorded_at + outbox.UNDO if is_hers and state in {"", OutboxMessage.State.WAITING} else None


def files_of(rows: Sequence[Message], *, actor: Actor) -> dict[int, tuple[types.FileLink, ...]]:
    """Return the files that came with these messages, by message, as far as the actor may open them. Two queries."""
    found = discussion.files_of(actor=actor, kind="desk.message", ids=[row.pk for row in rows])
    return {
        pk: tuple(
            types.FileLink(id=file.id, name=file.name, size=file.size, content_type=file.content_type) for file in files
        )
        for pk, files in found.items()
    }


def speaker(row: Message, ticket: Ticket) -> str:
    """Return whose words these are."""
    if row.kind == types.MessageKind.CUSTOMER:
        # History brought in from elsewhere may name nobody; the words are still the customer's.
        return row.author_label or ticket.customer.name
    return row.author.name if row.author else row.author_label


def _events(ticket: Ticket) -> list[types.TimelineItem]:
    rows = adapters.standing(ticket.events.select_related("actor").order_by("order"))
    named = {v for row in rows for v in row.detail.get("changes", {}).get("assignee", []) if v}
    names = accounts.names(user_ids=named)
    items = [_event_item(row, names) for row in rows]
    return [item for item in items if item is not None]


def _event_item(row: TicketEvent, names: dict[int, str]) -> types.TimelineItem | None:
    told = _told(row, names)
    if told is None:
        return None
    kind, detail = told
    return types.TimelineItem(
        key=f"event-{row.pk}",
        at=row.at,
        kind=kind,
        actor_id=row.actor_id,
        actor=row.actor.name if row.actor else str(row.detail.get("actor_label", "")),
        body="",
        detail=detail,
    )


def _told(row: TicketEvent, names: dict[int, str]) -> tuple[str, str] | None:
    """Return the kind and the sentence of a fact; None when a message on the timeline says it already."""
    changes: dict[str, Any] = row.detail.get("changes", {})
    match row.kind:
        case "opened":
            return "opened", row.activity or "Opened."
        case "policy_applied":
            return "policy", f"Now under “{row.detail.get('name', 'a policy')}”."
        case "assigned":
            return "assigned", _assigned(row, changes, names)
        case "changed" | "priority":
            return row.kind, _changed(row, changes)
        case _:
            return _about_reply(row) or _moved(row, changes)


def _about_reply(row: TicketEvent) -> tuple[str, str] | None:
    """Return what the message itself does not say of a reply."""
    if row.kind == adapters.TAKEN_BACK:
        return "taken_back", "Took a reply back before it left."
    if row.kind == adapters.UNDONE:
        return "undone", row.activity
    if not row.detail.get("granted"):
        return None
    remedy, amount = row.detail["granted"]
    return "remedy", f"Granted with the reply: {REMEDIES.get(remedy, remedy).lower()} of {amount}."


def _assigned(row: TicketEvent, changes: dict[str, Any], names: dict[int, str]) -> str:
    after = changes.get("assignee", [None, None])[1]
    sentence = f"Assigned to {names.get(after, 'somebody')}." if after else "Given back to the queue."
    return f"{sentence} {row.reason}".strip()


def _moved(row: TicketEvent, changes: dict[str, Any]) -> tuple[str, str] | None:
    if row.status and row.kind not in {"agent_reply", "customer_message"}:
        label = types.Status(row.status).label
        because = f": {row.reason}" if row.reason else "."
        return "moved", f"{row.activity or label}{because}"
    if changes.get("status"):
        return "moved", f"{types.Status(row.status).label} again, as the customer wrote."
    return ("activity", row.activity) if row.activity else None


def _changed(row: TicketEvent, changes: dict[str, Any]) -> str:
    if row.kind == "priority":
        before, after = changes.get("priority", (None, None))
        reason = changes.get("priority_reason", ("", ""))[1]
        if after is None:
            return "Impact or urgency changed; the priority stays."
        words = f"Priority {types.Priority(before).label} to {types.Priority(after).label}"
        return f"{words}: {reason}" if reason else f"{words}."
    fields = ", ".join(_FIELDS.get(field, field) for field in row.detail.get("fields", []))
    return f"Changed: {fields}."


def _escalations(ticket: Ticket) -> list[types.TimelineItem]:
    rows = list(ticket.escalations.filter(fired_at__isnull=False).order_by("due_at", "level"))
    names = accounts.names(user_ids={user_id for row in rows for user_id in row.told})
    return [
        types.TimelineItem(
            key=f"escalation-{row.pk}",
            at=row.due_at,
            kind="breach" if row.level == Escalation.BREACH else "escalation",
            actor_id=None,
            actor="",
            body="",
            detail=_escalated(row, names),
        )
        for row in rows
    ]


def _escalated(row: Escalation, names: dict[int, str]) -> str:
    metric = METRIC_LABELS[row.metric]
    if row.level == Escalation.BREACH:
        return f"{metric} passed its due time."
    told = ", ".join(names.get(user_id, "somebody") for user_id in row.told) or "nobody"
    if row.level >= Escalation.FIRST_WARNING:
        return f"{metric} is due soon: {told} told."
    return f"{metric}, escalation level {row.level}: {told} told."


def _promises(ticket: Ticket) -> list[types.TimelineItem]:
    items: list[types.TimelineItem] = []
    for row in Promise.objects.filter(ticket=ticket).select_related("made_by"):
        made = types.TimelineItem(
            key=f"promise-{row.pk}",
            at=row.made_at,
            kind="promise_made",
            actor_id=row.made_by_id,
            actor=row.made_by.name if row.made_by else "",
            body=row.text,
            detail="Promised the customer." if row.made_to == MadeTo.CUSTOMER else f"Promised {row.to_name}.",
        )
        items.append(made)
        if row.settled_at:
            because = f": {Cause(row.cause).label.lower()}" if row.cause else ""
            outcome = f"Promise {Promise.State(row.state).label.lower()}{because}."
            items.append(
                dataclasses.replace(
                    made, key=f"{made.key}-settled", at=row.settled_at, kind="promise_settled", detail=outcome
                )
            )
    return items


def _teamwork(ticket: Ticket) -> list[types.TimelineItem]:
    items: list[types.TimelineItem] = []
    for row in Collaborator.objects.filter(ticket=ticket).select_related("asked_by", "done_by"):
        who = f"{row.name}, {row.organisation}" if row.organisation else row.name
        asked = _plain("helper", row.pk, row.asked_at, row.asked_by, f"{who} asked to help: {row.ask}")
        items.append(asked)
        if row.done_at:
            said = f"{who} helped: {row.contribution}"
            items.append(_plain("helped", row.pk, row.done_at, row.done_by, said))
    for told in Solution.objects.filter(ticket=ticket).select_related("shared_by"):
        said = f"What solved it, told to colleagues: {told.text}"
        items.append(_plain("solution", told.pk, told.shared_at, told.shared_by, said))
    return items


def _plain(kind: str, pk: int, at: dt.datetime, who: Any, detail: str) -> types.TimelineItem:
    return types.TimelineItem(
        key=f"{kind}-{pk}",
        at=at,
        kind=kind,
        actor_id=who.pk if who else None,
        actor=who.name if who else "",
        body="",
        detail=detail,
    )
