"""Reads about people who sign in."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Prefetch, Q, QuerySet
from django.http import HttpRequest

from wellserved.apps.accounts import capabilities
from wellserved.apps.accounts.models import ApiToken, Invitation, Membership, Team, User
from wellserved.apps.accounts.secrets import hash_secret
from wellserved.apps.accounts.types import (
    ALL_SCOPES,
    STAFF_ROLES,
    Actor,
    InvitationRow,
    OwnSettings,
    Person,
    Role,
    TeamMember,
    TeamRow,
    TokenRow,
)
from wellserved.platform.errors import NotFound, Refused
from wellserved.platform.origin import World, in_world, world_of
from wellserved.platform.ui.keys import preset_of

ASIDE = "set_up_aside"
THEMES = ("auto", "light", "dark")


def actor_for(*, user: User, world: World | None = None) -> Actor:
    """Return the facts every action and query needs about this person. One query."""
    return _make_actor(user=user, world=world)


def actor_of_request(request: HttpRequest) -> Actor | None:
    """Return who is asking, or None when nobody is signed in; staff may stand in either world."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_active:
        return None
    chosen = request.session.get("world")
    is_elsewhere = chosen in set(World) and chosen != world_of(user.origin)
    # Asked anew at every request: a door that has closed closes for sessions that went through it before.
    return actor_for(user=user, world=World(chosen) if is_elsewhere and chosen in worlds_open_to(user=user) else None)


def worlds_open_to(*, user: User | AnonymousUser) -> tuple[World, ...]:
    """Return the worlds this person may stand in, none for somebody who is not signed in.

    One query for sample staff at most, none for others. Real staff may look at the sample. Of the sample's people only
    those who import may go to the real world, and only until it has an administrator of its own: the sample's password
    is no secret.
    """
    if not isinstance(user, User):
        return ()
    if user.role not in STAFF_ROLES:
        return (world_of(user.origin),)
    if world_of(user.origin) == World.REAL:
        return tuple(World)
    if capabilities.IMPORT not in capabilities.CAPABILITIES[user.role] or has_administrator():
        return (World.SAMPLE,)
    return tuple(World)


def has_administrator() -> bool:
    """Return whether the real world has an administrator."""
    return in_world(User.objects.filter(role=Role.ADMINISTRATOR), World.REAL).exists()


def actor_of_token(*, raw: str, now: dt.datetime) -> Actor | None:
    """Return whose API token this is, with its scopes; None if it is unknown, revoked, expired or its owner is gone."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(token_hash=hash_secret(raw), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is None or capabilities.USE_API not in capabilities.CAPABILITIES[token.user.role]:
        return None
    return _make_actor(user=token.user, token_id=token.pk, scopes=frozenset(token.scopes) & ALL_SCOPES)


def system_actor(*, world: World = World.REAL) -> Actor:
    """Return the product itself as an actor: sequencer, schedules, importers."""
    return Actor(
        user_id=None,
        role="system",
        name="Wellserved",
        team_ids=frozenset(),
        world=world,
        sees_all_teams=True,
        capabilities=frozenset().union(*capabilities.CAPABILITIES.values()),
        automatic=True,
    )


def staff(*, actor: Actor, include_inactive: bool = False) -> tuple[Person, ...]:
    """Return the colleagues this actor may know of, by name: all of her world, or those of her teams. Two queries."""
    rows = visible_staff(actor=actor).prefetch_related("memberships").order_by("name", "pk")
    return tuple(as_person(user) for user in rows if include_inactive or user.is_active)


def known(*, actor: Actor) -> QuerySet[User]:
    """Return the rows of the active colleagues this actor may know of, for a subquery."""
    return visible_staff(actor=actor).filter(is_active=True)


def having(*, actor: Actor, probes: Mapping[str, QuerySet[Any]]) -> frozenset[str]:
    """Return the names of those probes that find anything at all for a person, none for the product itself. One query.

    What somebody is told comes from many tables, most of them empty on most days: one question spares asking each.
    """
    asked = [Exists(rows.order_by()) for rows in probes.values()]
    found = User.objects.filter(pk=actor.user_id).values_list(*asked).first() if asked and actor.user_id else None
    return frozenset(name for name, is_there in zip(probes, found or (), strict=False) if is_there)


def person(*, actor: Actor, user_id: int) -> Person:
    """Return one colleague this actor may know of."""
    user = visible_staff(actor=actor).prefetch_related("memberships").filter(pk=user_id).first()
    if user is None:
        raise NotFound("There is no such colleague, or she is not in your teams.")
    return as_person(user)


def names(*, user_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people already known to the caller by id. One query."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def team_names(*, team_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of teams already known to the caller by id. One query."""
    return dict(Team.objects.filter(pk__in=set(team_ids)).values_list("pk", "name"))


