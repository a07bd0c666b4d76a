"""Staff were thanked, asked, heard and answered: ids only, and of an anonymous voice none that names anybody."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionGiven(events.Event):
    """Somebody thanked a colleague."""

    name: ClassVar[str] = "development.recognition_given"
    recognition_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AwardGiven(events.Event):
    """Somebody was rewarded under a scheme."""

    name: ClassVar[str] = "development.award_given"
    scheme_id: int
    award_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SchemeEvaluated(events.Event):
    """A reward scheme was held against its criterion."""

    name: ClassVar[str] = "development.scheme_evaluated"
    scheme_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamEventPlanned(events.Event):
    """A team is asked to an event."""

    name: ClassVar[str] = "development.team_event_planned"
    event_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PulseOpened(events.Event):
    """The staff are asked."""

    name: ClassVar[str] = "development.pulse_opened"
    pulse_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PulseClosed(events.Event):
    """The answers are counted and can be read."""

    name: ClassVar[str] = "development.pulse_closed"
    pulse_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionGiven(events.Event):
    """Somebody on the staff suggests something."""

    name: ClassVar[str] = "development.suggestion_given"
    suggestion_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionAnswered(events.Event):
    """A suggestion was answered, or what was promised is done."""

    name: ClassVar[str] = "development.suggestion_answered"
    suggestion_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationOpened(events.Event):
    """A proposal was put to the staff."""

    name: ClassVar[str] = "development.consultation_opened"
    consultation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationAnswered(events.Event):
    """Those who spoke are told what was made of it."""

    name: ClassVar[str] = "development.consultation_answered"
    consultation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourChanged(events.Event):
    """What a value looks like was said anew, or is not asked for any more."""

    name: ClassVar[str] = "development.behaviour_changed"
    behaviour_id: int
