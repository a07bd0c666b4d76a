"""What can be done for colleagues: profiles, skills, roles, limits; one module for each kind of record."""

from wellserved.apps.people.actions.adjusting import agree_adjustment, end_adjustment
from wellserved.apps.people.actions.authority import (
    hold_limits,
    remove_limit,
    return_authority,
    set_limit,
    use_authority,
)
from wellserved.apps.people.actions.choosing import (
    add_candidate,
    decide_candidate,
    forget_candidates,
    score_candidate,
)
from wellserved.apps.people.actions.expiry import tell_expiring
from wellserved.apps.people.actions.holding import end_role, finish_step, give_role
from wellserved.apps.people.actions.learning import acknowledge, learn
from wellserved.apps.people.actions.profiles import save_profile, set_availability
from wellserved.apps.people.actions.roles import drop_role_draft, publish_role, retire_role, save_pack, start_role
from wellserved.apps.people.actions.skills import create_skill, describe_skill, set_skill

__all__ = [
    "acknowledge",
    "add_candidate",
    "agree_adjustment",
    "create_skill",
    "decide_candidate",
    "describe_skill",
    "drop_role_draft",
    "end_adjustment",
    "end_role",
    "finish_step",
    "forget_candidates",
    "give_role",
    "hold_limits",
    "learn",
    "publish_role",
    "remove_limit",
    "retire_role",
    "return_authority",
    "save_pack",
    "save_profile",
    "score_candidate",
    "set_availability",
    "set_limit",
    "set_skill",
    "start_role",
    "tell_expiring",
    "use_authority",
]
