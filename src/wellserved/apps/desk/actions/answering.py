"""What is said on a ticket: public replies, notes, the customer's own words, automatic messages."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import adapters, events, policies, search
from wellserved.apps.desk.actions import attaching, comfort, granting, locking, moving, taking_back
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.actions.comfort import Ask
from wellserved.apps.desk.actions.knowledge import remembering
from wellserved.apps.desk.actions.referrals import using
from wellserved.apps.desk.models import Message, Referral, Ticket
from wellserved.apps.desk.queries import portal
from wellserved.apps.desk.types import Channel, MessageKind, Move, Saved, Status, Wish
from wellserved.apps.ledger.actions import discussion
from wellserved.platform.errors import Invalid
from wellserved.platform.origin import live_origin, world_of
from wellserved.science.calendars import EventKind

LONGEST_BODY = 200_000
_WOKEN_BY_CUSTOMER = frozenset({Status.WAITING_CUSTOMER, Status.RESOLVED, Status.CLOSED})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What a reply grants the customer, within the limit of whoever grants it."""

    kind: str
    amount: Decimal


@transaction.atomic
def reply(
    *,
    actor: Actor,
    ticket_id: int,
    body: str,
    then: str | None = None,
    reason: str = "",
    version: int | None = None,
    remedy: Remedy | None = None,
    channel: str = "",
    referral_id: int | None = None,
    ask: Ask | None = None,
    files: Sequence[discussion.StoredUpload] = (),
    kept: Collection[int] = (),
    now: dt.datetime,
) -> Saved:
    """Answer the customer, and move the ticket if asked; refused unsaved when somebody wrote meanwhile.

    She is answered as she asked to be, unless `channel` says otherwise: by phone, the text is what she was told, and
    no mail leaves. `kept` names files that wait beside the writer's draft. For ten seconds she may take it back.
    `referral_id` gives the customer what a colleague granted under her own authority. `ask` asks the customer, in the
    same mail, whether she is comfortable with what is done.
    """
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    locking.check_nothing_was_said(story, version)
    if then:
        policies.status_after(status=ticket.status, move=then)
    policies.require_work(actor)
    body = read_body(body)
    if channel not in Wish.values:
        raise Invalid("Answer by mail or by phone.", code="unknown_wish")
    remedy, referral = _what_is_given(ticket, remedy, referral_id, actor=actor, now=now)
    was = taking_back.standing_of(ticket)
    ticket.version += 1
    at = story.at(now)
    by_phone = (channel or ticket.customer.preferred_channel) == Wish.PHONE
    spoken = Channel.PHONE if by_phone else ticket.channel
    message = say(story, kind=MessageKind.REPLY, actor=actor, body=body, channel=spoken, now=now)
    names = attaching.attach(message, files, kept=kept, actor=actor, now=now)
    in_force = remembering.remember(ticket, message, agent=actor.name)
    if by_phone:
        _check_no_question(ask)
    else:
        asked = comfort.ask(ticket, message, ask, actor=actor, now=now)
        send(ticket, message, now, file_names=names, asked=asked)
    using.stands_in(referral, message_id=message.pk)
    fields = [*locking.spoke(ticket, kind=MessageKind.REPLY, body=body, at=at), "first_replied_at"]
    ticket.first_replied_at = ticket.first_replied_at or at
    # A new ticket that is answered is being worked on, unless the reply itself says otherwise.
    status = Status.OPEN if ticket.status == Status.NEW and not then else ""
    if status:
        ticket.status = status
        fields.append("status")
    granted = [remedy.kind, str(remedy.amount)] if remedy else []
    told: dict[str, Any] = {"message_id": message.pk, "was": was, "then": then or "", "granted": granted}
    told |= {"referral_id": referral.pk} if referral else {}
    story.add(EventKind.AGENT_REPLY, actor_id=actor.user_id, now=now, status=status, **told)
    story.record(
        actor=actor,
        action="desk.reply",
        now=now,
        changes={"reply": (None, body)}
        | ({"remedy": (None, f"{remedy.kind} {remedy.amount}")} if remedy else {})
        | attaching.tell(names)
        | in_force,
        event=events.AgentReplied(ticket_id=ticket.pk, message_id=message.pk),
    )
    if then:
        moving.apply_move(story, Move(then), actor=actor, reason=reason.strip(), now=now)
        fields += moving.STATUS_FIELDS
    return dataclasses.replace(locking.finish(story, *fields), message_id=message.pk)


def _what_is_given(
    ticket: Ticket, remedy: Remedy | None, referral_id: int | None, *, actor: Actor, now: dt.datetime
) -> tuple[Remedy | None, Referral | None]:
    """Return what the customer is given: under the actor's own authority, or what a colleague granted."""
    if referral_id and remedy:
        raise Invalid(
            "Give what was granted to you, or something of your own; not both in one reply.", code="two_remedies"
        )
    if referral_id:
        referral = using.take_up(ticket, referral_id, actor=actor, now=now)
        return Remedy(kind=referral.granted_remedy, amount=referral.granted_amount or Decimal(0)), referral
    if remedy:
        granting.grant(
            actor=actor,
            ticket_id=ticket.pk,
            kind=remedy.kind,
            amount=remedy.amount,
            note="Given with a reply",
            now=now,
        )
    return remedy, None


def _check_no_question(ask: Ask | None) -> None:
    if ask:
        raise Invalid("No mail leaves for an answer by phone; ask her on the phone.", code="comfort_by_phone")


