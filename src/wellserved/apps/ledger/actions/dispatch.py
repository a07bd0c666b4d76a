"""Deliver what was sealed to whoever subscribed."""

import datetime as dt
import enum
import json
import logging

from django.db import connection, transaction

from wellserved.apps.accounts.policies import SETTINGS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.actions.record import record
from wellserved.apps.ledger.models import Cursor, Entry, Head
from wellserved.apps.ledger.types import Dispatched
from wellserved.platform import events
from wellserved.platform.errors import NotFound, Refused

logger = logging.getLogger(__name__)

LONGEST_WAIT = dt.timedelta(hours=1)
LONGEST_FAILURE = 500


class Outcome(enum.Enum):
    """What became of one delivery."""

    DELIVERED = enum.auto()
    HEARD = enum.auto()
    BUSY = enum.auto()


def dispatch(*, now: dt.datetime, limit: int = 200) -> Dispatched:
    """Deliver up to `limit` events to each subscriber, in order, each in one transaction with its cursor's move.

    A subscriber that fails keeps its place, is tried again after a growing wait, and holds nobody else up.
    """
    head = Head.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
    cursors = {cursor.name: cursor for cursor in Cursor.objects.filter(name__in=events.subscriptions)}
    delivered, failures = 0, []
    for subscription in list(events.subscriptions.values()):
        cursor = cursors.get(subscription.name)
        if cursor is None or cursor.sequence >= head or now < next_attempt(cursor):
            continue
        count, failure = _follow(subscription, cursor, head=head, now=now, limit=limit)
        delivered += count
        if failure:
            failures.append((subscription.name, failure))
    return Dispatched(delivered=delivered, failures=tuple(failures))


def pass_over(*, actor: Actor, name: str, sequence: int, reason: str, now: dt.datetime) -> None:
    """Let a subscriber go on past one delivery that keeps failing; the ledger keeps who decided so, and why."""
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().filter(name=name, sequence__lt=sequence).first()
        if cursor is None:
            raise NotFound(f"{name} does not wait before {sequence}.")
        if not actor.can(SETTINGS):
            raise Refused("Only an administrator may pass over a delivery.")
        before = cursor.sequence
        _move(cursor, sequence)
        record(
            actor=actor,
            action="ledger.delivery_passed_over",
            subject=("ledger.cursor", cursor.pk),
            now=now,
            changes={"sequence": (before, sequence)},
            reason=reason,
        )


def next_attempt(cursor: Cursor) -> dt.datetime:
    """Return when a subscriber may be tried again."""
    if cursor.failed_at is None:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    return cursor.failed_at + min(dt.timedelta(seconds=2 ** min(cursor.attempts, 12)), LONGEST_WAIT)


def _follow(
    subscription: events.Subscription, cursor: Cursor, *, head: int, now: dt.datetime, limit: int
) -> tuple[int, str]:
    waiting = (
        Entry.objects.filter(event=subscription.event_type.name, sequence__gt=cursor.sequence, sequence__lte=head)
        .order_by("sequence")
        .only("sequence", "event", "data", "occurred_at")[:limit]
    )
    entries, delivered = list(waiting), 0
    for entry in entries:
        try:
            outcome = _deliver(subscription, entry)
        # A handler is any app's code: its fault is written on its own cursor and holds up no other subscriber.
        except Exception as error:
            logger.exception("subscriber %s failed at %s", subscription.name, entry.sequence)
            return delivered, _note_failure(subscription.name, entry, error, now)
        if outcome is Outcome.BUSY:
            return delivered, ""
        delivered += outcome is Outcome.DELIVERED
    if len(entries) < limit:
        # Nothing else up to the head concerns this subscriber.
        Cursor.objects.filter(name=subscription.name, sequence__lt=head).update(sequence=head)
    return delivered, ""


def _deliver(subscription: events.Subscription, entry: Entry) -> Outcome:
    """Run the handler and move the cursor in one transaction."""
    with transaction.atomic():
        skips = connection.features.has_select_for_update_skip_locked
        cursor = Cursor.objects.select_for_update(skip_locked=skips).filter(name=subscription.name).first()
        sequence = entry.sequence or 0
        if cursor is None:
            # Another process delivers to this subscriber: going on without it could jump over what it fails at.
            return Outcome.BUSY
        if cursor.sequence >= sequence:
            return Outcome.HEARD
        event = events.restore(entry.event, json.loads(entry.data))
        if event is not None:
            subscription.handler(events.Delivery(sequence=sequence, event=event, at=entry.occurred_at))
        _move(cursor, sequence)
        return Outcome.DELIVERED


def _move(cursor: Cursor, sequence: int) -> None:
    cursor.sequence, cursor.failed_at, cursor.failure, cursor.attempts = sequence, None, "", 0
    cursor.save(update_fields=["sequence", "failed_at", "failure", "attempts"])


def _note_failure(name: str, entry: Entry, error: Exception, now: dt.datetime) -> str:
    failure = f"At {entry.sequence} ({entry.event}): {type(error).__name__}: {error!s:.300}"
    failure = failure.encode("unicode_escape").decode("ascii")[:LONGEST_FAILURE]
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(name=name)
        cursor.failed_at, cursor.failure, cursor.attempts = now, failure, cursor.attempts + 1
        cursor.save(update_fields=["failed_at", "failure", "attempts"])
    return failure
