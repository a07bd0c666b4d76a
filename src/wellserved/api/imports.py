"""Imports: send a file, look at how it will be read, rehearse, start, take back."""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router
from ninja.files import UploadedFile

from wellserved.api.declaring import takes_file
from wellserved.api.shapes import imports as shapes
from wellserved.api.shapes.wire import Id, Items, items_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import IMPORT
from wellserved.integrations.csv import actions, queries, tasks
from wellserved.platform import clock, jobs
from wellserved.platform.errors import Conflict
from wellserved.platform.http.access import needs

router = Router(tags=["Imports"])


@router.get("", response=Items[shapes.Import], summary="List imports")
@needs(IMPORT)
def list_imports(request: HttpRequest) -> Any:  # noqa: ARG001 (every operation takes it)
    """The newest hundred."""
    return items_of(queries.runs())


@router.post("", response={201: shapes.Import}, summary="Send a file")
@takes_file
@needs(IMPORT)
def send_file(
    request: HttpRequest, response: HttpResponse, about: Query[shapes.Upload], file: File[UploadedFile]
) -> Any:
    """Keep it and propose a mapping; no ticket is written yet."""
    run, _ = actions.draft(
        actor=actor_of(request),
        data=file.read(),
        filename=file.name or "file",
        system=about.system,
        time_zone=about.time_zone,
        now=clock.now(),
    )
    response.headers["Location"] = f"{request.path.rstrip('/')}/{run.pk}"
    return run


@router.get("/{int:import_id}", response=shapes.Import, summary="Read an import")
@needs(IMPORT)
def read_import(request: HttpRequest, import_id: Id) -> Any:  # noqa: ARG001 (every operation takes it)
    """Its mapping, how far it is, and its account."""
    return queries.find(import_id)


@router.delete("/{int:import_id}", response={204: None}, summary="Throw a draft away")
@needs(IMPORT)
def discard_import(request: HttpRequest, import_id: Id) -> None:  # noqa: ARG001 (every operation takes it)
    """With its file; an import that has started is taken back instead."""
    actions.discard(run_id=import_id)


@router.put("/{int:import_id}/mapping", response=shapes.Import, summary="Say how to read a file")
@needs(IMPORT)
def save_mapping(request: HttpRequest, import_id: Id, given: shapes.MappingGiven) -> Any:  # noqa: ARG001
    """Put this mapping in place of the one proposed."""
    return actions.save_mapping(
        run_id=import_id, text=json.dumps(given.mapping), system=given.system, link_template=given.link_template
    )


@router.get("/{int:import_id}/rehearsal", response=shapes.Rehearsal, summary="Rehearse an import")
@needs(IMPORT)
def rehearse_import(request: HttpRequest, import_id: Id) -> Any:  # noqa: ARG001 (every operation takes it)
    """Read the whole file of a draft and account for every row; nothing is written."""
    run = queries.find(import_id)
    if run.state != run.State.DRAFT:
        raise Conflict("This import has already started.", code="import_started")
    return queries.rehearsal(run)


@router.post("/{int:import_id}/start", response=shapes.Import, summary="Start an import")
@needs(IMPORT)
def start_import(request: HttpRequest, import_id: Id, start: shapes.Start) -> Any:
    """Let the worker carry it out; a case already known is not written twice."""
    actor, now = actor_of(request), clock.now()
    with transaction.atomic():
        run = actions.request_start(actor=actor, run_id=import_id, now=now, wants_standards=start.wants_standards)
        jobs.enqueue(tasks.PERFORM, now=now, import_id=import_id, actor_id=actor.user_id)
    return run


@router.post("/{int:import_id}/undo", response=shapes.Import, summary="Take an import back")
@needs(IMPORT)
def undo_import(request: HttpRequest, import_id: Id) -> Any:
    """Stop it if it runs, and let the worker delete what it wrote.

    The ledger's two entries stay, and tickets people have worked on here.
    """
    actor, now = actor_of(request), clock.now()
    with transaction.atomic():
        run = actions.request_undo(run_id=import_id)
        jobs.enqueue(tasks.UNDO, now=now, import_id=import_id, actor_id=actor.user_id)
    return run
