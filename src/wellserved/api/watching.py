"""Folders another help desk exports to."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wellserved.api.shapes import discussion as shapes
from wellserved.api.shapes.wire import Id, Items, items_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import SETTINGS
from wellserved.integrations.csv import queries, watching
from wellserved.platform import clock
from wellserved.platform.http.access import needs

router = Router(tags=["Watched folders"])


@router.get("", response=Items[shapes.Watch], summary="List watched folders")
@needs(SETTINGS)
def list_watches(request: HttpRequest) -> Any:  # noqa: ARG001 (every operation takes it)
    """When each was looked at last, and what went wrong."""
    return items_of(queries.watches())


@router.post("", response={201: shapes.Watch}, summary="Watch a folder")
@needs(SETTINGS)
def add_watch(request: HttpRequest, response: HttpResponse, watch: shapes.WatchGiven) -> Any:
    """Each new export in it is imported within a minute; nothing is ever sent back."""
    given = watch.model_dump(exclude={"mapping"})
    mapping = json.dumps(watch.mapping) if watch.mapping else ""
    made = watching.add(actor=actor_of(request), **given, mapping=mapping, now=clock.now())
    response.headers["Location"] = request.path
    return made


@router.delete("/{int:watch_id}", response={204: None}, summary="Watch a folder no longer")
@needs(SETTINGS)
def stop_watch(request: HttpRequest, watch_id: Id) -> None:  # noqa: ARG001 (every operation takes it)
    """What came from it stays."""
    watching.stop(watch_id=watch_id)
