"""Erase personal values; what happened stays, what was said goes."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from wellserved.apps.accounts.policies import ERASE_LEDGER
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.actions.record import record, value_rows, write
from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import Approval, Comment, Entry, File, Standpoint, Value, Vote
from wellserved.apps.ledger.types import Subject
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.origin import in_world

R = TypeVar("R", Comment, File)

# Each erasure entry names what it erased; a verification holds a few such lists in memory.
VALUES_IN_ONE_ENTRY = 500
ERASED = "erased"


def erase(
    *,
    actor: Actor,
    subjects: Sequence[Subject],
    reason: str,
    now: dt.datetime,
    fields: Collection[str] | None = None,
) -> int:
    """Erase the values history keeps about some records and return how many; pass every record of a person together.

    With no `fields`, reasons, comments and attached files go too. The chain keeps its salted commitments, which say
    nothing without the salts, so `verify` stays green; the erasure is an entry of its own that names what it erased.
    """
    if not actor.can(ERASE_LEDGER):
        raise Refused("Only a manager or an administrator may erase personal values.")
    if not reason.strip():
        raise Invalid("Say why these values are erased: a request by the person, or the end of their retention.")
    if not subjects:
        raise Invalid("Name at least one record to erase from.")
    with transaction.atomic():
        _overwrite_freed_pages()
        count = sum(
            _erase_values(actor, subject, fields, reason, now)
            + (_erase_discussion(actor, subject, reason, now) if fields is None else 0)
            for subject in dict.fromkeys(subjects)
        )
        transaction.on_commit(sweep_erased)
    return count


def _erase_values(actor: Actor, subject: Subject, fields: Collection[str] | None, reason: str, now: dt.datetime) -> int:
    entries = in_world(Entry.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    wanted = Q() if fields is None else Q(field__in=fields)
    # The reasons of earlier erasures stay: they say why something is missing, not what it was.
    values = (
        Value.objects.select_for_update(of=("self",))
        .filter(wanted, entry__in=entries, erased_at=None)
        .exclude(entry__action="ledger.erased")
        .order_by("entry_id", "position")
    )
    places = list(values.values_list("entry_id", "position"))
    for start in range(0, len(places), VALUES_IN_ONE_ENTRY):
        _erase_places(actor, subject, places[start : start + VALUES_IN_ONE_ENTRY], reason, now)
    return len(places)


def _erase_places(actor: Actor, subject: Subject, places: list[tuple[int, int]], reason: str, now: dt.datetime) -> None:
    by_entry: dict[int, list[int]] = {}
    for entry_id, position in places:
        by_entry.setdefault(entry_id, []).append(position)
    erasure = write(
        actor=actor,
        action="ledger.erased",
        subject=subject,
        now=now,
        values=value_rows({}, reason),
        data={"values": [[entry_id, positions] for entry_id, positions in by_entry.items()]},
    )
    for entry_id, positions in by_entry.items():
        Value.objects.filter(entry_id=entry_id, position__in=positions).update(
            salt="", content="", erased_at=now, erased_by=erasure
        )


def _erase_discussion(actor: Actor, subject: Subject, reason: str, now: dt.datetime) -> int:
    comments = _standing(Comment.objects.all(), actor, subject).update(body="", erased_at=now)
    views = _standing_views(actor, subject).update(words="", answer="", source_kind="", source_id=None)
    files = _standing(File.objects.all(), actor, subject).update(name=ERASED, erased_at=now)
    approvals = _standing_approvals(actor, subject)
    Vote.objects.filter(approval__in=approvals).update(reason="")
    asked = approvals.update(summary=ERASED, detail=[])
    if comments or files or asked or views:
        record(
            actor=actor,
            action="ledger.discussion_erased",
            subject=subject,
            now=now,
            changes={
                "comments": (comments, 0),
                "views": (views, 0),
                "files": (files, 0),
                "requests for approval": (asked, 0),
            },
            reason=reason,
        )
    return comments + views + files + asked


def _standing_views(actor: Actor, subject: Subject) -> "QuerySet[Standpoint]":
    """Return the views on a record, and those that were said on it."""
    on = Q(subject_kind=subject[0], subject_id=subject[1]) | Q(source_kind=subject[0], source_id=subject[1])
    return in_world(Standpoint.objects.filter(on).exclude(words=""), actor.world)


def _standing_approvals(actor: Actor, subject: Subject) -> "QuerySet[Approval]":
    rows = in_world(Approval.objects.exclude(summary=ERASED), actor.world)
    return rows.filter(subject_kind=subject[0], subject_id=subject[1])


def _standing(rows: "QuerySet[R]", actor: Actor, subject: Subject) -> "QuerySet[R]":
    return in_world(rows, actor.world).filter(subject_kind=subject[0], subject_id=subject[1], erased_at=None)


def _overwrite_freed_pages() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def sweep_erased() -> int:
    """Remove from disk what has been erased and return how many files went; safe to repeat at any time."""
    swept = sum(disk.remove(path) for path in File.objects.exclude(erased_at=None).values_list("path", flat=True))
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return swept
