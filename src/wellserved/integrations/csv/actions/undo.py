"""Take an import back whole: nothing of it stays but the ledger's own two entries."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import load
from wellserved.apps.ledger import actions as ledger
from wellserved.integrations.csv import files
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import Origin

_UNDOABLE = {ImportRun.State.DONE, ImportRun.State.FAILED, ImportRun.State.UNDOING}


def request_undo(*, run_id: int) -> ImportRun:
    """Mark an import to be undone; its job is enqueued by the caller in the same transaction."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None:
            raise NotFound("There is no such import.")
        if run.state not in _UNDOABLE:
            raise Conflict("Only an import that has ended can be undone.", code="import_not_ended")
        run.state = ImportRun.State.UNDOING
        run.save(update_fields=["state"])
    return run


def undo(*, actor: Actor, run_id: int, now: dt.datetime, progress: Callable[[int], None] | None = None) -> int:
    """Delete everything the import wrote and return how many tickets went; may be run again after a crash."""
    run = request_undo(run_id=run_id)
    gone = 0
    for gone in load.unload(batch=run.pk):
        if progress:
            progress(gone)
    with transaction.atomic():
        ledger.record(
            actor=actor,
            action="import.undo",
            subject=("integrations.import", run.pk),
            now=now,
            origin=Origin.IMPORT,
            changes={"file": (run.filename, ""), "tickets": (gone, 0)},
        )
        run.delete()
    files.drop(run.path)
    return gone
