"""Files that come with a message, or wait beside a draft until it is sent."""

import datetime as dt
from collections.abc import Collection, Sequence

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Draft, Message
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.actions.discussion import MOST_FILES, StoredUpload, attach_stored
from wellserved.platform.errors import Invalid


def attach(
    message: Message, files: Sequence[StoredUpload], *, kept: Collection[int] = (), actor: Actor, now: dt.datetime
) -> tuple[str, ...]:
    """Make uploads and the files kept with the writer's draft those of a message; end the draft; return their names.

    `kept` names files of the draft: whatever else waited beside it goes with it.
    """
    if len(files) + len(kept) > MOST_FILES:
        raise Invalid(f"Send {MOST_FILES} files at most at once.", code="many_files")
    names: tuple[str, ...] = ()
    draft = Draft.objects.filter(user=actor.user_id, ticket=message.ticket_id, kind=message.kind).first()
    if draft:
        source, target = ("desk.draft", draft.pk), ("desk.message", message.pk)
        names = discussion.hand_over(actor=actor, source=source, target=target, only=kept, now=now)
        end_draft(draft, now=now)
    for stored in files:
        attach_stored(actor=actor, subject=("desk.message", message.pk), stored=stored, now=now)
    return names + tuple(stored.name for stored in files)


def end_draft(draft: Draft, *, now: dt.datetime) -> None:
    """Throw a draft away with the files that still wait beside it."""
    discussion.drop_parked(subject=("desk.draft", draft.pk), now=now)
    draft.delete()


def tell(names: Sequence[str]) -> dict[str, tuple[None, str]]:
    """Return the change history keeps of the files that came with a message."""
    return {"files": (None, ", ".join(names))} if names else {}
