"""What happens with risks, playbooks and crises, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RiskSaved(events.Event):
    """What is known of a risk has changed."""

    name: ClassVar[str] = "standards.risk_saved"
    risk_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RiskClosed(events.Event):
    """A risk is no longer one."""

    name: ClassVar[str] = "standards.risk_closed"
    risk_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContingencySaved(events.Event):
    """A playbook has a new version."""

    name: ClassVar[str] = "standards.contingency_saved"
    contingency_id: int
    number: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContingencyRehearsed(events.Event):
    """A playbook was tried before it was needed."""

    name: ClassVar[str] = "standards.contingency_rehearsed"
    contingency_id: int
    rehearsal_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActivationProposed(events.Event):
    """A trigger has fired: a playbook waits for somebody to activate it."""

    name: ClassVar[str] = "standards.activation_proposed"
    activation_id: int
    contingency_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContingencyActivated(events.Event):
    """Somebody has put a playbook to work."""

    name: ClassVar[str] = "standards.contingency_activated"
    activation_id: int
    contingency_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContingencyRecovered(events.Event):
    """The service is back to normal, and the playbook at rest."""

    name: ClassVar[str] = "standards.contingency_recovered"
    activation_id: int
    contingency_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CrisisDeclared(events.Event):
    """A crisis room is open and its clock runs."""

    name: ClassVar[str] = "standards.crisis_declared"
    crisis_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CourseProposed(events.Event):
    """Somebody has proposed a course of action."""

    name: ClassVar[str] = "standards.course_proposed"
    crisis_id: int
    entry_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatusPublished(events.Event):
    """What customers read on the status page has changed."""

    name: ClassVar[str] = "standards.status_published"
    crisis_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CrisisStoodDown(events.Event):
    """A crisis is over and reviewed."""

    name: ClassVar[str] = "standards.crisis_stood_down"
    crisis_id: int
