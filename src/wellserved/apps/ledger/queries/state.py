"""How far the chain and its subscribers are, and what was sealed since."""

from wellserved.apps.ledger import chain
from wellserved.apps.ledger.models import Cursor, Entry, Head
from wellserved.apps.ledger.types import News, Status, Subscriber
from wellserved.platform import events


def status() -> Status:
    """Return how the ledger stands. Three queries."""
    head = Head.objects.filter(pk=1).first() or Head(sequence=0, digest=chain.GENESIS)
    cursors = {cursor.name: cursor for cursor in Cursor.objects.all()}
    return Status(
        sequence=head.sequence,
        digest=head.digest,
        unsealed=Entry.objects.filter(sequence=None).count(),
        subscribers=tuple(
            _subscriber(cursors.get(name) or Cursor(name=name, sequence=head.sequence), head.sequence)
            for name in sorted(events.subscriptions)
        ),
    )


def _subscriber(cursor: Cursor, head: int) -> Subscriber:
    return Subscriber(
        name=cursor.name,
        sequence=cursor.sequence,
        behind=head - cursor.sequence,
        attempts=cursor.attempts,
        failed_at=cursor.failed_at,
        failure=cursor.failure,
    )


def stream_after(sequence: int, *, limit: int = 200) -> tuple[News, ...]:
    """Return what was sealed after a number, oldest first. One query."""
    rows = Entry.objects.filter(sequence__gt=sequence).order_by("sequence")[:limit]
    columns = ("sequence", "event", "action", "subject_kind", "subject_id", "origin")
    return tuple(News(**row) for row in rows.values(*columns))
