"""Find what a record names: queues, products, places, tags, organisations and customers, made when missing."""

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from django.db import models, transaction
from django.db.models import functions

from wellserved.apps.desk.historic import HistoricCustomer
from wellserved.apps.desk.models import Customer
from wellserved.platform import manners
from wellserved.platform.origin import in_world, world_of

# A card that was merged into another stands for that person.
_STANDING = functions.Coalesce("merged_into", "id")
TransactionOf = Callable[[], AbstractContextManager[Any]]


class Names:
    """Rows found by name in one world, made when they are missing."""

    def __init__(
        self,
        *,
        model: type[models.Model],
        origin: str,
        batch: int | None,
        transaction_of: TransactionOf = transaction.atomic,
    ) -> None:
        self.model, self.origin, self.batch, self.transaction_of = model, origin, batch, transaction_of
        known = in_world(model._default_manager.all(), world_of(origin))
        self.ids: dict[str, int] = dict(known.values_list("name", "id"))

    def prepare(self, wanted: Iterable[str]) -> None:
        """Make sure that all of these exist; two loaders may name the same one at once."""
        missing = {name for name in wanted if name} - self.ids.keys()
        if not missing:
            return
        rows = (self.model(name=name, origin=self.origin, batch=self.batch) for name in sorted(missing))

        def write(chunk: list[models.Model]) -> None:
            self.model._default_manager.bulk_create(chunk, ignore_conflicts=True)

        manners.short_writes(rows, write, transaction_of=self.transaction_of)
        found = in_world(self.model._default_manager.filter(name__in=missing), world_of(self.origin))
        self.ids.update(found.values_list("name", "id"))

    def find(self, name: str) -> int | None:
        """Return the id of the row with this name, made ready before, or None for no name."""
        return self.ids[name] if name else None


class Customers:
    """Customers found by their key in the outside system, made in bulk when they are missing."""

    def __init__(
        self,
        *,
        origin: str,
        batch: int | None,
        organisations: Names,
        now: dt.datetime,
        transaction_of: TransactionOf = transaction.atomic,
    ) -> None:
        self.origin, self.batch, self.organisations, self.now = origin, batch, organisations, now
        self.transaction_of = transaction_of
        known = in_world(Customer.objects.exclude(external_id=""), world_of(origin))
        self.ids: dict[str, int] = dict(known.values_list("external_id", _STANDING))

    def id_of(self, customer: HistoricCustomer) -> int:
        """Return the row of a customer made ready before."""
        return self.ids[customer.key[:120]]

    def organisation(self, customer: HistoricCustomer) -> int | None:
        """Return the organisation this customer belongs to."""
        return self.organisations.find(customer.organisation[:200])

    def prepare(self, wanted: Iterable[HistoricCustomer]) -> None:
        """Make sure that all of these exist."""
        everybody = list(wanted)
        self.organisations.prepare(customer.organisation[:200] for customer in everybody)
        missing = {customer.key[:120]: customer for customer in everybody if customer.key[:120] not in self.ids}
        if not missing:
            return
        rows = [
            Customer(
                name=customer.name[:200],
                email=customer.email,
                phone=customer.phone[:40],
                organisation_id=self.organisation(customer),
                is_internal=customer.is_internal,
                time_zone=customer.time_zone,
                language=customer.language,
                created_at=self.now,
                origin=self.origin,
                batch=self.batch,
                external_id=key,
            )
            for key, customer in missing.items()
        ]
        manners.short_writes(rows, Customer.objects.bulk_create, transaction_of=self.transaction_of)
        found = in_world(Customer.objects.filter(external_id__in=list(missing)), world_of(self.origin))
        self.ids.update(found.values_list("external_id", _STANDING))
