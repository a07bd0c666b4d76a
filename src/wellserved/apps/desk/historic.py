"""Records from the past, on their way into the desk: what a loader hands over and what it gets back.

The sample service and every importer speak this shape, so a ticket of either is indistinguishable from one that was
answered here, apart from its origin.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from wellserved.apps.desk.types import Channel, Kind, Level, MessageKind


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoricCustomer:
    """Somebody served in the past; `key` is unique within the system she comes from."""

    key: str
    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    is_internal: bool = False
    time_zone: str = ""
    language: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoricEvent:
    """A typed fact of the past: `kind` is a value of `science.calendars.EventKind`, times are aware."""

    at: dt.datetime
    kind: str
    status: str = ""
    reason: str = ""
    activity: str = ""
    actor_id: int | None = None
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoricMessage:
    """Something said in the past."""

    at: dt.datetime
    kind: MessageKind
    body: str
    author_id: int | None = None
    author_label: str = ""
    channel: Channel = Channel.EMAIL


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoricTicket:
    """One ticket of the past with everything that happened to it, oldest first."""

    external_id: str
    opened_at: dt.datetime
    subject: str
    customer: HistoricCustomer
    queue: str
    events: tuple[HistoricEvent, ...]
    messages: tuple[HistoricMessage, ...] = ()
    kind: Kind = Kind.REQUEST
    channel: Channel = Channel.EMAIL
    impact: Level = Level.MEDIUM
    urgency: Level = Level.MEDIUM
    priority: int | None = None
    assignee_id: int | None = None
    product: str = ""
    place: str = ""
    tags: tuple[str, ...] = ()
    external_url: str = ""
    attributes: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """What a load wrote."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    events: int = 0
    messages: int = 0

    def plus(self, other: "LoadCounts") -> "LoadCounts":
        """Return the sum of both."""
        return LoadCounts(
            created=self.created + other.created,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            events=self.events + other.events,
            messages=self.messages + other.messages,
        )
