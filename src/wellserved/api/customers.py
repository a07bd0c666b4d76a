"""Customers and organisations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version
from wellserved.api.shapes import discussion
from wellserved.api.shapes import service as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
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


@router.get("/{int:customer_id}/likely-same", response=Items[shapes.LikelySame], summary="Find her other cards")
@needs(READ_CUSTOMERS)
def list_likely_same(request: HttpRequest, customer_id: Id) -> Any:
    """Those with the same name, phone or address, and why."""
    return items_of(queries.likely_same(actor=actor_of(request), customer_id=customer_id))


@router.get("/{int:customer_id}/merges", response=Items[shapes.Merge], summary="List her other addresses")
@needs(READ_CUSTOMERS)
def list_merges(request: HttpRequest, customer_id: Id) -> Any:
    """Those that were found to be hers."""
    return items_of(queries.merges(actor=actor_of(request), customer_id=customer_id))


@router.post("/{int:customer_id}/merges", response={201: Made}, summary="Make two cards one person")
@needs(EDIT_CUSTOMERS)
def merge_customers(request: HttpRequest, customer_id: Id, merge: shapes.MergeGiven) -> Any:
    """Her tickets move here, and so does what comes from either address; it can be undone."""
    made = actions.merge_customers(actor=actor_of(request), kept_id=customer_id, **merge.model_dump(), now=clock.now())
    return {"id": made}


@router.post("/{int:customer_id}/merges/{int:merge_id}/undo", response={204: None}, summary="Part two cards again")
@needs(EDIT_CUSTOMERS)
def undo_merge(request: HttpRequest, customer_id: Id, merge_id: Id) -> None:
    """The tickets that moved go back; what came since stays."""
    actions.undo_merge(actor=actor_of(request), customer_id=customer_id, merge_id=merge_id, now=clock.now())


@organisations.get("", response=Page[discussion.Organisation], summary="List organisations")
@needs(READ_CUSTOMERS)
def list_organisations(request: HttpRequest, filters: Query[discussion.OrganisationQuery]) -> Any:
    """By name, or those whose name holds `q`."""
    rows, cursor = queries.organisations(
        actor=actor_of(request), q=filters.q, cursor=filters.after, limit=filters.limit
    )
    return page_of(request, rows, cursor)


@organisations.get("/{int:organisation_id}", response=discussion.Organisation, summary="Read an organisation")
@needs(READ_CUSTOMERS)
def read_organisation(request: HttpRequest, response: HttpResponse, organisation_id: Id) -> Any:
    """With how many of its people are known, and how many of their tickets you may see are open."""
    found = queries.organisation(actor=actor_of(request), organisation_id=organisation_id)
    versions.tag(response, found.version)
    return found


@organisations.post("", response={201: Made}, summary="Add an organisation")
@needs(EDIT_CUSTOMERS)
def add_organisation(request: HttpRequest, response: HttpResponse, organisation: shapes.OrganisationGiven) -> Any:
    """Its name is unique."""
    made = actions.save_organisation(actor=actor_of(request), **organisation.model_dump(), now=clock.now())
    response.headers["Location"] = f"{request.path.rstrip('/')}/{made}"
    return {"id": made}


@organisations.put("/{int:organisation_id}", response=Made, summary="Change an organisation")
@needs_version
@needs(EDIT_CUSTOMERS)
def change_organisation(request: HttpRequest, organisation_id: Id, organisation: shapes.OrganisationGiven) -> Any:
    """Replace every field."""
    with on_version():
        changed = actions.save_organisation(
            actor=actor_of(request),
            organisation_id=organisation_id,
            **organisation.model_dump(),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return {"id": changed}
