"""Comments, mentions and files of a record."""

from django.core import signing
from django.urls import reverse

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import Comment, File
from wellserved.apps.ledger.types import CommentRow, Download, FileRow, Subject
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

LINK_SALT = "wellserved.ledger.file"
LINK_SECONDS = 300


def comments(*, actor: Actor, subject: Subject) -> tuple[CommentRow, ...]:
    """Return the comments on a record the actor may see, oldest first. Two queries."""
    subjects.require_visible(actor=actor, subject=subject)
    rows = in_world(Comment.objects.all(), actor.world).filter(subject_kind=subject[0], subject_id=subject[1])
    return tuple(_comment(row) for row in rows.select_related("author").prefetch_related("mentions").order_by("id"))


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
    """Return the files beside a record the actor may see, oldest first. One query."""
    subjects.require_visible(actor=actor, subject=subject)
    rows = in_world(File.objects.filter(erased_at=None), actor.world)
    rows = rows.filter(subject_kind=subject[0], subject_id=subject[1]).select_related("uploaded_by").order_by("id")
    return tuple(
        FileRow(
            id=row.pk,
            name=row.name,
            size=row.size,
            content_type=row.content_type,
            uploaded_by=row.uploaded_by.name if row.uploaded_by else "Wellserved",
            at=row.uploaded_at,
            url=reverse("ledger:file", args=[row.pk]),
        )
        for row in rows
    )


def open_file(*, actor: Actor, file_id: int) -> Download:
    """Return a file of a record the actor may see, ready to be sent."""
    row = in_world(File.objects.filter(pk=file_id, erased_at=None), actor.world).first()
    seen = row and subjects.visible_ids(actor=actor, kind=row.subject_kind, ids=[row.subject_id])
    if row is None or not seen:
        raise NotFound("There is no such file, or it is not yours to see.")
    return _download(row)


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
