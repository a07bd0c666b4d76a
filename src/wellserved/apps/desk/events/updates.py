"""What keeps customers informed, in the past tense: ids and codes only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _OfComfort(events.Event):
    ticket_id: int
    comfort_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComfortAsked(_OfComfort):
    """A customer was asked whether she is comfortable with what is done."""

    name: ClassVar[str] = "desk.comfort_asked"


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComfortAnswered(_OfComfort):
    """She answered: yes, no, or with a concern."""

    name: ClassVar[str] = "desk.comfort_answered"
    answer: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComfortSettled(_OfComfort):
    """Somebody dealt with a no or a concern."""

    name: ClassVar[str] = "desk.comfort_settled"


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDueSoon(events.Event):
    """A promise comes due soon, and whoever made it was reminded."""

    name: ClassVar[str] = "desk.promise_due_soon"
    ticket_id: int
    promise_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSent(events.Event):
    """A notice began to go out to everybody it was meant for."""

    name: ClassVar[str] = "desk.notice_sent"
    notice_id: int
    tickets: int
