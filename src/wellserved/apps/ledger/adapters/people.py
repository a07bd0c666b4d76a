"""The people the ledger must know of: who they are and what they may see."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.platform.origin import World

if TYPE_CHECKING:
    from wellserved.apps.accounts.models import User


def staff(world: World, ids: Collection[int] | None = None) -> "list[User]":
    """Return the active staff of a world, all or those with these ids."""
    return accounts.active_staff(world=world, ids=ids)


def actor_of(user: "User", world: World) -> Actor:
    """Return what a person may see and do."""
    return accounts.actor_for(user=user, world=world)


def known_to(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids that are colleagues this actor may know of."""
    return accounts.visible_staff_ids(actor=actor, user_ids=ids)
