"""Files that come with a message."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Message
from wellserved.apps.ledger.actions.discussion import StoredUpload, attach_stored


def attach(message: Message, files: Sequence[StoredUpload], *, actor: Actor, now: dt.datetime) -> None:
    """Make uploads that lie on disk the files of a message."""
    for stored in files:
        attach_stored(actor=actor, subject=("desk.message", message.pk), stored=stored, now=now)


def tell(files: Sequence[StoredUpload]) -> dict[str, tuple[None, str]]:
    """Return the change history keeps of the files that came with a message."""
    return {"files": (None, ", ".join(stored.name for stored in files))} if files else {}
