"""What happens with colleagues and their roles, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RolePublished(events.Event):
    """A role has a new pack; who has read the one before has not read this."""

    name: ClassVar[str] = "people.role_published"
    role_id: int
    number: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoleTaken(events.Event):
    """Somebody has a role from a day on."""

    name: ClassVar[str] = "people.role_taken"
    role_id: int
    user_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SkillSet(events.Event):
    """Somebody's level in a skill, or its end, was set by a person."""

    name: ClassVar[str] = "people.skill_set"
    skill_id: int
    user_id: int
