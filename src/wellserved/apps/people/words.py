"""How the acts of this app, and of `accounts` below it, read in history."""

from typing import Any

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Role
from wellserved.apps.ledger import wording
from wellserved.apps.people.models import AuthorityLimit, StaffProfile
from wellserved.apps.people.queries import REMEDIES
from wellserved.apps.people.types import LEVELS

_SENTENCES = {
    "accounts.accept_invitation": "accepted an invitation",
    "accounts.add_member": "put a colleague in the team",
    "accounts.change_role": "changed the role",
    "accounts.create_team": "made the team",
    "accounts.create_token": "made an API token",
    "accounts.create_user": "made the account",
    "accounts.deactivate": "closed the access",
    "accounts.end_sessions": "signed out on every device",
    "accounts.forget_user": "forgot a customer's sign-in",
    "accounts.invite": "invited a colleague",
    "accounts.reactivate": "opened the access again",
    "accounts.remove_member": "took a colleague out of the team",
    "accounts.rename_team": "renamed the team",
    "accounts.revoke_token": "ended an API token",
    "accounts.save_settings": "changed own settings",
    "accounts.put_task_aside": "put a task of the set-up list aside",
    "accounts.take_task_up": "took a task of the set-up list up again",
    "accounts.withdraw_invitation": "withdrew an invitation",
    "people.add_candidate": "began to consider a candidate",
    "people.agree_adjustment": "agreed an adjustment",
    "people.decide_candidate": "decided on a candidate",
    "people.describe_skill": "described the skill",
    "people.drop_role_draft": "threw a draft away",
    "people.end_adjustment": "ended an adjustment",
    "people.end_role": "ended a role",
    "people.finish_induction_step": "finished a step of the induction",
    "people.give_role": "gave a role",
    "people.publish_role": "put the pack in force",
    "people.retire_role": "retired the role",
    "people.save_role_part": "wrote a part of the pack",
    "people.score_candidate": "scored a candidate",
    "people.start_role": "began the role",
    "people.tell_expiry": "told that a skill runs out",
    "people.acknowledge": "said that the version was read",
    "people.create_skill": "made a skill",
    "people.learn": "understood a learning card",
    "people.remove_limit": "removed a limit of authority",
    "people.return_authority": "took a remedy back",
    "people.save_profile": "changed the profile",
    "people.set_availability": "changed the availability",
    "people.set_limit": "set a limit of authority",
    "people.set_skill": "changed a skill",
    "people.use_authority": "granted a remedy",
}
_LABELS = {
    "accounts.invitation": "Invitation",
    "people.skill": "Skill",
    "descriptors": "What the levels look like",
    "pack": "Pack",
    "part": "Part",
    "fte": "Share of a full week",
    "since": "Since",
    "until": "Until",
    "step": "Step",
    "criteria": "Criteria scored",
    "review_on": "Looked at again on",
    "ended_at": "Ended",
    "is_active": "Active",
    "is_leader": "Leads the team",
    "minimum_cover": "Fewest who must have it",
    "theme": "Colours",
    "shortcuts": "Single keys are shortcuts",
    "set_up_aside": "Put aside of the set-up list",
    "scopes": "May",
    "withdrawn_at": "Withdrawn",
    "card": "Card",
    "read_version": "Version read",
}
_THEMES = {"auto": "as the device has it", "light": "light", "dark": "dark"}


def _say_remedy(said: Any) -> str:
    # A reply names the remedy with its amount, a limit by itself.
    kind, _, amount = str(said).partition(" ")
    return f"{REMEDIES.get(kind, kind)} {amount}".strip()


def register() -> None:
    """Make the words known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("role", dict(Role.choices))
    wording.values("theme", _THEMES)
    wording.values("remedy", _say_remedy)
    wording.values("people.availability", dict(StaffProfile.Availability.choices))
    wording.values("people.period", dict(AuthorityLimit.Period.choices))
    wording.values("people.level", LEVELS)
    for field in ("member", "user_id", "assignee"):
        wording.names(field, name_colleagues)
    for field in ("team", "team_id", "teams"):
        wording.names(field, name_teams)


def name_colleagues(ids: Any) -> dict[int, str]:
    """Return names by id. One query."""
    return accounts.names(user_ids=ids)


def name_teams(ids: Any) -> dict[int, str]:
    """Return names by id. One query."""
    return accounts.team_names(team_ids=ids)
