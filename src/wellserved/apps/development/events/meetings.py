"""Meetings were arranged and their minutes sent, decisions taken and looked back on, weeks closed: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetingArranged(events.Event):
    """People are asked to a meeting."""

    name: ClassVar[str] = "development.meeting_arranged"
    meeting_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSent(events.Event):
    """The minutes of a meeting went to those asked to it."""

    name: ClassVar[str] = "development.minutes_sent"
    meeting_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityFound(events.Event):
    """A meeting found how the service could be better."""

    name: ClassVar[str] = "development.opportunity_found"
    opportunity_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequirementAgreed(events.Event):
    """A requirement agreed in a meeting became an expectation."""

    name: ClassVar[str] = "development.requirement_agreed"
    meeting_id: int
    expectation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken(events.Event):
    """Something was decided."""

    name: ClassVar[str] = "development.decision_taken"
    decision_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReviewed(events.Event):
    """What came of a decision was held against what was expected."""

    name: ClassVar[str] = "development.decision_reviewed"
    decision_id: int
