"""The sources of what Today says, and which of them have something to say: asked of all at once, in one query."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import AttentionItem

Tell = Callable[[Actor, dt.datetime], Iterable[AttentionItem]]
Rows = Callable[[Actor, dt.datetime], QuerySet[Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Quiet:
    """A source that says something only while there are rows of its own."""

    tell: Tell
    rows: Rows


Source = Tell | Quiet


def tell(sources: Iterable[Source], *, actor: Actor, now: dt.datetime) -> Iterator[AttentionItem]:
    """Yield what the sources say, in their order. One query, and those of the sources that have something."""
    listed = tuple(sources)
    probes = {str(at): each.rows(actor, now) for at, each in enumerate(listed) if isinstance(each, Quiet)}
    held = accounts.having(actor=actor, probes=probes)
    for at, each in enumerate(listed):
        if not isinstance(each, Quiet):
            yield from each(actor, now)
        elif str(at) in held:
            yield from each.tell(actor, now)
