"""What every action on these records begins with: the row, held, as it was read."""

from typing import TypeVar

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models.private import Private
from wellserved.apps.development.queries import private
from wellserved.platform.errors import Conflict

P = TypeVar("P", bound=Private)


def locked(model: type[P], *, actor: Actor, pk: int, version: int | None = None) -> P:
    """Return a restricted record the actor may see, held for this transaction."""
    if pk not in private.visible_ids(model, actor=actor, ids=[pk]):
        raise private.absent()
    row = model._default_manager.select_for_update().get(pk=pk)
    check_version(row.version, version)
    return row


def check_version(held: int, given: int | None) -> None:
    """Refuse a change made on what somebody has changed meanwhile."""
    if given is not None and given != held:
        raise Conflict(
            "Somebody has changed this since you opened it. Look at what it says now, then do it again.",
            code="stale",
            version=held,
        )
