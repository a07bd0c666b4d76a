"""A ticket made ready for the database: its row and everything that hangs on it."""

import dataclasses

from wellserved.apps.desk.historic import HistoricCustomer
from wellserved.apps.desk.models import Clock, Message, Ticket, TicketEvent


@dataclasses.dataclass(slots=True, kw_only=True)
class Rows:
    """One ticket made ready; `known_id` is set when it is here already and told anew."""

    ticket: Ticket
    events: list[TicketEvent]
    messages: list[Message]
    clocks: list[Clock]
    tags: list[int]
    customer: HistoricCustomer
    known_id: int | None = None


@dataclasses.dataclass(slots=True, kw_only=True)
class Known:
    """A ticket that is here already, with what people did to it here: that stays when it is told anew."""

    id: int
    number: int
    version: int
    assignee_id: int | None
    mark: str
    events: list[TicketEvent] = dataclasses.field(default_factory=list)
    messages: list[Message] = dataclasses.field(default_factory=list)
