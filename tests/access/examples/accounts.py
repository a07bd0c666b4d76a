"""Examples of the routes of accounts and of allauth."""

import datetime as dt

from tests.access.engine import OTHER_TEAM, OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.personas import NOW, make_team, make_user
from wellserved.apps.accounts.models import ApiToken, Invitation
from wellserved.apps.accounts.secrets import hash_secret
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.platform.origin import Origin

FAR = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


def make_staff(scene: Scene, placement: str) -> int:
    origin = Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE
    team = make_team("Team B") if placement == OTHER_TEAM else make_team("Team A", origin=origin)
    return make_user(f"Agent of {placement}", Role.AGENT, team=team, origin=origin).pk


def sees_staff(actor: Actor, placement: str, _key: object) -> bool:
    if placement == OTHER_WORLD or actor.role not in STAFF_ROLES:
        return False
    return actor.sees_all_teams or placement == OWN


def sees_only_herself_without_the_right(actor: Actor, placement: str, key: object) -> bool:
    return sees_staff(actor, placement, key) and actor.can("people.read")


def make_a_team(scene: Scene, placement: str) -> int:
    if placement == OTHER_WORLD:
        return make_team("Team A", origin=Origin.SAMPLE).pk
    return {OWN: scene.team_a, OTHER_TEAM: scene.team_b}[placement].pk


def make_invitation(scene: Scene, placement: str) -> int:
    return Invitation.objects.create(
        email=f"{placement.replace(' ', '-')}@example.test",
        role=Role.AGENT,
        team_id=scene.object("accounts.team", placement),
        token_hash=hash_secret(placement),
        invited_by=scene.people["ada"].user,
        origin=Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE,
        created_at=NOW,
        expires_at=FAR,
    ).pk


def make_foreign_token(scene: Scene, placement: str) -> int:
    return ApiToken.objects.create(
        user=scene.people["chloe"].user,
        name="Nightly export",
        token_hash=hash_secret(f"token of {placement}"),
        prefix="ws_",
        scopes=["read"],
        created_at=NOW,
        expires_at=FAR,
    ).pk


def never(_actor: Actor, _placement: str, _key: object) -> bool:
    return False


OBJECTS = {
    "accounts.staff": Kind(make=make_staff, visible=sees_staff),
    # Matters go across teams, never across worlds.
    "accounts.stranger": Kind(make=make_staff, visible=sees_staff, placements=(OTHER_WORLD,)),
    "accounts.team": Kind(make=make_a_team, visible=sees_staff),
    "accounts.invitation": Kind(make=make_invitation, visible=sees_staff),
    "accounts.token": Kind(make=make_foreign_token, visible=never, placements=(OTHER_TEAM,)),
}

EXAMPLES = {
    "accounts:accept_invitation": Example(kwargs={"token": "not-a-token"}),
    "accounts:revoke_token": Example(kwargs={"token_id": Ref("accounts.token")}, method="POST"),
    "accounts:withdraw_invitation": Example(kwargs={"invitation_id": Ref("accounts.invitation")}, method="POST"),
    "accounts:invite": Example(
        method="POST",
        body=lambda scene: {"email": "new@example.test", "role": "agent", "team": scene.team_a.pk},
        secondary={"team": Ref("accounts.team")},
    ),
    "accounts:change_role": Example(
        kwargs={"user_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"role": "team_leader", "reason": "She leads the new shift"},
    ),
    "accounts:change_access": Example(
        kwargs={"user_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"access": "closed", "reason": "She has left"},
    ),
    "accounts:rename_team": Example(
        kwargs={"team_id": Ref("accounts.team")}, method="POST", body=lambda _scene: {"name": "Evening"}
    ),
    "accounts:add_member": Example(
        kwargs={"team_id": Ref("accounts.team")},
        method="POST",
        body=lambda scene: {"user_id": scene.object("accounts.staff", OWN), "is_leader": "on"},
        secondary={"user_id": Ref("accounts.staff")},
    ),
    "accounts:remove_member": Example(
        kwargs={"team_id": Ref("accounts.team")},
        method="POST",
        body=lambda scene: {"user_id": scene.object("accounts.staff", OWN)},
        secondary={"user_id": Ref("accounts.staff")},
    ),
    "account_confirm_email": Example(kwargs={"key": "abc"}),
    "account_reset_password_from_key": Example(kwargs={"uidb36": "1", "key": "abc-def"}),
    "mfa_remove_webauthn": Example(kwargs={"pk": 1}),
    "mfa_edit_webauthn": Example(kwargs={"pk": 1}),
    "openid_connect_login": Example(kwargs={"provider_id": "sso"}),
    "openid_connect_callback": Example(kwargs={"provider_id": "sso"}),
}
