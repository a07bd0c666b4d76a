"""The short lists a service names for itself: queues, products, places and tags, with how often each is used."""

import dataclasses
from typing import Any

from django.db.models import Count

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Organisation, Place, Product, Queue, Tag, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

_BY_NAME = Keyset("name", "id")

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


def read_list(
    *, actor: Actor, name: str, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[ListRow, ...], str | None]:
    """Return one page of the names of a list, and the cursor of the next. Two queries."""
    model, field = model_of(name)
    page = _BY_NAME.page(in_world(model.objects.all(), actor.world), cursor=cursor, limit=limit)
    tickets = in_world(Ticket.objects.order_by(), actor.world).filter(**{f"{field}__in": [row.pk for row in page.rows]})
    used = dict(tickets.values_list(field).annotate(count=Count("pk")))
    rows = tuple(
        ListRow(
            id=row.pk,
            name=row.name,
            tickets=used.get(row.pk, 0),
            team_id=getattr(row, "team_id", None),
            is_default=getattr(row, "is_default", False),
        )
        for row in page.rows
    )
    return rows, page.next_cursor


def tags(
    *, actor: Actor, q: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.TagRow, ...], str | None]:
    """Return one page of the tags that begin with `q`, by name, and the cursor of the next. Two queries."""
    rows = in_world(Tag.objects.filter(name__istartswith=q.strip()), actor.world)
    page = _BY_NAME.page(rows, cursor=cursor, limit=limit)
    found = scope.visible_tickets(actor=actor).filter(tags__in=[row.pk for row in page.rows]).order_by()
    used = dict(found.values_list("tags").annotate(count=Count("pk")))
    told = tuple(types.TagRow(id=row.pk, name=row.name, tickets=used.get(row.pk, 0)) for row in page.rows)
    return told, page.next_cursor


def organisation_named(*, actor: Actor, name: str) -> int | None:
    """Return the organisation of this name in the actor's world. One query."""
    rows = in_world(Organisation.objects.filter(name__iexact=" ".join(name.split())), actor.world)
    return rows.values_list("pk", flat=True).first()


def queue_teams(*, actor: Actor) -> dict[int, tuple[str, int | None]]:
    """Return name and team of every queue of the actor's world by id. One query."""
    rows = in_world(Queue.objects.order_by("name"), actor.world)
    return {pk: (name, team_id) for pk, name, team_id in rows.values_list("pk", "name", "team_id")}
