"""What happens to standards, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardAgreed(events.Event):
    """A standard has a version that was agreed."""

    name: ClassVar[str] = "standards.standard_agreed"
    standard_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardLive(events.Event):
    """A standard is in force: tickets run its clock from its effective date."""

    name: ClassVar[str] = "standards.standard_live"
    standard_id: int
    policy_id: int | None


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardRetired(events.Event):
    """A standard promises nothing to new tickets any more."""

    name: ClassVar[str] = "standards.standard_retired"
    standard_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandardReviewed(events.Event):
    """Somebody has looked whether a standard still fits."""

    name: ClassVar[str] = "standards.standard_reviewed"
    standard_id: int
