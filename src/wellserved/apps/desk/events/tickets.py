"""What happens on the desk, in the past tense: ids and codes only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _OfTicket(events.Event):
    ticket_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(_OfTicket):
    """A customer's words became a ticket."""

    name: ClassVar[str] = "desk.ticket_opened"
    kind: str
    channel: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWrote(_OfTicket):
    """The customer said something more."""

    name: ClassVar[str] = "desk.customer_wrote"
    message_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AgentReplied(_OfTicket):
    """A person answered the customer."""

    name: ClassVar[str] = "desk.agent_replied"
    message_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTakenBack(_OfTicket):
    """A reply was called back before it left; the message is no more."""

    name: ClassVar[str] = "desk.reply_taken_back"
    message_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(_OfTicket):
    """A colleague left an internal note."""

    name: ClassVar[str] = "desk.note_written"
    message_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketMoved(_OfTicket):
    """The status changed."""

    name: ClassVar[str] = "desk.ticket_moved"
    before: str
    after: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(_OfTicket):
    """The ticket went to somebody, or back to its queue."""

    name: ClassVar[str] = "desk.ticket_assigned"
    assignee_id: int | None


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(_OfTicket):
    """Impact, urgency or an override changed how pressing the ticket is."""

    name: ClassVar[str] = "desk.priority_changed"
    before: int
    after: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TicketChanged(_OfTicket):
    """Other fields changed."""

    name: ClassVar[str] = "desk.ticket_changed"
    fields: tuple[str, ...]


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockBreached(_OfTicket):
    """A promise passed its due time."""

    name: ClassVar[str] = "desk.clock_breached"
    metric: str
    cycle: int
    due_at: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EscalationFired(_OfTicket):
    """A warning or a step of the escalation ladder came due."""

    name: ClassVar[str] = "desk.escalation_fired"
    escalation_id: int
    metric: str
    cycle: int
    level: int
    due_at: str
    told: tuple[int, ...]


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(_OfTicket):
    """Somebody gave the customer a commitment."""

    name: ClassVar[str] = "desk.promise_made"
    promise_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSettled(_OfTicket):
    """A commitment was kept, broken or withdrawn."""

    name: ClassVar[str] = "desk.promise_settled"
    promise_id: int
    state: str


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(_OfTicket):
    """A colleague or a service partner was asked to help."""

    name: ClassVar[str] = "desk.help_asked"
    collaborator_id: int
    is_colleague: bool


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HelpFinished(_OfTicket):
    """What somebody contributed was noted."""

    name: ClassVar[str] = "desk.help_finished"
    collaborator_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SolutionShared(_OfTicket):
    """The steps that solved a ticket were told to colleagues."""

    name: ClassVar[str] = "desk.solution_shared"
    solution_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomersMerged(events.Event):
    """Two addresses were found to be one person's, or parted again."""

    name: ClassVar[str] = "desk.customers_merged"
    merge_id: int
    undone: bool
