"""The people the ledger must know of: who they are and what they may see."""

from collections.abc import Collection

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.platform.origin import World, in_world


def staff(world: World, ids: Collection[int] | None = None) -> list[User]:
    """Return the active staff of a world, all or those with these ids."""
    rows = in_world(User.objects.filter(is_active=True, role__in=STAFF_ROLES), world)
    return list(rows if ids is None else rows.filter(pk__in=ids))


def actor_of(user: User, world: World) -> Actor:
    """Return what a person may see and do."""
    return accounts.actor_for(user=user, world=world)
