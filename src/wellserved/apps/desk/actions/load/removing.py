"""Delete tickets of the past: some of them, or everything a batch brought in."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Count, Min, Q

from wellserved.apps.desk import search
from wellserved.apps.desk.actions.load.reading import said_here
from wellserved.apps.desk.models import (
    Customer,
    Draft,
    Message,
    Organisation,
    Place,
    Product,
    Promise,
    Queue,
    Tag,
    Ticket,
)
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.actions import discussion
from wellserved.platform import manners
from wellserved.platform.origin import World, in_world

_BLOCK = 400
Held = Mapping[str, frozenset[int]]


def remove_tickets(ids: Sequence[int]) -> None:
    """Delete tickets of the past with everything that hangs on them, in short writes; stored files go last."""
    stored: list[str] = []
    manners.short_writes(ids, lambda chunk: stored.extend(_remove(chunk)))
    discussion.sweep(stored)


def _remove(chunk: Sequence[int]) -> list[str]:
    """Delete a few tickets and return the stored files nothing names any more."""
    search.forget(chunk)
    messages = list(Message.objects.filter(ticket__in=chunk).values_list("pk", flat=True))
    stored = [
        *discussion.drop(kind="desk.message", ids=messages),
        *discussion.drop(kind="desk.ticket", ids=chunk),
    ]
    Ticket.objects.filter(id__in=chunk).delete()
    return stored


def count_batch(*, batch: int) -> int:
    """Return how many tickets came with this batch."""
    return Ticket.objects.filter(batch=batch).count()


def count_system(*, system: str) -> int:
    """Return how many real tickets came from this system, by whatever batch."""
    return in_world(Ticket.objects.filter(external_system=system), World.REAL).count()


def tickets_of_batch(*, batch: int) -> models.QuerySet[Any]:
    """Return the ids of the tickets that came with this batch, to be asked within another query."""
    return Ticket.objects.filter(batch=batch).values("pk")


def worked_on(*, batch: int) -> list[int]:
    """Return the numbers of the batch's tickets that people have worked on here: undoing the batch keeps them."""
    found = _worked_on(tickets_of_batch(batch=batch))
    return sorted(Ticket.objects.filter(pk__in=found).values_list("number", flat=True))


def _worked_on(tickets: Any) -> set[int]:
    found = ledger.acted_on(kind="desk.ticket", subjects=tickets)
    found.update(Message.objects.filter(said_here(), ticket__in=tickets).values_list("ticket_id", flat=True))
    for model in (Draft, Promise):
        found.update(model._default_manager.filter(ticket__in=tickets).values_list("ticket_id", flat=True))
    return found


def unload(*, batch: int, held: Held | None = None, keep: Callable[[list[int]], None] | None = None) -> Iterator[int]:
    """Delete what a batch brought in, in short writes; yields how many of its tickets are dealt with so far.

    A ticket people have worked on stays, and belongs to no batch from then on; `keep` is given the numbers of such
    tickets in the same transaction. Queues, customers and other names stay while another ticket uses them, and then
    belong to that ticket's batch; so do those whose ids are `held` by name of the column.
    """

    def remove(chunk: Sequence[int]) -> None:
        list(Ticket.objects.select_for_update().filter(pk__in=chunk).order_by("pk").values_list("pk"))
        stays = _worked_on(list(chunk))
        if stays:
            kept = Ticket.objects.filter(pk__in=stays)
            if keep:
                keep(sorted(kept.values_list("number", flat=True)))
            kept.update(batch=None)
        stored.extend(_remove([pk for pk in chunk if pk not in stays]))

    stored: list[str] = []
    done = 0
    while ids := list(Ticket.objects.filter(batch=batch).order_by("pk").values_list("id", flat=True)[:_BLOCK]):
        manners.short_writes(ids, remove)
        discussion.sweep(stored)
        stored.clear()
        done += len(ids)
        yield done
    for model in (Customer, Organisation, Queue, Product, Place, Tag):
        _unload_names(model, batch=batch, held=(held or {}).get(_column(model), frozenset()))


def _unload_names(model: type[models.Model], *, batch: int, held: frozenset[int]) -> None:
    mine = set(model._default_manager.filter(batch=batch).values_list("pk", flat=True))
    heirs = {key: heir for key, heir in _heirs(model).items() if key in mine}
    if model is Customer:  # one who signs in, or whom somebody here has edited, is ours by now
        known_here = Customer.objects.filter(Q(user__isnull=False) | Q(version__gt=1), batch=batch)
        held |= frozenset(known_here.values_list("pk", flat=True))
    manners.short_writes(sorted(mine - heirs.keys() - held), functools.partial(_delete, model))
    inherited: dict[int | None, list[int]] = defaultdict(list)
    for key in mine & (heirs.keys() | held):
        inherited[heirs.get(key)].append(key)
    for heir, keys in inherited.items():
        manners.short_writes(sorted(keys), functools.partial(_hand_on, model, heir))


def _delete(model: type[models.Model], keys: Sequence[int]) -> None:
    model._default_manager.filter(pk__in=keys).delete()


def _hand_on(model: type[models.Model], heir: int | None, keys: Sequence[int]) -> None:
    model._default_manager.filter(pk__in=keys).update(batch=heir)


def _heirs(model: type[models.Model]) -> dict[int, int | None]:
    """Return the rows still used, each with the first batch that uses it; none when something of no batch does."""
    rows = _users(model).annotate(first=Min("batch"), free=Count("pk", filter=Q(batch=None)))
    return {key: None if free else first for key, first, free in rows}


def _users(model: type[models.Model]) -> models.QuerySet[Any, Any]:
    users: type[models.Model] = Customer if model is Organisation else Ticket
    column = _column(model)
    return users._default_manager.exclude(**{column: None}).order_by().values_list(column)


def _column(model: type[models.Model]) -> str:
    return "tags" if model is Tag else f"{model.__name__.lower()}_id"
