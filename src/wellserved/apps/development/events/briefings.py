"""What happens with briefings and understanding, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingDrafted(events.Event):
    """A version came into force, and a briefing that tells of it waits to be sent."""

    name: ClassVar[str] = "development.briefing_drafted"
    briefing_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPublished(events.Event):
    """A briefing stands on the staff page and went to those it concerns."""

    name: ClassVar[str] = "development.briefing_published"
    briefing_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingWithdrawn(events.Event):
    """A briefing holds no longer."""

    name: ClassVar[str] = "development.briefing_withdrawn"
    briefing_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingHeard(events.Event):
    """A briefing was given live."""

    name: ClassVar[str] = "development.briefing_heard"
    briefing_id: int
    session_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CheckTaken(events.Event):
    """Somebody has finished a go at a check; whether it was enough is told where she and whoever leads her look."""

    name: ClassVar[str] = "development.check_taken"
    check_id: int
    attempt_id: int
