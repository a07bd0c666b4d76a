"""Who leads whom: the leaders of a person's teams, and the managers for everybody whom no team leader leads."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.capabilities import SEES_ALL_TEAMS
from wellserved.apps.accounts.models import Membership, User
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.platform.origin import World, in_world

# Whom the leader of a team leads in it; those who see every team are led by managers wherever they sit.
_IN_TEAMS = STAFF_ROLES - SEES_ALL_TEAMS


def led_by(*, actor: Actor) -> QuerySet[User]:
    """Return the rows of those this actor leads, for a subquery: nobody leads herself, nor a fellow leader."""
    rows = in_world(User.objects.filter(role__in=STAFF_ROLES), actor.world)
    if actor.user_id is None or actor.role not in STAFF_ROLES:
        return rows.none()
    leading = Membership.objects.filter(user=actor.user_id, is_leader=True).values("team")
    places = Membership.objects.filter(team__in=leading, is_leader=False, user__role__in=_IN_TEAMS)
    hers = Q(pk__in=places.values("user"))
    if actor.role == Role.MANAGER:
        hers |= ~Exists(_led_in_a_team()) & ~Q(role=Role.MANAGER)
    return rows.filter(hers).exclude(pk=actor.user_id)


def led_ids(*, actor: Actor) -> frozenset[int]:
    """Return the ids of those this actor leads. One query."""
    return frozenset(led_by(actor=actor).values_list("pk", flat=True))


def leads(*, actor: Actor, user_id: int) -> bool:
    """Return whether the actor leads this person. One query."""
    return led_by(actor=actor).filter(pk=user_id).exists()


def leaders_of(*, user_id: int, world: World, but: Collection[int] = ()) -> tuple[int, ...]:
    """Return the ids of those who lead a person: her team leaders, else managers and then administrators.

    `but` are passed over. Two queries. Nobody comes back when a service has nobody else.
    """
    own = Membership.objects.filter(user=user_id, is_leader=False, user__role__in=_IN_TEAMS).values("team")
    places = Membership.objects.filter(team__in=own, is_leader=True, user__is_active=True)
    found = places.exclude(user__in=[user_id, *but]).order_by("user__name", "user").values_list("user", flat=True)
    if ids := tuple(dict.fromkeys(found)):
        return ids
    above = User.objects.filter(is_active=True, role__in=[Role.MANAGER, Role.ADMINISTRATOR])
    rows = in_world(above, world).exclude(pk__in=[user_id, *but]).order_by("-role", "name", "pk")
    return tuple(rows.values_list("pk", flat=True))


def _led_in_a_team() -> QuerySet[Membership]:
    """Return the places in which the outer person has a leader."""
    leaders = Membership.objects.filter(team=OuterRef("team"), is_leader=True, user__is_active=True)
    own = Membership.objects.filter(user=OuterRef("pk"), is_leader=False, user__role__in=_IN_TEAMS)
    return own.filter(Exists(leaders))
