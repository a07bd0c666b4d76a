"""Call a reply back before it leaves: the text is a draft again, and no clock has heard of it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import adapters, events, policies, search
from wellserved.apps.desk.actions import comfort, locking, putting_right
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.actions.referrals import using
from wellserved.apps.desk.models import Draft, Message, Ticket, TicketEvent
from wellserved.apps.desk.types import MessageKind, Saved
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.people import actions as people
from wellserved.apps.people.types import Grant
from wellserved.platform import outbox
from wellserved.platform.errors import Conflict, NotFound, Refused
from wellserved.science.calendars import EventKind

_MOMENTS = ("resolved_at", "closed_at", "first_replied_at")
_STANDING = ("status", "status_reason", *_MOMENTS)
_SPOKEN = ("last_message_at", "last_message_kind", "preview")


def standing_of(ticket: Ticket) -> dict[str, str]:
    """Return where a ticket stands, for a reply to remember what it changed."""
    moments = {field: getattr(ticket, field) for field in _MOMENTS}
    return {
        "status": ticket.status,
        "status_reason": ticket.status_reason,
        **{field: at.isoformat() if at else "" for field, at in moments.items()},
    }


def stand_as(ticket: Ticket, was: Mapping[str, str]) -> None:
    """Set the status of a ticket and its moments to what `standing_of` remembered."""
    ticket.status, ticket.status_reason = was["status"], was["status_reason"]
    ticket.resolved_at, ticket.closed_at = _moment(was["resolved_at"]), _moment(was["closed_at"])


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


@transaction.atomic
def take_back_reply(*, actor: Actor, ticket_id: int, message_id: int, now: dt.datetime) -> Saved:
    """Take back one's own reply within ten seconds, before it leaves: its words and files are the draft again.

    What it did goes too: the clocks run on as if it had never been written, the status it set and the remedy it granted
    are withdrawn. A change made by somebody else since then stays.
    """
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    message = Message.objects.filter(pk=message_id, ticket=ticket, kind=MessageKind.REPLY).first()
    if message is None:
        raise NotFound("There is no such reply on this ticket.", code="reply_not_found")
    _check_in_time(message, now=now)
    policies.require_work(actor)
    if message.author_id != actor.user_id:
        raise Refused("A reply is taken back by whoever sent it.", code="not_your_reply")
    if message.outbox_id:
        outbox.cancel(message_id=message.outbox_id, now=now)
    replied = next(row for row in story.rows if row.detail.get("message_id") == message.pk)
    void = _rows_of(story, replied)
    ticket.version += 1
    _keep_as_draft(message, actor=actor, now=now)
    _withdraw_remedy(replied, ticket, actor=actor, now=now)
    body = message.body
    search.forget_message(message)
    message.delete()
    story.call_back(void)
    story.add(adapters.TAKEN_BACK, actor_id=actor.user_id, now=now, message_id=message_id)
    _stand_as_before(story, replied)
    comfort.unsettle(ticket, settled_at=replied.recorded_at, actor=actor, reason="Reply taken back", now=now)
    story.record(
        actor=actor,
        action="desk.take_back_reply",
        now=now,
        changes={"reply": (body, None)},
        event=events.ReplyTakenBack(ticket_id=ticket.pk, message_id=message_id),
    )
    return locking.finish(story, *_STANDING, *_SPOKEN)


def _check_in_time(message: Message, *, now: dt.datetime) -> None:
    if now >= message.recorded_at + outbox.UNDO:
        raise Conflict(
            f"A reply can be taken back for {outbox.UNDO.seconds} seconds, and this one has left. "
            "Write another to put it right.",
            code="reply_has_left",
        )


def _rows_of(story: Story, replied: TicketEvent) -> list[TicketEvent]:
    """Return the facts of the reply: itself, and the move made with it."""
    count = 2 if replied.detail.get("then") else 1
    return [row for row in story.rows if replied.order <= row.order < replied.order + count]


def _keep_as_draft(message: Message, *, actor: Actor, now: dt.datetime) -> None:
    draft, is_new = Draft.objects.get_or_create(
        user_id=actor.person_id,
        ticket_id=message.ticket_id,
        kind=MessageKind.REPLY,
        defaults={"body": message.body, "saved_at": now},
    )
    if not is_new:
        draft.body, draft.saved_at = f"{message.body}\n\n{draft.body}".strip(), now
        draft.save(update_fields=["body", "saved_at"])
    discussion.hand_over(
        actor=actor,
        source=("desk.message", message.pk),
        target=("desk.draft", draft.pk),
        is_history=False,
        now=now,
    )


def _withdraw_remedy(replied: TicketEvent, ticket: Ticket, *, actor: Actor, now: dt.datetime) -> None:
    if referral_id := replied.detail.get("referral_id"):
        using.put_back(referral_id)
    elif granted := replied.detail.get("granted"):
        remedy, amount = granted[0], Decimal(granted[1])
        grant = Grant(user_id=actor.person_id, remedy=remedy, amount=amount, granted_at=replied.recorded_at)
        putting_right.uncount(putting_right.held_complaint(ticket_id=ticket.pk), grant, actor=actor, now=now)
        people.return_authority(
            actor=actor,
            remedy=remedy,
            amount=amount,
            subject=("desk.ticket", ticket.pk),
            granted_at=replied.recorded_at,
            now=now,
        )


def _stand_as_before(story: Story, replied: TicketEvent) -> None:
    """Set the fields the reply changed to what they were, but for what somebody has changed since."""
    ticket = story.ticket
    was: dict[str, str] = replied.detail["was"]
    standing = adapters.standing(story.rows)
    if not any(row.order > replied.order and row.status for row in standing):
        stand_as(ticket, was)
    answers = [row.at for row in standing if row.kind == EventKind.AGENT_REPLY]
    ticket.first_replied_at = _moment(was["first_replied_at"]) or min(answers, default=None)
    last = Message.objects.filter(ticket=ticket).order_by("-sent_at", "-pk").first()
    ticket.last_message_at = last.sent_at if last else None
    ticket.last_message_kind = last.kind if last else ""
    ticket.preview = locking.preview_of(last.body) if last else ""
