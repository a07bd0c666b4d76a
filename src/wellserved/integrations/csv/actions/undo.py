"""Take an import back whole: nothing of it stays but the ledger's own two entries, and what people have worked on."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import load
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import defaults as standards
from wellserved.integrations.csv import files
from wellserved.integrations.csv.models import ImportChange, ImportRun
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import Origin

_SHOWN = 5
_HELD = ("customer_id", "queue_id", "product_id", "place_id")


def request_undo(*, run_id: int) -> ImportRun:
    """Mark an import to be undone; its job is enqueued by the caller in the same transaction.

    One that waits or runs is stopped by it: from then on nothing more of it is written.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None:
            raise NotFound("There is no such import.")
        if run.state == ImportRun.State.DRAFT:
            raise Conflict(
                "This import has not started, so there is nothing to undo. Throw the draft away instead.",
                code="import_not_started",
            )
        _check_newest(run)
        run.state = ImportRun.State.UNDOING
        run.account.setdefault("written", {"created": load.count_batch(batch=run.pk)})
        run.save(update_fields=["state", "account"])
    return run


def undo(*, actor: Actor, run_id: int, now: dt.datetime, progress: Callable[[int], None] | None = None) -> int:
    """Delete what the import wrote and return how many tickets went; may be run again after a crash.

    A ticket people have worked on here stays, and is named in the ledger.
    """
    run = request_undo(run_id=run_id)
    restored = load.restore(_befores(run))
    for done in load.unload(batch=run.pk, held=_held(run), keep=lambda numbers: _keep(run, numbers)):
        if progress:
            progress(done)
    with transaction.atomic():
        left = ImportRun.objects.select_for_update().filter(pk=run.pk).first()
        if left is None:
            return 0
        kept = left.account.get("kept", [])
        gone = int(left.account["written"]["created"]) - len(kept)
        is_relied_on = left.made_standards is None or load.is_judged_by(policy_version=left.made_standards)
        promise = "" if is_relied_on else standards.withdraw_unused(version_id=left.made_standards)
        ledger.record(
            actor=actor,
            action="import.undo",
            subject=("integrations.import", left.pk),
            now=now,
            origin=Origin.IMPORT,
            changes={
                "file": (left.filename, ""),
                "tickets": (gone, 0),
                "told as before": (0, restored),
                "promise": (promise, ""),
                **({"kept, worked on here": ([], kept)} if kept else {}),
            },
        )
        left.delete()
    files.drop(run.path)
    return gone


def kept_sentence(*, run_id: int) -> str:
    """Say which tickets undoing an import would keep; nothing when it would keep none."""
    numbers = load.worked_on(batch=run_id)
    if not numbers:
        return ""
    named = ", ".join(f"#{number}" for number in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN:,} more" if len(numbers) > _SHOWN else ""
    one = len(numbers) == 1
    return f"People have worked on {named}{more} here: undoing keeps {'it' if one else 'them'} and deletes the others."


def _befores(run: ImportRun) -> Iterator[load.Before]:
    for ticket_id, rows in run.changes.order_by("pk").values_list("ticket_id", "before").iterator(chunk_size=200):
        yield load.Before(ticket_id=ticket_id, rows=rows)


def _held(run: ImportRun) -> dict[str, frozenset[int]]:
    """Return what tickets would be put back to by undoing other imports: it has to be there then."""
    others = ImportChange.objects.exclude(run=run).order_by()
    return {
        column: frozenset(
            pk for pk in others.values_list(f"before__Ticket__{column}", flat=True).distinct() if pk is not None
        )
        for column in _HELD
    }


def _keep(run: ImportRun, numbers: list[int]) -> None:
    row = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    row.account = {**row.account, "kept": sorted({*row.account.get("kept", []), *numbers})}
    row.save(update_fields=["account"])


def _check_newest(run: ImportRun) -> None:
    """Refuse while a later import has told the same tickets anew: its account of before would lead nowhere."""
    later = ImportRun.objects.filter(pk__gt=run.pk, changes__ticket_id__in=load.tickets_of_batch(batch=run.pk))
    later |= ImportRun.objects.filter(pk__gt=run.pk, changes__ticket_id__in=run.changes.values("ticket_id"))
    if newer := later.order_by("-pk").first():
        raise Conflict(
            f"Import {newer.pk} ({newer.filename}) changed tickets of this one. Undo import {newer.pk} first.",
            code="import_changed_since",
        )


def forget(ticket_ids: Collection[int]) -> None:
    """Drop how these tickets stood before an import told them anew: undoing it leaves them as they are."""
    ImportChange.objects.filter(ticket_id__in=ticket_ids).delete()
