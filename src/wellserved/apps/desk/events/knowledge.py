"""What happens to guidelines and procedures, in the past tense: ids and codes only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineInForce(events.Event):
    """A version of a guideline came into force."""

    name: ClassVar[str] = "desk.guideline_in_force"
    guideline_id: int
    number: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineRetired(events.Event):
    """A guideline no longer holds."""

    name: ClassVar[str] = "desk.guideline_retired"
    guideline_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineRead(events.Event):
    """Somebody confirmed that she has read a version."""

    name: ClassVar[str] = "desk.guideline_read"
    guideline_id: int
    number: int
    user_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStarted(events.Event):
    """A procedure began on a ticket."""

    name: ClassVar[str] = "desk.procedure_started"
    ticket_id: int
    run_id: int
    guideline_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureEnded(events.Event):
    """A procedure was completed or stopped on a ticket."""

    name: ClassVar[str] = "desk.procedure_ended"
    ticket_id: int
    run_id: int
    state: str
