"""What tickets refer to: queues, products, places; and the views of the inbox."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from wellserved.api.shapes import discussion
from wellserved.api.shapes import service as shapes
from wellserved.api.shapes.tickets import ViewGiven, Views
from wellserved.api.shapes.wire import Id, Made, Page, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_TICKETS, WORK_TICKETS
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.types import VIEWS
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Catalogue"])
views = Router(tags=["Views"])


@router.get("/choices", response=shapes.Choices, summary="List what tickets refer to")
@needs(READ_TICKETS)
def list_choices(request: HttpRequest) -> Any:
    """Queues, people who answer them, products, places and tags you may use."""
    return queries.choices(actor=actor_of(request))


@router.get("/tags", response=Page[discussion.Tag], summary="List tags")
@needs(READ_TICKETS)
def list_tags(request: HttpRequest, filters: Query[discussion.TagQuery]) -> Any:
    """By name, with how many of the tickets you may see bear each; a ticket's own are set by PATCH."""
    rows, cursor = queries.tags(actor=actor_of(request), q=filters.q, cursor=filters.after, limit=filters.limit)
    return page_of(request, rows, cursor)


@router.post("/queues", response={201: Made}, summary="Add a queue")
@needs(EDIT_STANDARDS)
def add_queue(request: HttpRequest, queue: shapes.QueueGiven) -> Any:
    """A new default takes the place of the old."""
    return {"id": actions.save_queue(actor=actor_of(request), **queue.model_dump(), now=clock.now())}


@router.put("/queues/{int:queue_id}", response=Made, summary="Change a queue")
@needs(EDIT_STANDARDS)
def change_queue(request: HttpRequest, queue_id: Id, queue: shapes.QueueGiven) -> Any:
    """Replace every field."""
    return {"id": actions.save_queue(actor=actor_of(request), queue_id=queue_id, **queue.model_dump(), now=clock.now())}


@router.post("/products", response={201: Made}, summary="Add a product")
@needs(EDIT_STANDARDS)
def add_product(request: HttpRequest, product: shapes.NameGiven) -> Any:
    """Its name is unique."""
    return {"id": actions.save_product(actor=actor_of(request), name=product.name, now=clock.now())}


@router.put("/products/{int:product_id}", response=Made, summary="Rename a product")
@needs(EDIT_STANDARDS)
def change_product(request: HttpRequest, product_id: Id, product: shapes.NameGiven) -> Any:
    """Tickets keep pointing to it."""
    changed = actions.save_product(actor=actor_of(request), product_id=product_id, name=product.name, now=clock.now())
    return {"id": changed}


@router.post("/places", response={201: Made}, summary="Add a place")
@needs(EDIT_STANDARDS)
def add_place(request: HttpRequest, place: shapes.NameGiven) -> Any:
    """Its name is unique."""
    return {"id": actions.save_place(actor=actor_of(request), name=place.name, now=clock.now())}


@router.put("/places/{int:place_id}", response=Made, summary="Rename a place")
@needs(EDIT_STANDARDS)
def change_place(request: HttpRequest, place_id: Id, place: shapes.NameGiven) -> Any:
    """Tickets keep pointing to it."""
    changed = actions.save_place(actor=actor_of(request), place_id=place_id, name=place.name, now=clock.now())
    return {"id": changed}


@views.get("", response=Views, summary="List views")
@needs(READ_TICKETS)
def list_views(request: HttpRequest) -> Any:
    """The views every inbox has, with what they hold, and the filters you or others kept."""
    actor = actor_of(request)
    counts = queries.view_counts(actor=actor, now=clock.now())
    return {
        "built_in": [{"key": key, "name": name, "count": counts.get(key)} for key, name in VIEWS.items()],
        "saved": queries.saved_views(actor=actor),
    }


@views.post("", response={201: Made}, summary="Keep a view")
@needs(WORK_TICKETS)
def keep_view(request: HttpRequest, view: ViewGiven) -> Any:
    """One of yours with the same name is written over."""
    return {"id": actions.save_view(actor=actor_of(request), **view.model_dump())}


@views.delete("/{int:view_id}", response={204: None}, summary="Remove a view")
@needs(WORK_TICKETS)
def remove_view(request: HttpRequest, view_id: Id) -> None:
    """One of yours."""
    actions.remove_view(actor=actor_of(request), view_id=view_id)
