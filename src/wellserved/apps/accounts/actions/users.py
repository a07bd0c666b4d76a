"""People: made, given another role, switched off and on again."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from wellserved.apps.accounts import policies, queries
from wellserved.apps.accounts.models import ApiToken, Membership, User
from wellserved.apps.accounts.types import Actor, Person, Role
from wellserved.platform import recording
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    email: str,
    name: str,
    role: str,
    password: str | None,
    team_ids: Iterable[int] = (),
    now: dt.datetime,
    origin: str | None = None,
) -> Person:
    """Make somebody who can sign in at once; without a password she first resets it."""
    email, name = check_address(email), check_name(name)
    if role not in Role.values:
        raise Invalid(f"There is no role {role!r}. Use one of: {', '.join(Role.values)}.", field="role")
    if role != Role.CUSTOMER:
        _check_may_grant(actor, role)
    else:
        policies.check_can(actor, policies.EDIT_CUSTOMERS, "Only those who look after customers give them access.")
    wanted = check_teams(actor, team_ids)
    user = add_user(
        email=email,
        name=name,
        role=role,
        password=password,
        team_ids=wanted,
        now=now,
        origin=origin or live_origin(actor.world),
    )
    recording.record(
        actor=actor,
        action="accounts.create_user",
        subject=("accounts.user", user.pk),
        now=now,
        changes={
            "email": (None, email),
            "name": (None, name),
            "role": (None, role),
            "teams": ([], sorted(wanted)),
        },
        origin=user.origin,
    )
    return queries.as_person(user)


@transaction.atomic
def change_role(*, actor: Actor, user_id: int, role: str, reason: str = "", now: dt.datetime) -> None:
    """Give a colleague another role; it counts from her next request."""
    user = lock_colleague(actor, user_id)
    policies.check_may_manage(actor, user_id=user.pk, role=user.role)
    _check_may_grant(actor, role)
    if role == user.role:
        return
    _check_not_last_administrator(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    recording.record(
        actor=actor,
        action="accounts.change_role",
        subject=("accounts.user", user.pk),
        now=now,
        changes={"role": (before, role)},
        reason=reason,
    )


@transaction.atomic
def deactivate(*, actor: Actor, user_id: int, reason: str = "", now: dt.datetime) -> None:
    """Close a colleague's access: every session and API token of hers ends at once; her history stays."""
    user = lock_colleague(actor, user_id)
    policies.check_may_manage(actor, user_id=user.pk, role=user.role)
    if not user.is_active:
        return
    _check_not_last_administrator(user)
    User.objects.filter(pk=user.pk).update(is_active=False, session_epoch=F("session_epoch") + 1)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    recording.record(
        actor=actor,
        action="accounts.deactivate",
        subject=("accounts.user", user.pk),
        now=now,
        changes={"is_active": (True, False)},
        reason=reason,
    )


@transaction.atomic
def reactivate(*, actor: Actor, user_id: int, reason: str = "", now: dt.datetime) -> None:
    """Open a colleague's access again; old sessions and tokens stay ended."""
    user = lock_colleague(actor, user_id)
    policies.check_may_manage(actor, user_id=user.pk, role=user.role)
    if user.is_active:
        return
    User.objects.filter(pk=user.pk).update(is_active=True)
    recording.record(
        actor=actor,
        action="accounts.reactivate",
        subject=("accounts.user", user.pk),
        now=now,
        changes={"is_active": (False, True)},
        reason=reason,
    )


@transaction.atomic
def end_sessions(*, actor: Actor, now: dt.datetime) -> None:
    """End every session of the actor's own, on every device."""
    user = User.objects.select_for_update().get(pk=actor.person_id)
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    recording.record(actor=actor, action="accounts.end_sessions", subject=("accounts.user", user.pk), now=now)


def add_user(
    *,
    email: str,
    name: str,
    role: str,
    password: str | None,
    team_ids: Iterable[int],
    now: dt.datetime,
    origin: str,
) -> User:
    """Insert a person and her places in teams; for the actions of this app, which check and record."""
    if User.objects.filter(email__iexact=email).exists():
        raise Conflict(f"{email} already has an account. Use another address.", code="email_taken")
    user = User(email=email, name=name, role=role, origin=origin, created_at=now)
    user.set_password(password)
    user.save()
    Membership.objects.bulk_create(
        Membership(team_id=team_id, user=user, is_leader=role == Role.TEAM_LEADER) for team_id in team_ids
    )
    return user


def lock_colleague(actor: Actor, user_id: int) -> User:
    """Return the colleague's row, locked; a stranger reads as absent."""
    user = queries.visible_staff(actor=actor).select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound("There is no such colleague, or she is not in your teams.")
    return user


def check_address(email: str) -> str:
    """Return the address as it is kept."""
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise Invalid(f"{address!r} is no email address. Write it like name@example.com.", field="email") from wrong
    return address


def check_name(name: str) -> str:
    """Return the name as it is kept."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 200:
        raise Invalid("Give a name of 1 to 200 characters.", field="name")
    return cleaned


def check_teams(actor: Actor, team_ids: Iterable[int]) -> frozenset[int]:
    """Return the ids of teams the actor may put people in; a foreign one reads as absent."""
    wanted = frozenset(team_ids)
    known = frozenset(queries.visible_teams(actor=actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if known != wanted:
        raise NotFound("There is no such team, or it is not yours.")
    return wanted


def _check_may_grant(actor: Actor, role: str) -> None:
    if role not in policies.grantable_roles(actor):
        raise Refused(
            "You can give only roles that stand no higher than your own. An administrator can give the others.",
            code="above_own_role",
        )


def _check_not_last_administrator(user: User) -> None:
    if user.role != Role.ADMINISTRATOR:
        return
    administrators = in_world(
        User.objects.filter(role=Role.ADMINISTRATOR, is_active=True),
        queries.actor_for(user=user).world,
    )
    if set(administrators.select_for_update().values_list("pk", flat=True)) <= {user.pk}:
        raise Refused(
            f"{user.name} is the last administrator. Make somebody else an administrator first.",
            code="last_administrator",
        )
