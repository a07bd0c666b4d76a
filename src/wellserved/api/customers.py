"""Customers and organisations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import actor_of, on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import service as shapes
from wellserved.api.shapes.wire import Id, Made, Page, page_of
from wellserved.apps.accounts.policies import EDIT_CUSTOMERS, READ_CUSTOMERS
from wellserved.apps.desk import actions, queries
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Customers"])
organisations = Router(tags=["Customers"])


@router.get("", response=Page[shapes.CustomerItem], summary="List customers")
@needs(READ_CUSTOMERS)
def list_customers(request: HttpRequest, filters: Query[shapes.CustomerQuery]) -> Any:
    """By name, or those whose name or address begins with `q`."""
    found = queries.customers(actor=actor_of(request), q=filters.q, cursor=filters.after, limit=filters.limit)
    return page_of(request, found.rows, found.next_cursor)


@router.post("", response={201: Made}, summary="Add a customer")
@needs(EDIT_CUSTOMERS)
def add_customer(request: HttpRequest, response: HttpResponse, customer: shapes.CustomerGiven) -> Any:
    """Opening a ticket for a new address adds one as well."""
    made = actions.save_customer(actor=actor_of(request), **customer.model_dump(), now=clock.now())
    response.headers["Location"] = f"{request.path.rstrip('/')}/{made}"
    return {"id": made}


@router.get("/{int:customer_id}", response=shapes.Customer, summary="Read a customer")
@needs(READ_CUSTOMERS)
def read_customer(request: HttpRequest, response: HttpResponse, customer_id: Id) -> Any:
    """With her latest twenty tickets you may see, and what she is promised."""
    found = queries.customer(actor=actor_of(request), customer_id=customer_id, now=clock.now())
    versions.tag(response, found.version)
    return found


@router.put("/{int:customer_id}", response=Made, summary="Change a customer")
@needs_version
@needs(EDIT_CUSTOMERS)
def change_customer(request: HttpRequest, customer_id: Id, customer: shapes.CustomerGiven) -> Any:
    """Replace every field."""
    with on_version():
        changed = actions.save_customer(
            actor=actor_of(request),
            customer_id=customer_id,
            **customer.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return {"id": changed}


@organisations.post("", response={201: Made}, summary="Add an organisation")
@needs(EDIT_CUSTOMERS)
def add_organisation(request: HttpRequest, organisation: shapes.OrganisationGiven) -> Any:
    """Its name is unique."""
    return {"id": actions.save_organisation(actor=actor_of(request), **organisation.model_dump(), now=clock.now())}


@organisations.put("/{int:organisation_id}", response=Made, summary="Change an organisation")
@needs(EDIT_CUSTOMERS)
def change_organisation(request: HttpRequest, organisation_id: Id, organisation: shapes.OrganisationGiven) -> Any:
    """Replace every field."""
    changed = actions.save_organisation(
        actor=actor_of(request), organisation_id=organisation_id, **organisation.model_dump(), now=clock.now()
    )
    return {"id": changed}
