"""What happens to the standards, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSaved(events.Event):
    """A calendar has a new version."""

    name: ClassVar[str] = "standards.calendar_saved"
    calendar_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicySaved(events.Event):
    """A policy has a new version."""

    name: ClassVar[str] = "standards.policy_saved"
    policy_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PoliciesReordered(events.Event):
    """Policies are tried in another order."""

    name: ClassVar[str] = "standards.policies_reordered"
    policy_ids: tuple[int, ...]


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRetired(events.Event):
    """A policy takes no further tickets."""

    name: ClassVar[str] = "standards.policy_retired"
    policy_id: int
