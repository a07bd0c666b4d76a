"""What happens to complaints, in the past tense: ids and codes only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _OfComplaint(events.Event):
    complaint_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintOpened(_OfComplaint):
    """A ticket is handled as a complaint."""

    name: ClassVar[str] = "desk.complaint_opened"
    ticket_id: int
    pack_version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintMoved(_OfComplaint):
    """A complaint came to another stage."""

    name: ClassVar[str] = "desk.complaint_moved"
    before: str
    after: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDecided(_OfComplaint):
    """Somebody said whether the complainant was right."""

    name: ClassVar[str] = "desk.complaint_decided"
    outcome: str
    cause: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent(_OfComplaint):
    """A letter the law asks for went to the complainant."""

    name: ClassVar[str] = "desk.letter_sent"
    letter: str
    message_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAlerted(_OfComplaint):
    """A clock of the law is running out, or has."""

    name: ClassVar[str] = "desk.complaint_alerted"
    clock: str
    level: int
    due_at: str
    told: tuple[int, ...]
