"""The sequencer: give committed entries their gapless numbers and their digests."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction

from wellserved.apps.ledger import chain
from wellserved.apps.ledger.adapters import waking
from wellserved.apps.ledger.models import Cursor, Entry, Head
from wellserved.platform import events
from wellserved.platform.errors import ServiceError

# What fits well inside 20 ms of SQLite's write lock; PostgreSQL locks nothing that others wait for.
BATCH = {"sqlite": 150, "postgresql": 1000}


def seal(*, now: dt.datetime, limit: int = 1000) -> int:  # noqa: ARG001 (every action takes `now`; the chain holds no sealing time)
    """Seal up to `limit` committed entries and return how many; any process may call, one at a time gets the lock.

    One short transaction. Entries committed late with a low id simply get a later number.
    """
    if not Entry.objects.filter(sequence=None).exists():
        return 0
    with transaction.atomic():
        head = _lock_head()
        if head is None:
            return 0
        batch = list(
            Entry.objects.filter(sequence=None).order_by("id")[: min(limit, BATCH.get(connection.vendor, limit))]
        )
        if not batch:
            return 0
        _place_cursors(head)
        sealed = _chained(head, batch)
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE ledger_entry SET sequence = %s, digest = %s WHERE id = %s", sealed)
        Head.objects.filter(pk=head.pk).update(sequence=sealed[-1][0], digest=sealed[-1][1])
        waking.announce()
        return len(sealed)


def _lock_head() -> Head | None:
    """Return the head, locked; None while another process seals."""
    skips = connection.features.has_select_for_update_skip_locked
    locked = Head.objects.select_for_update(skip_locked=skips).filter(pk=1).first()
    if locked is not None:
        return locked
    if Head.objects.filter(pk=1).exists():
        return None
    if Entry.objects.exclude(sequence=None).exists():
        raise ServiceError("The head of the ledger is missing: restore it from a backup, then run `ledger verify`.")
    Head.objects.bulk_create([Head(pk=1, digest=chain.GENESIS)], ignore_conflicts=True)
    return Head.objects.select_for_update(skip_locked=skips).filter(pk=1).first()


def _place_cursors(head: Head) -> None:
    """Let a new subscriber start before this batch, so that it hears everything sealed from now on."""
    missing = events.subscriptions.keys() - set(Cursor.objects.values_list("name", flat=True))
    Cursor.objects.bulk_create(
        [Cursor(name=name, sequence=head.sequence) for name in sorted(missing)], ignore_conflicts=True
    )


def _chained(head: Head, batch: Sequence[Entry]) -> list[tuple[int, str, int]]:
    sequence, digest, sealed = head.sequence, head.digest, []
    for entry in batch:
        sequence += 1
        digest = chain.digest(digest, dataclasses.replace(_facts(entry), sequence=sequence))
        sealed.append((sequence, digest, entry.pk))
    return sealed


def _facts(entry: Entry) -> chain.SealedFacts:
    return chain.SealedFacts(
        id=entry.pk,
        sequence=0,
        occurred_at=chain.instant(entry.occurred_at),
        recorded_at=chain.instant(entry.recorded_at),
        actor_id=entry.actor_id,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        origin=entry.origin,
        event=entry.event,
        data=entry.data,
        commitments=entry.commitments,
    )
