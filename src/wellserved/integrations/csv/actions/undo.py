"""Take an import back whole: nothing of it stays but the ledger's own two entries."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import load
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import defaults as standards
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
        _check_newest(run)
        run.state = ImportRun.State.UNDOING
        run.save(update_fields=["state"])
    return run


def undo(*, actor: Actor, run_id: int, now: dt.datetime, progress: Callable[[int], None] | None = None) -> int:
    """Delete everything the import wrote and return how many tickets went; may be run again after a crash."""
    run = request_undo(run_id=run_id)
    written = run.account.get("written") or {"created": load.count_batch(batch=run.pk)}
    restored = load.restore(_befores(run))
    for gone in load.unload(batch=run.pk):
        if progress:
            progress(gone)
    gone = int(written["created"])
    with transaction.atomic():
        is_relied_on = run.made_standards is None or load.is_judged_by(policy_version=run.made_standards)
        promise = "" if is_relied_on else standards.withdraw_unused(version_id=run.made_standards)
        ledger.record(
            actor=actor,
            action="import.undo",
            subject=("integrations.import", run.pk),
            now=now,
            origin=Origin.IMPORT,
            changes={
                "file": (run.filename, ""),
                "tickets": (gone, 0),
                "told as before": (0, restored),
                "promise": (promise, ""),
            },
        )
        run.delete()
    files.drop(run.path)
    return gone


def _befores(run: ImportRun) -> Iterator[load.Before]:
    for ticket_id, rows in run.changes.order_by("pk").values_list("ticket_id", "before").iterator(chunk_size=200):
        yield load.Before(ticket_id=ticket_id, rows=rows)


def _check_newest(run: ImportRun) -> None:
    """Refuse while a later import has told the same tickets anew: its account of before would lead nowhere."""
    later = ImportRun.objects.filter(pk__gt=run.pk, changes__ticket_id__in=load.tickets_of_batch(batch=run.pk))
    later |= ImportRun.objects.filter(pk__gt=run.pk, changes__ticket_id__in=run.changes.values("ticket_id"))
    if newer := later.order_by("-pk").first():
        raise Conflict(
            f"Import {newer.pk} ({newer.filename}) changed tickets of this one. Undo import {newer.pk} first.",
            code="import_changed_since",
        )
