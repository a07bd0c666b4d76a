"""What can be done to profiles, skills and limits of authority; one module for each kind of record."""

from wellserved.apps.people.actions.authority import remove_limit, set_limit, use_authority
from wellserved.apps.people.actions.profiles import save_profile, set_availability
from wellserved.apps.people.actions.skills import create_skill, set_minimum_cover, set_skill

__all__ = [
    "create_skill",
    "remove_limit",
    "save_profile",
    "set_availability",
    "set_limit",
    "set_minimum_cover",
    "set_skill",
    "use_authority",
]
