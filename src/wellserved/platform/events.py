"""News between apps: typed events of ids, and the registry of who listens.

An action announces by handing its event to `ledger.actions.record`, which writes it in the action's own
transaction. The sequencer numbers committed rows without gaps; each subscriber follows that number with
its own cursor, so a handler may be called again after a crash and must be idempotent.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the past tense; holds ids and codes, never personal values."""

    name: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data."""
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event as a subscriber receives it: with its gapless number, and when what it tells of happened."""

    sequence: int
    event: Event
    at: dt.datetime


E = TypeVar("E", bound=Event)

type_registry: dict[str, type[Event]] = {}
subscriptions: dict[str, "Subscription"] = {}

Handler = Callable[[Delivery], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One listener: its name is the key of its cursor and must never change."""

    name: str
    event_type: type[Event]
    handler: Handler


def register(cls: type[E]) -> type[E]:
    """Class decorator: make an event type known by its name."""
    type_registry[cls.name] = cls
    return cls


def subscribe(event_type: type[Event], handler: Handler, *, name: str) -> None:
    """Let `handler` hear every `event_type` from now on, following the cursor called `name`."""
    subscriptions[name] = Subscription(name=name, event_type=event_type, handler=handler)


def restore(name: str, data: Mapping[str, Any]) -> Event | None:
    """Return the event written as `name` and `data`, or None when its type no longer exists."""
    event_type = type_registry.get(name)
    return event_type(**data) if event_type else None
