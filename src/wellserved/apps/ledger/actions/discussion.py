"""Comment, call people, and keep files beside a record."""

import contextlib
import dataclasses
import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from django.db import transaction

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import calling, subjects
from wellserved.apps.ledger.actions.record import record
from wellserved.apps.ledger.adapters import disk, people, signatures
from wellserved.apps.ledger.events import Mentioned
from wellserved.apps.ledger.models import Comment, File, Mention
from wellserved.apps.ledger.types import Subject
from wellserved.platform.errors import Invalid, NotFound, Refused
from wellserved.platform.origin import live_origin

if TYPE_CHECKING:
    from wellserved.apps.accounts.models import User

LONGEST_COMMENT = 20_000
MOST_MENTIONS = 20
LARGEST_FILE = 25 * 1024 * 1024
MOST_FILES = 10
TOO_LARGE = "A file may hold 25 MB at most."
LONGEST_NAME = 120

_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,59}/[a-z0-9][a-z0-9!#$&^_.+-]{0,59}")


class Upload(Protocol):
    """What Django hands over for an uploaded file."""

    name: str | None
    content_type: str | None

    @property
    def size(self) -> int | None:
        """Return the declared length."""
        ...

    def chunks(self) -> Iterable[bytes]:
        """Yield the content."""
        ...


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpload:
    """An upload whose content lies on disk and belongs to no record yet."""

    path: str
    name: str
    size: int
    sha256: str
    content_type: str


def comment(*, actor: Actor, subject: Subject, body: str, now: dt.datetime, mention_ids: Collection[int] = ()) -> int:
    """Write a comment and return its id; `@Name` in the body calls that person, as `mention_ids` does.

    A mention grants nothing: only people who can see the record anyway may be called to it.
    """
    subjects.require_visible(actor=actor, subject=subject)
    if actor.role == Role.CUSTOMER:
        raise Refused("Comments are for the people who work here; write a message instead.")
    text = body.strip()
    if not text:
        raise Invalid("Write something first.")
    if len(text) > LONGEST_COMMENT:
        raise Invalid(f"A comment holds {LONGEST_COMMENT:,} characters at most; attach a file for more.")
    called = _called(actor, subject, text, mention_ids)
    with transaction.atomic():
        written = _write_comment(actor, subject, text, called, now)
        ids = tuple(user.pk for user in called)
        record(
            actor=actor,
            action="ledger.commented",
            subject=subject,
            now=now,
            changes={"comment": (None, text)},
            event=Mentioned(comment_id=written.pk, user_ids=ids) if ids else None,
        )
    return written.pk


def call_people(
    *, actor: Actor, subject: Subject, text: str, now: dt.datetime, mention_ids: Collection[int] = ()
) -> tuple[int, ...]:
    """Call those whom a text on a record names, and return their ids; a text that calls nobody is left alone.

    The text has its place in the record already, so history says only who was called. A mention grants nothing.
    """
    called = _called(actor, subject, text, mention_ids)
    if not called:
        return ()
    ids = tuple(user.pk for user in called)
    with transaction.atomic():
        written = _write_comment(actor, subject, text, called, now)
        record(
            actor=actor,
            action="ledger.called",
            subject=subject,
            now=now,
            changes={"called": (None, ", ".join(user.name for user in called))},
            event=Mentioned(comment_id=written.pk, user_ids=ids),
        )
    return ids


def _write_comment(actor: Actor, subject: Subject, text: str, called: "list[User]", now: dt.datetime) -> Comment:
    written = Comment.objects.create(
        subject_kind=subject[0],
        subject_id=subject[1],
        author_id=actor.user_id,
        body=text,
        written_at=now,
        origin=live_origin(actor.world),
    )
    Mention.objects.bulk_create(Mention(comment=written, user=user) for user in called)
    return written


def see_mentions(*, actor: Actor, now: dt.datetime) -> int:
    """Mark every mention of this person as seen and return how many were new."""
    return Mention.objects.filter(user_id=actor.user_id or 0, seen_at=None).update(seen_at=now)


def attach_file(*, actor: Actor, subject: Subject, upload: Upload, now: dt.datetime) -> int:
    """Keep an uploaded file beside a record and return its id."""
    subjects.require_visible(actor=actor, subject=subject)
    with keep_uploads([upload]) as [stored]:
        return attach_stored(actor=actor, subject=subject, stored=stored, now=now)


@contextlib.contextmanager
def keep_uploads(uploads: Sequence[Upload]) -> Iterator[tuple[StoredUpload, ...]]:
    """Put uploads on disk before the act they belong to, so that no lock waits for a disk.

    What the block attached to a record stays; whatever was refused, or not needed after all, is removed.
    """
    if len(uploads) > MOST_FILES:
        raise Invalid(f"Send {MOST_FILES} files at most at once.", code="many_files")
    if any((upload.size or 0) > LARGEST_FILE for upload in uploads):
        raise Invalid(TOO_LARGE, code="file_too_large")
    stored: list[StoredUpload] = []
    try:
        stored.extend(_store(upload) for upload in uploads)
        yield tuple(stored)
    finally:
        paths = [one.path for one in stored]
        attached = set(File.objects.filter(path__in=paths).values_list("path", flat=True)) if paths else set()
        for path in paths:
            if path not in attached:
                disk.remove(path)


def _store(upload: Upload) -> StoredUpload:
    written = disk.store(upload.chunks(), most=LARGEST_FILE)
    if written is None:
        raise Invalid(TOO_LARGE, code="file_too_large")
    path, size, sha256 = written
    head = disk.head(path, length=signatures.HEAD)
    if signatures.is_program(head):
        disk.remove(path)
        raise Invalid(
            f"{safe_name(upload.name or '')} is a program, and programs are not kept here. Send what it shows instead.",
            code="file_is_program",
        )
    declared = (upload.content_type or "").lower()
    known = declared if _CONTENT_TYPE.fullmatch(declared) else "application/octet-stream"
    return StoredUpload(
        path=path,
        name=safe_name(upload.name or ""),
        size=size,
        sha256=sha256,
        content_type=signatures.type_of(head, declared=known),
    )


def attach_stored(*, actor: Actor, subject: Subject, stored: StoredUpload, now: dt.datetime) -> int:
    """Make a stored upload a file of a record and return its id."""
    subjects.require_visible(actor=actor, subject=subject)
    with transaction.atomic():
        kept = File.objects.create(
            subject_kind=subject[0],
            subject_id=subject[1],
            name=stored.name,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            path=stored.path,
            uploaded_by_id=actor.user_id,
            uploaded_at=now,
            origin=live_origin(actor.world),
        )
        record(
            actor=actor,
            action="ledger.file_attached",
            subject=subject,
            now=now,
            changes={"file": (None, stored.name), "sha256": (None, stored.sha256)},
        )
    return kept.pk


def drop(*, kind: str, ids: Collection[int]) -> list[str]:
    """Delete the comments and files of records being removed; return paths for `sweep` after the commit."""
    Comment.objects.filter(subject_kind=kind, subject_id__in=ids).delete()
    rows = File.objects.filter(subject_kind=kind, subject_id__in=ids)
    paths = list(rows.values_list("path", flat=True))
    rows.delete()
    return paths


def sweep(paths: Iterable[str]) -> None:
    """Remove the stored content of files whose rows are gone."""
    for path in paths:
        disk.remove(path)


def park(*, actor: Actor, subject: Subject, stored: StoredUpload, now: dt.datetime) -> int:
    """Keep a stored upload beside something unfinished, which is no history yet; return its id."""
    kept = File.objects.create(
        subject_kind=subject[0],
        subject_id=subject[1],
        name=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        path=stored.path,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
        origin=live_origin(actor.world),
    )
    return kept.pk


def hand_over(
    *,
    actor: Actor,
    source: Subject,
    target: Subject,
    only: Collection[int] | None = None,
    is_history: bool = True,
    now: dt.datetime,
) -> tuple[str, ...]:
    """Move files from one record to another, all or those with these ids, and return their names.

    History tells where a file arrived unless the target is unfinished; the caller has the right to change both.
    """
    rows = File.objects.select_for_update().filter(subject_kind=source[0], subject_id=source[1], erased_at=None)
    moved = list((rows if only is None else rows.filter(pk__in=only)).order_by("pk"))
    File.objects.filter(pk__in=[row.pk for row in moved]).update(subject_kind=target[0], subject_id=target[1])
    for row in moved if is_history else ():
        record(
            actor=actor,
            action="ledger.file_attached",
            subject=target,
            now=now,
            changes={"file": (None, row.name), "sha256": (None, row.sha256)},
        )
    return tuple(row.name for row in moved)


def drop_parked(*, subject: Subject, now: dt.datetime) -> None:
    """Let go of the files of something unfinished that is thrown away; the next sweep takes them off the disk."""
    rows = File.objects.filter(subject_kind=subject[0], subject_id=subject[1], erased_at=None)
    rows.update(name="", erased_at=now)


def safe_name(given: str) -> str:
    """Return the last part of a name without control characters, quotes or leading dots, shortened in the middle."""
    last = given.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable() and c not in '"<>:|?*;%').strip(" .")
    if len(clean) > LONGEST_NAME:
        stem, dot, ending = clean.rpartition(".")
        clean = f"{stem[: LONGEST_NAME - 11]}.{ending[:10]}" if dot else clean[:LONGEST_NAME]
    return clean or "file"


def _called(actor: Actor, subject: Subject, text: str, mention_ids: Collection[int]) -> "list[User]":
    if "@" not in text and not mention_ids:
        return []
    wanted = set(mention_ids)
    # An id is authorised like that of the record itself: a colleague she may not know of reads as absent.
    if wanted - people.known_to(actor, wanted):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="no_such_colleague")
    staff = people.staff(actor.world)
    named = calling.find_called(text, {user.pk: user.name for user in staff})
    called = [user for user in staff if user.pk in wanted | named]
    if wanted - {user.pk for user in called}:
        raise Invalid("Somebody called has left; only people who work here can be called.", code="not_staff")
    if len(called) > MOST_MENTIONS:
        raise Invalid(f"Call at most {MOST_MENTIONS} people at once.")
    blind = [u.name for u in called if not _sees(people.actor_of(u, actor.world), subject)]
    if blind:
        raise Invalid(
            f"{', '.join(blind)} cannot see this record, and a mention does not change that.", code="cannot_see"
        )
    return called


def _sees(actor: Actor, subject: Subject) -> bool:
    return subject[1] in subjects.visible_ids(actor=actor, kind=subject[0], ids=[subject[1]])
