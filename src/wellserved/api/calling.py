"""From a request to the arguments queries and actions take."""

import contextlib
from collections.abc import Iterator

from django.http import HttpRequest

from wellserved.api import versions
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.desk import queries
from wellserved.platform.errors import Conflict


def id_of_ticket(request: HttpRequest, number: int) -> int:
    """Return the id behind a ticket's number, or say there is none. One query."""
    return queries.id_of(actor=actor_of(request), number=number)


@contextlib.contextmanager
def on_version() -> Iterator[None]:
    """Answer a change made on an older version as a failed precondition; other conflicts stay conflicts."""
    try:
        yield
    except Conflict as conflict:
        if conflict.code != "stale":
            raise
        raise versions.stale(conflict) from conflict
