"""Reads about people who sign in."""

from django.http import HttpRequest

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.models import Membership, User
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.platform.origin import World, world_of


def actor_for(*, user: User, world: World | None = None) -> Actor:
    """Return the facts every action and query needs about this person. One query."""
    teams = Membership.objects.filter(user=user).values_list("team_id", flat=True)
    return Actor(
        user_id=user.pk,
        role=user.role,
        name=user.name,
        team_ids=frozenset(teams),
        world=world or world_of(user.origin),
        sees_all_teams=user.role in policies.SEES_ALL_TEAMS,
        capabilities=policies.CAPABILITIES[user.role],
        time_zone=user.time_zone,
    )


def actor_of_request(request: HttpRequest) -> Actor | None:
    """Return who is asking, or None when nobody is signed in; staff may stand in either world."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_active:
        return None
    chosen = request.session.get("world") if user.role in STAFF_ROLES else None
    return actor_for(user=user, world=World(chosen) if chosen in set(World) else None)


def system_actor(*, world: World = World.REAL) -> Actor:
    """Return the product itself as an actor: sequencer, schedules, importers."""
    return Actor(
        user_id=None,
        role="system",
        name="Wellserved",
        team_ids=frozenset(),
        world=world,
        sees_all_teams=True,
        capabilities=frozenset().union(*policies.CAPABILITIES.values()),
        automatic=True,
    )
