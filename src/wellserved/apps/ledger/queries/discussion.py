"""Comments, mentions and files of a record."""

from collections.abc import Collection, Mapping

from django.core import signing
from django.urls import reverse

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import Comment, File
from wellserved.apps.ledger.types import CommentRow, Download, FileRow, Subject
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

LINK_SALT = "wellserved.ledger.file"
LINK_SECONDS = 300
MOST_COUNTED = 100
_OLDEST = Keyset("id")


def comments(*, actor: Actor, subject: Subject) -> tuple[CommentRow, ...]:
    """Return the comments on a record the actor may see, oldest first; a customer reads none. Two queries."""
    subjects.require_visible(actor=actor, subject=subject)
    if actor.role == Role.CUSTOMER:
        return ()
    rows = in_world(Comment.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    return tuple(_comment(row) for row in rows.select_related("author").prefetch_related("mentions").order_by("id"))


def comment_page(
    *, actor: Actor, subject: Subject, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[CommentRow, ...], str | None]:
    """Return one page of the comments on a record, oldest first, and the cursor of the next. Two queries."""
    subjects.require_visible(actor=actor, subject=subject)
    if actor.role == Role.CUSTOMER:
        return (), None
    rows = in_world(Comment.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    page = _OLDEST.page(rows.select_related("author").prefetch_related("mentions"), cursor=cursor, limit=limit)
    return tuple(_comment(row) for row in page.rows), page.next_cursor


def mentions(*, actor: Actor, limit: int = 100) -> tuple[tuple[CommentRow, bool], ...]:
    """Return the comments that call this person, newest first, each with whether it is new to her.

    A record she can no longer see is left out.
    """
    rows = (
        in_world(Comment.objects.all(), actor.world)
        .filter(calls__user_id=_own_id(actor))
        .select_related("author")
        .prefetch_related("mentions", "calls")
        .order_by("-id")[:limit]
    )
    found = list(rows)
    ids: dict[str, set[int]] = {}
    for row in found:
        ids.setdefault(row.subject_kind, set()).add(row.subject_id)
    visible = {kind: subjects.visible_ids(actor=actor, kind=kind, ids=of_kind) for kind, of_kind in ids.items()}
    return tuple(
        (_comment(row), any(c.user_id == actor.user_id and c.seen_at is None for c in row.calls.all()))
        for row in found
        if row.subject_id in visible[row.subject_kind]
    )


def count_new_mentions(*, actor: Actor) -> int:
    """Return how many comments call this person that she has not seen. One query while there is none."""
    rows = in_world(Comment.objects.all(), actor.world).filter(calls__user_id=_own_id(actor), calls__seen_at=None)
    found = list(rows.values_list("subject_kind", "subject_id")[:MOST_COUNTED])
    by_kind: dict[str, list[int]] = {}
    for kind, subject_id in found:
        by_kind.setdefault(kind, []).append(subject_id)
    seen = {kind: subjects.visible_ids(actor=actor, kind=kind, ids=ids) for kind, ids in by_kind.items()}
    return sum(subject_id in seen[kind] for kind, subject_id in found)


def _own_id(actor: Actor) -> int:
    # No row has this id: the product itself is called by nobody.
    return actor.user_id or 0


def _comment(row: Comment) -> CommentRow:
    return CommentRow(
        id=row.pk,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        author=row.author.name if row.author else "Wellserved",
        body=row.body,
        at=row.written_at,
        mentions=tuple(user.name for user in row.mentions.all()),
        erased=row.erased_at is not None,
    )


def files(*, actor: Actor, subject: Subject) -> tuple[FileRow, ...]:
    """Return the files beside a record the actor may see, oldest first. Two queries."""
    subjects.require_visible(actor=actor, subject=subject)
    return _files(actor, subject[0], [subject[1]]).get(subject[1], ())


def files_of(*, actor: Actor, kind: str, ids: Collection[int]) -> dict[int, tuple[FileRow, ...]]:
    """Return the files beside those of many records that the actor may see, by record. Two queries."""
    return _files(actor, kind, subjects.visible_ids(actor=actor, kind=kind, ids=ids))


def _files(actor: Actor, kind: str, ids: Collection[int]) -> dict[int, tuple[FileRow, ...]]:
    rows = in_world(File.objects.filter(erased_at=None), actor.world).filter(subject_kind=kind, subject_id__in=ids)
    found: dict[int, tuple[FileRow, ...]] = {}
    for row in rows.select_related("uploaded_by").order_by("id"):
        found[row.subject_id] = (*found.get(row.subject_id, ()), _file(row))
    return found


def count_files(*, subjects_of: Mapping[str, Collection[int]]) -> int:
    """Return how many files stand beside these records, by kind. One query a kind."""
    rows = File.objects.filter(erased_at=None)
    return sum(rows.filter(subject_kind=kind, subject_id__in=ids).count() for kind, ids in subjects_of.items())


def _file(row: File) -> FileRow:
    return FileRow(
        id=row.pk,
        name=row.name,
        size=row.size,
        content_type=row.content_type,
        uploaded_by=row.uploaded_by.name if row.uploaded_by else "Wellserved",
        at=row.uploaded_at,
        url=reverse("ledger:file", args=[row.pk]),
    )


def file(*, actor: Actor, file_id: int) -> FileRow:
    """Return what is known of a file of a record the actor may see."""
    return _file(_visible_file(actor, file_id))


def open_file(*, actor: Actor, file_id: int) -> Download:
    """Return a file of a record the actor may see, ready to be sent."""
    return _download(_visible_file(actor, file_id))


def _visible_file(actor: Actor, file_id: int) -> File:
    row = in_world(File.objects.filter(pk=file_id, erased_at=None), actor.world).select_related("uploaded_by").first()
    seen = row and subjects.visible_ids(actor=actor, kind=row.subject_kind, ids=[row.subject_id])
    if row is None or not seen:
        raise NotFound("There is no such file, or it is not yours to see.")
    return row


def signed_link(*, actor: Actor, file_id: int) -> str:
    """Return an address that opens one file for five minutes without signing in, for somebody who may see it."""
    open_file(actor=actor, file_id=file_id)
    return reverse("ledger:signed_file", args=[signing.dumps(file_id, salt=LINK_SALT)])


def open_signed_file(*, token: str) -> Download:
    """Return the file a signed address names while it is fresh."""
    try:
        file_id = signing.loads(token, salt=LINK_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature as stale:
        raise NotFound("This link has run out. Open the record again for a new one.", code="link_expired") from stale
    row = File.objects.filter(pk=file_id, erased_at=None).first()
    if row is None:
        raise NotFound("There is no such file any more.")
    return _download(row)


def _download(row: File) -> Download:
    return Download(location=disk.locate(row.path), name=row.name, content_type=row.content_type, size=row.size)
