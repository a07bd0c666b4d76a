"""Customers were asked and answered: ids and codes only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SurveyMoved(events.Event):
    """A survey was started, paused or ended."""

    name: ClassVar[str] = "voice.survey_moved"
    survey_id: int
    state: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAnswered(events.Event):
    """A customer answered a survey, or changed her answer."""

    name: ClassVar[str] = "voice.customer_answered"
    invitation_id: int
    score: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpOpened(events.Event):
    """A low score, or a wish to be called, waits for somebody."""

    name: ClassVar[str] = "voice.follow_up_opened"
    follow_up_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpClosed(events.Event):
    """Something was done about it."""

    name: ClassVar[str] = "voice.follow_up_closed"
    follow_up_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTaken(events.Event):
    """Somebody took down what a customer said."""

    name: ClassVar[str] = "voice.feedback_taken"
    feedback_id: int
