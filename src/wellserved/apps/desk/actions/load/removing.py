"""Delete tickets of the past: some of them, or everything a batch brought in."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models

from wellserved.apps.desk import search
from wellserved.apps.desk.models import Customer, Organisation, Place, Product, Queue, Tag, Ticket
from wellserved.platform import manners

_BLOCK = 400


def remove_tickets(ids: Sequence[int]) -> None:
    """Delete tickets of the past with everything that hangs on them, in short writes."""

    def remove(chunk: Sequence[int]) -> None:
        search.forget(chunk)
        Ticket.objects.filter(id__in=chunk).delete()

    manners.short_writes(ids, remove)


def count_batch(*, batch: int) -> int:
    """Return how many tickets came with this batch."""
    return Ticket.objects.filter(batch=batch).count()


def tickets_of_batch(*, batch: int) -> models.QuerySet[Any]:
    """Return the ids of the tickets that came with this batch, to be asked within another query."""
    return Ticket.objects.filter(batch=batch).values("pk")


def unload(*, batch: int) -> Iterator[int]:
    """Delete everything a batch brought in, in short writes; yields how many tickets are gone so far."""
    gone = 0
    while ids := list(Ticket.objects.filter(batch=batch).values_list("id", flat=True)[:_BLOCK]):
        remove_tickets(ids)
        gone += len(ids)
        yield gone
    for model in (Customer, Organisation, Queue, Product, Place, Tag):
        unused = model._default_manager.filter(batch=batch).exclude(pk__in=_used(model))
        manners.short_writes(list(unused.values_list("pk", flat=True)), functools.partial(_delete, model))


def _delete(model: type[models.Model], keys: Sequence[int]) -> None:
    model._default_manager.filter(pk__in=keys).delete()


def _used(model: type[models.Model]) -> models.QuerySet[Any]:
    if model is Tag:
        return Ticket.tags.through._default_manager.values("tag_id")
    if model is Organisation:
        return Customer.objects.exclude(organisation=None).values("organisation_id")
    column = f"{model.__name__.lower()}_id"
    rows: models.QuerySet[Any] = Ticket.objects.exclude(**{column: None}).values(column)
    return rows
