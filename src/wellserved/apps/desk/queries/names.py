"""The short lists a service names for itself: queues, products, places and tags, with how often each is used."""

import dataclasses
from typing import Any

from django.db.models import Count

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Organisation, Place, Product, Queue, Tag, Ticket
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

LISTS: dict[str, tuple[Any, str]] = {
    "queues": (Queue, "queue"),
    "products": (Product, "product"),
    "places": (Place, "place"),
    "tags": (Tag, "tags"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One name of a list."""

    id: int
    name: str
    tickets: int
    team_id: int | None = None
    is_default: bool = False


def model_of(name: str) -> tuple[Any, str]:
    """Return the table behind a list and the ticket's field that points to it."""
    if name not in LISTS:
        raise NotFound(f"There is no such list; there are {', '.join(LISTS)}.")
    return LISTS[name]


def read_list(*, actor: Actor, name: str) -> tuple[ListRow, ...]:
    """Return the names of one list. Two queries."""
    model, field = model_of(name)
    tickets = in_world(Ticket.objects.order_by(), actor.world)
    used = dict(tickets.exclude(**{field: None}).values_list(field).annotate(count=Count("pk")))
    return tuple(
        ListRow(
            id=row.pk,
            name=row.name,
            tickets=used.get(row.pk, 0),
            team_id=getattr(row, "team_id", None),
            is_default=getattr(row, "is_default", False),
        )
        for row in in_world(model.objects.order_by("name"), actor.world)
    )


def organisation_named(*, actor: Actor, name: str) -> int | None:
    """Return the organisation of this name in the actor's world. One query."""
    rows = in_world(Organisation.objects.filter(name__iexact=" ".join(name.split())), actor.world)
    return rows.values_list("pk", flat=True).first()