def visible_staff_ids(*, actor: Actor, user_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the ids that are colleagues this actor may know of. One query."""
    return frozenset(visible_staff(actor=actor).filter(pk__in=set(user_ids)).values_list("pk", flat=True))


def visible_team_ids(*, actor: Actor, team_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the ids that are teams this actor may know of. One query."""
    return frozenset(visible_teams(actor=actor).filter(pk__in=set(team_ids)).values_list("pk", flat=True))


def teams(*, actor: Actor) -> tuple[TeamRow, ...]:
    """Return the teams this actor may know of, with their members. Two queries."""
    members = Prefetch("memberships", Membership.objects.select_related("user").order_by("user__name", "pk"))
    return tuple(
        TeamRow(
            id=team.pk,
            name=team.name,
            members=tuple(
                TeamMember(
                    user_id=place.user_id,
                    name=place.user.name,
                    is_leader=place.is_leader,
                    is_active=place.user.is_active,
                )
                for place in team.memberships.all()
            ),
        )
        for team in visible_teams(actor=actor).prefetch_related(members).order_by("name", "pk")
    )


def invitations(*, actor: Actor, now: dt.datetime) -> tuple[InvitationRow, ...]:
    """Return the offers still open that this actor may withdraw. One query."""
    rows = visible_invitations(actor=actor).filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return tuple(
        InvitationRow(
            id=row.pk,
            email=row.email,
            name=row.name,
            role=row.role,
            team=row.team.name if row.team else "",
            invited_by=row.invited_by.name,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
        for row in rows.select_related("team", "invited_by").order_by("-created_at", "-pk")
    )


def invitation_by_token(*, raw: str, now: dt.datetime) -> InvitationRow:
    """Return the open offer this link stands for."""
    row = (
        Invitation.objects.select_related("team", "invited_by")
        .filter(token_hash=hash_secret(raw), accepted_at=None, withdrawn_at=None, expires_at__gt=now)
        .first()
    )
    if row is None or not row.invited_by.is_active:
        raise NotFound("This invitation is used, withdrawn or over. Ask for a new one.", code="invitation_over")
    return InvitationRow(
        id=row.pk,
        email=row.email,
        name=row.name,
        role=row.role,
        team=row.team.name if row.team else "",
        invited_by=row.invited_by.name,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def tokens(*, actor: Actor, now: dt.datetime) -> tuple[TokenRow, ...]:
    """Return the actor's own API tokens that still work. One query."""
    rows = ApiToken.objects.filter(user_id=actor.person_id, revoked_at=None, expires_at__gt=now)
    return tuple(
        TokenRow(
            id=row.pk,
            name=row.name,
            prefix=row.prefix,
            scopes=tuple(row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )
        for row in rows.order_by("-created_at", "-pk")
    )


def team_choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the teams this actor may name, by name. One query."""
    return tuple(visible_teams(actor=actor).order_by("name", "pk").values_list("pk", "name"))


def aside_in(user: User) -> frozenset[str]:
    """Return the tasks of the set-up list somebody has put aside; for this app alone."""
    return frozenset(user.preferences.get(ASIDE, ()))


def tasks_aside(*, actor: Actor) -> frozenset[str]:
    """Return the tasks of the set-up list the actor has put aside. One query."""
    return aside_in(User.objects.only("preferences").get(pk=actor.person_id))


def own_settings(*, actor: Actor) -> OwnSettings:
    """Return what the actor has chosen for herself. One query."""
    user = User.objects.get(pk=actor.person_id)
    theme = user.preferences.get("theme")
    return OwnSettings(
        name=user.name,
        email=user.email,
        time_zone=user.time_zone,
        theme=theme if theme in THEMES else "auto",
        shortcuts=preset_of(user.preferences),
        keys=tuple(sorted(user.preferences.get("keys", {}).items())),
    )


def active_staff(*, world: World, ids: Iterable[int] | None = None) -> list[User]:
    """Return the active staff of a world, all or those with these ids. One query."""
    rows = in_world(User.objects.filter(is_active=True, role__in=STAFF_ROLES), world)
    return list(rows if ids is None else rows.filter(pk__in=ids))


def visible_staff(*, actor: Actor) -> QuerySet[User]:
    """Return the rows of colleagues this actor may know of; for this app alone."""
    rows = in_world(User.objects.filter(role__in=STAFF_ROLES), actor.world)
    if actor.sees_all_teams:
        return rows
    if actor.role not in STAFF_ROLES:
        return rows.none()
    sharing = Membership.objects.filter(team_id__in=actor.team_ids).values("user_id")
    return rows.filter(Q(pk=actor.user_id) | Q(pk__in=sharing))


def visible_teams(*, actor: Actor) -> QuerySet[Team]:
    """Return the rows of teams this actor may know of; for this app alone."""
    rows = in_world(Team.objects.all(), actor.world)
    return rows if actor.sees_all_teams else rows.filter(pk__in=actor.team_ids)


def visible_invitations(*, actor: Actor) -> QuerySet[Invitation]:
    """Return the rows of invitations this actor may know of; for this app alone."""
    rows = in_world(Invitation.objects.all(), actor.world)
    return rows if actor.sees_all_teams else rows.filter(team_id__in=actor.team_ids)


def as_person(user: User) -> Person:
    """Return the row as other apps may know it."""
    return Person(
        id=user.pk,
        name=user.name,
        email=user.email,
        role=user.role,
        team_ids=frozenset(place.team_id for place in user.memberships.all()),
        is_active=user.is_active,
        time_zone=user.time_zone,
    )


def _make_actor(
    *,
    user: User,
    world: World | None = None,
    token_id: int | None = None,
    scopes: frozenset[str] = ALL_SCOPES,
) -> Actor:
    team_ids = Membership.objects.filter(user=user).values_list("team_id", flat=True)
    return Actor(
        user_id=user.pk,
        role=user.role,
        name=user.name,
        team_ids=frozenset(team_ids),
        world=world or world_of(user.origin),
        sees_all_teams=user.role in capabilities.SEES_ALL_TEAMS,
        capabilities=capabilities.CAPABILITIES[user.role],
        time_zone=user.time_zone,
        token_id=token_id,
        scopes=scopes,
        shortcuts=preset_of(user.preferences),
        keys=tuple(sorted(user.preferences.get("keys", {}).items())),
    )


def actor_by_id(user_id: int | None, *, world: World | None = None) -> Actor:
    """Return the person with this id as an actor, or the product itself when nobody is named.

    Work begun by somebody whose access has ended is refused: it must not go on with the product's own rights.
    """
    if user_id is None:
        return system_actor(world=world or World.REAL)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Refused(
            "Whoever began this no longer has access, so nothing is done in her name. Begin it again yourself.",
            code="person_gone",
        )
    return actor_for(user=user, world=world)
