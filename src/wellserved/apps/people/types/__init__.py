"""What other apps may know of colleagues; one module for each family of records."""

from wellserved.apps.people.types.roles import Gap, RoleRequirement
from wellserved.apps.people.types.staff import (
    ABLE,
    LEVELS,
    Allowance,
    Colleague,
    Cover,
    Grant,
    HeldSkill,
    Limit,
    LimitRow,
    Profile,
    SkillRow,
)

__all__ = [
    "ABLE",
    "LEVELS",
    "Allowance",
    "Colleague",
    "Cover",
    "Gap",
    "Grant",
    "HeldSkill",
    "Limit",
    "LimitRow",
    "Profile",
    "RoleRequirement",
    "SkillRow",
]
