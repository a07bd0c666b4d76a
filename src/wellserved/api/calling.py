"""From a request to the arguments queries and actions take."""

import contextlib
from collections.abc import Iterator

from django.http import HttpRequest

from wellserved.api import versions
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries
from wellserved.platform.errors import Conflict, NotFound


def actor_of(request: HttpRequest) -> Actor:
    """Return who calls; the gate has resolved her."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def id_of_ticket(request: HttpRequest, number: int) -> int:
    """Return the id behind a ticket's number, or say there is none. One query."""
    rows = queries.visible_tickets(actor=actor_of(request)).filter(number=number)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("There is no such ticket, or it is not yours to see.", code="ticket_not_found")
    return found


@contextlib.contextmanager
def on_version() -> Iterator[None]:
    """Answer a change made on an older version as a failed precondition; other conflicts stay conflicts."""
    try:
        yield
    except Conflict as conflict:
        if conflict.code != "stale":
            raise
        raise versions.stale(conflict) from conflict
