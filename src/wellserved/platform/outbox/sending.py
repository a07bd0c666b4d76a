"""Send what is due: each message by one worker, and never twice without a person's word."""

import datetime as dt
import logging

from django.conf import settings
from django.db.models import F, Q

from wellserved.platform import clock
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import Origin
from wellserved.platform.outbox import rows, smtp

logger = logging.getLogger(__name__)
State = OutboxMessage.State

LEASE = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 12
BATCH = 20


def send_due(now: dt.datetime) -> int:
    """Send up to a batch of due messages and return how many were taken; registered as a loop of the worker."""
    doubt_the_interrupted(now=now)
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    due = OutboxMessage.objects.filter(free, state=State.WAITING, send_after__lte=now, channel="email")
    taken = 0
    for message in due.order_by("send_after", "pk")[:BATCH]:
        if _claim(message, now=now):
            taken += 1
            send(message, now=now)
    return taken


def doubt_the_interrupted(*, now: dt.datetime) -> int:
    """Mark as unknown what a worker was handing over when it died."""
    return OutboxMessage.objects.filter(state=State.SENDING, lease_until__lt=now).update(
        state=State.UNKNOWN,
        lease_until=None,
        token=F("token") + 1,
        last_error="The worker ended while it was handing the message over.",
    )


def send(message: OutboxMessage, *, now: dt.datetime) -> None:
    """Send one claimed message and write down how it went."""
    if not settings.MAIL_URL or message.origin == Origin.SAMPLE:
        rows.hand_to_mailbox(message, now=now)
        return
    try:
        smtp.deliver(message, smtp.parse(settings.MAIL_URL), before_text=lambda: _mark_sending(message))
    except smtp.CalledBack:
        logger.info("message %s was called back in time", message.pk)
    except smtp.InDoubt as doubt:
        _settle(message, state=State.UNKNOWN, last_error=str(doubt)[:500])
    except smtp.Never as refusal:
        _settle(message, state=State.FAILED, last_error=str(refusal)[:500])
    except smtp.NotYet as trouble:
        _wait_again(message, str(trouble)[:500])
    else:
        body = rows.body_after_sending(message)
        _settle(message, state=State.SENT, carrier="smtp", sent_at=clock.now(), last_error="", body=body)


def _claim(message: OutboxMessage, *, now: dt.datetime) -> bool:
    """Take the row for one lease; from here on only this token writes to it."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    changed = OutboxMessage.objects.filter(free, pk=message.pk, token=message.token, state=State.WAITING).update(
        token=F("token") + 1, lease_until=max(now, clock.now()) + LEASE, attempts=F("attempts") + 1
    )
    message.token += 1
    message.attempts += 1
    return bool(changed)


def _mark_sending(message: OutboxMessage) -> None:
    # Committed before the text leaves: after a crash, `sending` means doubt and `waiting` means it never left.
    changed = OutboxMessage.objects.filter(pk=message.pk, token=message.token, state=State.WAITING).update(
        state=State.SENDING, lease_until=clock.now() + LEASE
    )
    if not changed:
        raise smtp.CalledBack


def _settle(message: OutboxMessage, **fields: object) -> None:
    OutboxMessage.objects.filter(pk=message.pk, token=message.token).update(**fields, lease_until=None)


def _wait_again(message: OutboxMessage, trouble: str) -> None:
    if message.attempts >= MOST_ATTEMPTS:
        _settle(message, state=State.FAILED, last_error=f"Given up after {message.attempts} tries: {trouble}"[:500])
        return
    rest = dt.timedelta(seconds=min(30 * 2 ** (message.attempts - 1), 3600))
    _settle(message, state=State.WAITING, send_after=clock.now() + rest, last_error=trouble)
