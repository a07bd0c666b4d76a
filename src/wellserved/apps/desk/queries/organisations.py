"""Organisations: whose people we serve."""

from django.db.models import Count, QuerySet

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Customer, Organisation
from wellserved.apps.desk.queries import scope
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

_BY_NAME = Keyset("name", "id")


def organisations(
    *, actor: Actor, q: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.OrganisationRow, ...], str | None]:
    """Return one page of organisations by name, and the cursor of the next. Three queries."""
    rows = _visible(actor)
    if q := q.strip():
        rows = rows.filter(name__icontains=q)
    page = _BY_NAME.page(rows, cursor=cursor, limit=limit)
    return _rows(actor, list(page.rows)), page.next_cursor


def organisation(*, actor: Actor, organisation_id: int) -> types.OrganisationRow:
    """Return one organisation. Three queries."""
    found = list(_visible(actor).filter(pk=organisation_id))
    if not found:
        raise NotFound("There is no such organisation.", code="organisation_not_found")
    return _rows(actor, found)[0]


def _visible(actor: Actor) -> QuerySet[Organisation]:
    rows = in_world(Organisation.objects.all(), actor.world)
    return rows if actor.can(accounts_policies.READ_CUSTOMERS) else rows.none()


def _rows(actor: Actor, found: list[Organisation]) -> tuple[types.OrganisationRow, ...]:
    ids = [row.pk for row in found]
    customers = Customer.objects.filter(organisation__in=ids).order_by()
    known = dict(customers.values_list("organisation").annotate(n=Count("pk")))
    tickets = scope.visible_tickets(actor=actor).filter(customer__organisation__in=ids, act_by__isnull=False)
    waiting = dict(tickets.order_by().values_list("customer__organisation").annotate(n=Count("pk")))
    return tuple(
        types.OrganisationRow(
            id=row.pk,
            name=row.name,
            is_internal=row.is_internal,
            version=row.version,
            customers=known.get(row.pk, 0),
            open_tickets=waiting.get(row.pk, 0),
        )
        for row in found
    )
