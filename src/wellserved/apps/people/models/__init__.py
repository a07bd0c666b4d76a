"""Staff as the desk and the rota need them; one module for each family of records."""

from wellserved.apps.people.models.roles import (
    Adjustment,
    Candidate,
    CandidateScore,
    InductionTask,
    JobRole,
    JobRoleVersion,
    RoleCriterion,
    RoleHolder,
    RoleSkill,
    RoleStep,
)
from wellserved.apps.people.models.staff import (
    Acknowledgement,
    AuthorityLimit,
    AuthorityUse,
    LearningCheck,
    Skill,
    StaffProfile,
    StaffSkill,
)

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "AuthorityLimit",
    "AuthorityUse",
    "Candidate",
    "CandidateScore",
    "InductionTask",
    "JobRole",
    "JobRoleVersion",
    "LearningCheck",
    "RoleCriterion",
    "RoleHolder",
    "RoleSkill",
    "RoleStep",
    "Skill",
    "StaffProfile",
    "StaffSkill",
]
