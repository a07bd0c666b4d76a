"""What can be done to people who sign in, their teams, invitations and tokens; one module for each kind of record."""

from wellserved.apps.accounts.actions.forgetting import FORGOTTEN, forget_portal_user
from wellserved.apps.accounts.actions.invitations import accept_invitation, invite, withdraw_invitation
from wellserved.apps.accounts.actions.settings import put_aside, save_own_keys, save_own_settings
from wellserved.apps.accounts.actions.teams import add_member, create_team, remove_member, rename_team
from wellserved.apps.accounts.actions.tokens import create_token, note_token_use, revoke_token
from wellserved.apps.accounts.actions.users import change_role, create_user, deactivate, end_sessions, reactivate

__all__ = [
    "FORGOTTEN",
    "accept_invitation",
    "add_member",
    "change_role",
    "create_team",
    "create_token",
    "create_user",
    "deactivate",
    "end_sessions",
    "forget_portal_user",
    "invite",
    "note_token_use",
    "put_aside",
    "reactivate",
    "remove_member",
    "rename_team",
    "revoke_token",
    "save_own_keys",
    "save_own_settings",
    "withdraw_invitation",
]
