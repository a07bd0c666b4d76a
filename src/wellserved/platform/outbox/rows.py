"""Queue a message, call it back, and settle what is in doubt."""

import datetime as dt
from collections.abc import Collection, Mapping
from email.utils import make_msgid

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import Origin, World, in_world

State = OutboxMessage.State

UNDO = dt.timedelta(seconds=10)


def queue(
    *,
    channel: str,
    recipient: str,
    subject: str,
    body: str,
    now: dt.datetime,
    headers: Mapping[str, str] | None = None,
    about: tuple[str, int] | None = None,
    delay: dt.timedelta = dt.timedelta(0),
    origin: str = Origin.LIVE,
    message_id: str | None = None,
) -> OutboxMessage:
    """Write a message into the caller's transaction; its Message-ID is fixed now and never changes.

    `about` is the kind and id of the record it belongs to; `delay` (UNDO for a person's reply) leaves time to call it
    back. Imported history announces nothing, so it is refused here.
    """
    if origin == Origin.IMPORT:
        raise Invalid("Imported history sends no messages.", code="history_is_silent")
    kind, row_id = about or ("", None)
    return OutboxMessage.objects.create(
        channel=channel,
        message_id=message_id or make_msgid(domain=_mail_domain()),
        recipient=_one_line(recipient)[:320],
        subject=_one_line(subject)[:300],
        body=body,
        headers={_one_line(name): _one_line(value) for name, value in (headers or {}).items()},
        subject_kind=kind,
        subject_id=row_id,
        send_after=now + delay,
        created_at=now,
        origin=origin,
    )


@transaction.atomic
def cancel(*, message_id: int, now: dt.datetime) -> OutboxMessage:
    """Call a message back before it leaves."""
    changed = OutboxMessage.objects.filter(pk=message_id, state=State.WAITING).update(
        state=State.CANCELLED, last_error=f"Called back at {now:%Y-%m-%d %H:%M:%S} UTC."
    )
    message = _find(message_id)
    if not changed:
        raise Conflict(f"The message is {message.get_state_display().lower()} and cannot be called back.", code="gone")
    return message


@transaction.atomic
def settle_unknown(*, message_id: int, arrived: bool, now: dt.datetime) -> OutboxMessage:
    """Say for a message in doubt whether it arrived; if it did not, it waits to be sent again."""
    message = _find(message_id)
    if message.state != State.UNKNOWN:
        raise Conflict(f"The message is {message.get_state_display().lower()}; there is nothing to settle.")
    if not arrived:
        return resend(message_id=message_id, now=now)
    message.state, message.sent_at, message.body = State.SENT, now, body_after_sending(message)
    message.save(update_fields=["state", "sent_at", "body"])
    return message


@transaction.atomic
def let_go(*, message_id: int, now: dt.datetime) -> OutboxMessage:
    """Let a failed message rest: it has been dealt with in another way."""
    message = _find(message_id)
    if message.state != State.FAILED:
        raise Conflict(f"The message is {message.get_state_display().lower()}; there is nothing to settle.")
    message.state, message.body = State.CANCELLED, body_after_sending(message)
    message.last_error = f"Settled by hand at {now:%Y-%m-%d %H:%M:%S} UTC. {message.last_error}"[:500]
    message.save(update_fields=["state", "body", "last_error"])
    return message


def body_after_sending(message: OutboxMessage) -> str:
    """Return what is kept of a text that has left: nothing of mail that belongs to no record.

    Such mail comes from the pages of sign-in: an invitation, a way to a new password. Whoever reads the database or a
    backup later must find no link in it.
    """
    return message.body if message.subject_kind else ""


@transaction.atomic
def resend(*, message_id: int, now: dt.datetime) -> OutboxMessage:
    """Let a failed or doubtful message wait again, by a person's decision, under the same Message-ID."""
    message = _find(message_id)
    if message.state not in {State.FAILED, State.UNKNOWN}:
        raise Conflict(f"The message is {message.get_state_display().lower()}; only a failed one can be sent again.")
    message.state, message.send_after, message.attempts, message.lease_until = State.WAITING, now, 0, None
    message.save(update_fields=["state", "send_after", "attempts", "lease_until"])
    return message


def forget(*, kind: str, ids: Collection[int], recipient: str) -> int:
    """Empty the messages about these records and all to this address; what had not left is called back."""
    about = Q(subject_kind=kind, subject_id__in=ids)
    rows = OutboxMessage.objects.filter(about | Q(recipient__iexact=recipient) if recipient else about)
    rows.filter(state__in=[State.WAITING, State.FAILED, State.UNKNOWN]).update(state=State.CANCELLED)
    return rows.update(recipient="", subject="", body="", headers={}, last_error="")


def hand_to_mailbox(message: OutboxMessage, *, now: dt.datetime) -> None:
    """Deliver into the local mailbox page: the sample's mail, and all mail while no server is set."""
    OutboxMessage.objects.filter(pk=message.pk, token=message.token, state=State.WAITING).update(
        state=State.SENT, carrier="mailbox", sent_at=now, lease_until=None, last_error=""
    )


def local_mailbox(*, world: World, limit: int = 200) -> list[OutboxMessage]:
    """Return the mail of one world that did not leave by SMTP or is still to leave, newest first. One query."""
    mail = in_world(OutboxMessage.objects.filter(channel="email"), world).exclude(carrier="smtp")
    return list(mail.order_by("-created_at", "-pk")[:limit])


def _find(message_id: int) -> OutboxMessage:
    message = OutboxMessage.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise NotFound("There is no such message.")
    return message


def _one_line(text: str) -> str:
    # A line break would start a header of the writer's choosing.
    return " ".join(text.split())


def _mail_domain() -> str:
    domain: str = settings.MAIL_FROM.rpartition("@")[2].rstrip(">").strip()
    return domain or "localhost"
