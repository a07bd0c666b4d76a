"""Find what a record names: queues, products, places, tags, organisations and customers, made when missing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models

from wellserved.apps.desk.historic import HistoricCustomer
from wellserved.apps.desk.models import Customer
from wellserved.platform import manners
from wellserved.platform.origin import in_world, world_of


class Names:
    """Rows found by name in one world, made when they are missing."""

    def __init__(self, *, model: type[models.Model], origin: str, batch: int | None, **extra: Any) -> None:
        self.model, self.origin, self.batch, self.extra = model, origin, batch, extra
        known = in_world(model._default_manager.all(), world_of(origin))
        self.ids: dict[str, int] = dict(known.values_list("name", "id"))

    def find(self, name: str) -> int | None:
        """Return the id of the row with this name, or None for no name."""
        if not name:
            return None
        if name not in self.ids:
            row = self.model._default_manager.create(name=name, origin=self.origin, batch=self.batch, **self.extra)
            self.ids[name] = row.pk
        return self.ids[name]


class Customers:
    """Customers found by their key in the outside system, made in bulk when they are missing."""

    def __init__(self, *, origin: str, batch: int | None, organisations: Names, now: dt.datetime) -> None:
        self.origin, self.batch, self.organisations, self.now = origin, batch, organisations, now
        known = in_world(Customer.objects.exclude(external_id=""), world_of(origin))
        self.ids: dict[str, int] = dict(known.values_list("external_id", "id"))

    def id_of(self, customer: HistoricCustomer) -> int:
        """Return the row of a customer made ready before."""
        return self.ids[customer.key[:120]]

    def organisation(self, customer: HistoricCustomer) -> int | None:
        """Return the organisation this customer belongs to."""
        return self.organisations.find(customer.organisation[:200])

    def prepare(self, wanted: Iterable[HistoricCustomer]) -> None:
        """Make sure that all of these exist."""
        missing = {customer.key[:120]: customer for customer in wanted if customer.key[:120] not in self.ids}
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
        manners.short_writes(rows, Customer.objects.bulk_create)
        found = in_world(Customer.objects.filter(external_id__in=list(missing)), world_of(self.origin))
        self.ids.update(found.values_list("external_id", "id"))