@transaction.atomic
def note(
    *,
    actor: Actor,
    ticket_id: int,
    body: str,
    mentions: tuple[int, ...] = (),
    files: Sequence[discussion.StoredUpload] = (),
    kept: Collection[int] = (),
    now: dt.datetime,
) -> Saved:
    """Leave an internal note; it is seen by colleagues alone and leaves every clock and version as it is.

    `@Name` in the text calls that colleague, as `mentions` does; only somebody who can see the ticket is called.
    """
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    policies.require_work(actor)
    body = read_body(body)
    at = story.at(now)
    message = say(story, kind=MessageKind.NOTE, actor=actor, body=body, channel=ticket.channel, now=now)
    names = attaching.attach(message, files, kept=kept, actor=actor, now=now)
    called = discussion.call_people(
        actor=actor, subject=("desk.ticket", ticket.pk), text=body, mention_ids=mentions, now=now
    )
    fields = locking.spoke(ticket, kind=MessageKind.NOTE, body=body, at=at)
    story.add(EventKind.NOTE, actor_id=actor.user_id, now=now, message_id=message.pk, mentions=list(called))
    story.record(
        actor=actor,
        action="desk.note",
        now=now,
        changes={"note": (None, body)} | attaching.tell(names),
        event=events.NoteWritten(ticket_id=ticket.pk, message_id=message.pk),
    )
    return locking.finish(story, *fields)


@transaction.atomic
def customer_message(
    *,
    actor: Actor,
    ticket_id: int,
    body: str,
    channel: str = Channel.WEB,
    files: Sequence[discussion.StoredUpload] = (),
    now: dt.datetime,
) -> Saved:
    """Add what the customer says, whoever types it; a ticket that waited for her, or was over, is open again."""
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    if actor.role != Role.CUSTOMER and not actor.automatic:
        policies.require_work(actor)
    if channel not in Channel.values:
        raise Invalid(f"A channel is one of {', '.join(Channel.values)}.", code="unknown_channel")
    body = read_body(body)
    ticket.version += 1
    at = story.at(now)
    message = say(story, kind=MessageKind.CUSTOMER, actor=actor, body=body, channel=channel, now=now)
    names = attaching.attach(message, files, actor=actor, now=now)
    fields = list(locking.spoke(ticket, kind=MessageKind.CUSTOMER, body=body, at=at))
    status = Status.OPEN if ticket.status in _WOKEN_BY_CUSTOMER else ""
    changes = {"status": [ticket.status, status]} if status else {}
    if status:
        ticket.status, ticket.status_reason, ticket.resolved_at, ticket.closed_at = status, "", None, None
        fields += moving.STATUS_FIELDS
    story.add(
        EventKind.CUSTOMER_MESSAGE,
        actor_id=actor.user_id,
        now=now,
        status=status,
        message_id=message.pk,
        changes=changes,
    )
    story.record(
        actor=actor,
        action="desk.customer_message",
        now=now,
        changes={"message": (None, body)}
        | {field: (before, after) for field, (before, after) in changes.items()}
        | attaching.tell(names),
        event=events.CustomerWrote(ticket_id=ticket.pk, message_id=message.pk),
    )
    return locking.finish(story, *fields)


@transaction.atomic
def automatic_message(*, actor: Actor, ticket_id: int, body: str, now: dt.datetime) -> Saved:
    """Send the customer something no person wrote; no clock takes it for an answer."""
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    policies.require_work(actor)
    body = read_body(body)
    at = story.at(now)
    message = say(story, kind=MessageKind.AUTOMATIC, actor=actor, body=body, channel=ticket.channel, now=now)
    send(ticket, message, now)
    fields = locking.spoke(ticket, kind=MessageKind.AUTOMATIC, body=body, at=at)
    story.add(EventKind.AUTOMATIC_MESSAGE, actor_id=actor.user_id, now=now, message_id=message.pk)
    story.record(
        actor=actor,
        action="desk.automatic_message",
        now=now,
        changes={"message": (None, body)},
    )
    return locking.finish(story, *fields)


def read_body(body: str) -> str:
    """Return the text without surrounding blanks, or say that there is none."""
    body = body.strip()
    if not body:
        raise Invalid("Write something first.", code="empty_body")
    if len(body) > LONGEST_BODY:
        raise Invalid(f"A message has at most {LONGEST_BODY:,} letters; attach the rest as a file.", code="long_body")
    return body


def send(
    ticket: Ticket, message: Message, now: dt.datetime, *, file_names: Sequence[str] = (), asked: str = ""
) -> None:
    """Queue a message to the customer, with the link by which she follows, opens the files and answers.

    `asked` is a question that stands in the mail alone: its links speak in the customer's name.
    """
    token = portal.link_for(ticket_id=ticket.pk, customer_id=ticket.customer_id, now=now)
    message.outbox_id = adapters.queue_reply(
        ticket=ticket,
        message=message,
        file_names=file_names,
        asked=asked,
        link=f"{settings.SITE_URL}/help/r/{token}",
        now=now,
    )
    message.save(update_fields=["outbox_id"])


def say(story: Story, *, kind: MessageKind, actor: Actor, body: str, channel: str, now: dt.datetime) -> Message:
    """Write a message and the words it is found by."""
    is_customers = kind == MessageKind.CUSTOMER
    message = Message.objects.create(
        ticket=story.ticket,
        kind=kind,
        channel=channel,
        author_id=actor.user_id,
        customer_id=story.ticket.customer_id if is_customers else None,
        author_label=story.ticket.customer.name if is_customers else actor.name,
        body=body,
        sent_at=story.at(now),
        recorded_at=now,
        origin=live_origin(world_of(story.ticket.origin)),
    )
    search.index_message(message)
    return message
