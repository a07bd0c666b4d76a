"""What is asked of one person besides tickets: each app registers its own, "My work" and Today show them together.

A duty says what, by when and where; it is worked out when asked for, so nothing has to be sent twice.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.platform import clock

NEAR = dt.timedelta(days=7)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing somebody is asked to do; without a day it is asked now."""

    what: str
    url: str
    button: str
    due_on: dt.date | None = None


Find = Callable[[Actor, dt.datetime], Iterable[Duty]]
Rows = Callable[[Actor, dt.datetime], QuerySet[Any]]

registry: dict[str, tuple[Find, Rows | None]] = {}


def register(name: str, find: Find, *, rows: Rows | None = None) -> None:
    """Let `find(actor, now)` add to what a person is asked; names order those of the same day.

    With `rows`, it is asked only while there are such rows; whether there are is asked for all sources at once.
    """
    registry[name] = find, rows


def of_person(*, actor: Actor, now: dt.datetime) -> tuple[Duty, ...]:
    """Return everything asked of the actor, what is asked now first, then by day.

    One query, and those of the sources that have something.
    """
    if actor.user_id is None:
        return ()
    probes = {name: rows(actor, now) for name, (_, rows) in registry.items() if rows}
    held = accounts.having(actor=actor, probes=probes)
    wanted = [find for name, (find, rows) in sorted(registry.items()) if rows is None or name in held]
    found = [duty for find in wanted for duty in find(actor, now)]
    return tuple(sorted(found, key=lambda duty: duty.due_on or dt.date.min))


def pressing(*, actor: Actor, now: dt.datetime) -> tuple[Duty, ...]:
    """Return what is asked of the actor by the end of the coming week."""
    until = clock.day_of(now) + NEAR
    return tuple(duty for duty in of_person(actor=actor, now=now) if duty.due_on is None or duty.due_on <= until)
