"""Teams and who is in them."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import policies, queries
from wellserved.apps.accounts.actions import users
from wellserved.apps.accounts.models import Membership, Team
from wellserved.apps.accounts.types import Actor
from wellserved.platform import recording
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin

ONLY_LEADERS = "Only team leaders, managers and administrators change teams."


@transaction.atomic
def create_team(*, actor: Actor, name: str, now: dt.datetime, origin: str | None = None) -> int:
    """Make a team and return its id."""
    _check_sees_all(actor)
    name = _check_team_name(actor, name)
    team = Team.objects.create(name=name, origin=origin or live_origin(actor.world))
    recording.record(
        actor=actor,
        action="accounts.create_team",
        subject=("accounts.team", team.pk),
        now=now,
        changes={"name": (None, name)},
        origin=team.origin,
    )
    return team.pk


@transaction.atomic
def rename_team(*, actor: Actor, team_id: int, name: str, now: dt.datetime) -> None:
    """Call a team something else."""
    team = _lock_team(actor, team_id)
    _check_sees_all(actor)
    if team.name == name.strip():
        return
    before, team.name = team.name, _check_team_name(actor, name)
    team.save(update_fields=["name"])
    recording.record(
        actor=actor,
        action="accounts.rename_team",
        subject=("accounts.team", team.pk),
        now=now,
        changes={"name": (before, team.name)},
    )


@transaction.atomic
def add_member(*, actor: Actor, team_id: int, user_id: int, is_leader: bool = False, now: dt.datetime) -> None:
    """Put a colleague in a team, or change whether she leads it."""
    team = _lock_team(actor, team_id)
    user = users.lock_colleague(actor, user_id)
    policies.check_may_manage(actor, user_id=user.pk, role=user.role)
    place = Membership.objects.filter(team=team, user=user).first()
    before = None if place is None else place.is_leader
    if before == is_leader:
        return
    Membership.objects.update_or_create(team=team, user=user, defaults={"is_leader": is_leader})
    recording.record(
        actor=actor,
        action="accounts.add_member",
        subject=("accounts.team", team.pk),
        now=now,
        changes={"member": (None if before is None else user.pk, user.pk), "is_leader": (before, is_leader)},
    )


@transaction.atomic
def remove_member(*, actor: Actor, team_id: int, user_id: int, now: dt.datetime) -> None:
    """Take a colleague out of a team; what only its members see is closed to her from her next request."""
    team = _lock_team(actor, team_id)
    user = users.lock_colleague(actor, user_id)
    policies.check_may_manage(actor, user_id=user.pk, role=user.role)
    removed, _ = Membership.objects.filter(team=team, user=user).delete()
    if removed:
        recording.record(
            actor=actor,
            action="accounts.remove_member",
            subject=("accounts.team", team.pk),
            now=now,
            changes={"member": (user.pk, None)},
        )


def _lock_team(actor: Actor, team_id: int) -> Team:
    team = queries.visible_teams(actor=actor).select_for_update().filter(pk=team_id).first()
    if team is None:
        raise NotFound("There is no such team, or it is not yours.")
    policies.check_can(actor, policies.EDIT_PEOPLE, ONLY_LEADERS)
    return team


def _check_sees_all(actor: Actor) -> None:
    policies.check_can(actor, policies.EDIT_PEOPLE, ONLY_LEADERS)
    if not actor.sees_all_teams:
        raise Refused("Only managers and administrators make and name teams.")


def _check_team_name(actor: Actor, name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 120:
        raise Invalid("Give the team a name of 1 to 120 characters.", field="name")
    if in_world(Team.objects.filter(name=cleaned), actor.world).exists():
        raise Conflict(f"There is already a team called {cleaned}. Choose another name.", code="team_name_taken")
    return cleaned
