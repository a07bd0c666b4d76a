"""Carry an import out: every case of the file, once, in short writes."""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import load
from wellserved.apps.desk.historic import HistoricTicket, LoadCounts
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import defaults as standards
from wellserved.integrations.csv import adapters, files
from wellserved.integrations.csv.actions import prepare
from wellserved.integrations.csv.models import ImportChange, ImportRun, RejectedRow
from wellserved.platform import manners
from wellserved.platform.errors import Conflict, NotFound, ServiceError
from wellserved.platform.origin import Origin
from wellserved.science import formats

Progress = Callable[[int, int], None]
_KEPT_REJECTS = 5000


def request_start(*, actor: Actor, run_id: int, now: dt.datetime, wants_standards: bool = False) -> ImportRun:
    """Set a drafted import to wait for the worker; its job is enqueued by the caller in the same transaction.

    With `wants_standards`, a world that has promised nothing gets the default promise first, to judge the tickets by.
    """
    with transaction.atomic():
        run = prepare.draft_run(run_id)
        run.state = ImportRun.State.WAITING
        run.started_at = now
        run.wants_standards = wants_standards
        run.created_by_id = actor.user_id or run.created_by_id
        run.save(update_fields=["state", "started_at", "wants_standards", "created_by"])
    return run


def perform(*, actor: Actor, run_id: int, now: dt.datetime, progress: Progress | None = None) -> LoadCounts:
    """Load the file of a waiting import; started again after a crash, it goes on and writes nothing twice."""
    run = _claim(run_id)
    try:
        table = prepare.read(data=files.read(run.path), filename=run.filename)
        mapping = prepare.read_mapping(json.dumps(run.mapping), table=table)
        RejectedRow.objects.filter(run=run).delete()
        _promise(actor=actor, run=run, now=now)
        _expect(run, table=table, mapping=mapping)
        intake = _Intake(run=run, table=table, mapping=mapping)
        counts = load.load_history(
            records=intake.tickets(),
            origin=Origin.IMPORT,
            system=run.system,
            batch=run.pk,
            now=now,
            progress=lambda done: intake.report(done, progress),
            keep=intake.keep_before,
            tells_replies=mapping.tells_replies,
        )
        intake.keep_rejected()
        counts = _count(run, account=intake.tally.reconcile(table), counts=counts)
    except ServiceError as refusal:
        stop(run_id=run.pk, sentence=refusal.sentence)
        raise
    _finish(actor=actor, run=run, account=intake.tally.reconcile(table), counts=counts, now=now)
    return counts


def stop(*, run_id: int, sentence: str) -> None:
    """Mark an import as stopped, with what its page says."""
    ImportRun.objects.filter(pk=run_id).update(state=ImportRun.State.FAILED, error=sentence[:500])


def _expect(run: ImportRun, *, table: formats.Table, mapping: formats.Mapping) -> None:
    """Count the cases in the file, so that the progress shown has an end."""
    place = table.columns.index(mapping.columns["case"])
    run.cases_total = len({row[place] for row in table.rows if place < len(row)})
    ImportRun.objects.filter(pk=run.pk).update(cases_total=run.cases_total)


def _promise(*, actor: Actor, run: ImportRun, now: dt.datetime) -> None:
    if not run.wants_standards or run.made_standards:
        return
    with transaction.atomic():
        made = standards.promise_something(actor=actor, now=now)
        ImportRun.objects.filter(pk=run.pk).update(made_standards=made)
    run.made_standards = made


def _count(run: ImportRun, *, account: formats.Reconciliation, counts: LoadCounts) -> LoadCounts:
    """Count what this import wrote from the database: an attempt that died before may have written part of it."""
    created, updated = load.count_batch(batch=run.pk), run.changes.count()
    return dataclasses.replace(counts, created=created, updated=updated, unchanged=account.cases - created - updated)


class _Intake:
    def __init__(self, *, run: ImportRun, table: formats.Table, mapping: formats.Mapping) -> None:
        self.run, self.table, self.mapping = run, table, mapping
        self.tally = formats.Tally()
        self.rejected: list[RejectedRow] = []

    def tickets(self) -> Iterator[HistoricTicket]:
        for item in formats.plan(self.table, self.mapping):
            self.tally.add(item)
            if isinstance(item, formats.CaseRecord):
                yield adapters.to_ticket(item, link_template=self.run.link_template)
            elif len(self.rejected) < _KEPT_REJECTS:
                self.rejected.append(
                    RejectedRow(
                        run=self.run, row=item.row, line=item.line, reason=item.reason[:300], values=list(item.values)
                    )
                )

    def report(self, done: int, progress: Progress | None) -> None:
        total = max(self.run.cases_total, done)
        ImportRun.objects.filter(pk=self.run.pk).update(cases_done=done)
        if progress:
            progress(done, total)

    def keep_before(self, befores: Sequence[load.Before]) -> None:
        """Keep how tickets stood; the first account of a ticket is the one that counts."""
        ImportChange.objects.bulk_create(
            (ImportChange(run=self.run, ticket_id=each.ticket_id, before=each.rows) for each in befores),
            ignore_conflicts=True,
        )

    def keep_rejected(self) -> None:
        manners.short_writes(self.rejected, RejectedRow.objects.bulk_create)


def _claim(run_id: int) -> ImportRun:
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None:
            raise NotFound("There is no such import.")
        if run.state not in {ImportRun.State.WAITING, ImportRun.State.RUNNING}:
            raise Conflict("This import is not waiting to be carried out.", code="import_not_waiting")
        run.state = ImportRun.State.RUNNING
        run.save(update_fields=["state"])
    return run


def _finish(
    *, actor: Actor, run: ImportRun, account: formats.Reconciliation, counts: LoadCounts, now: dt.datetime
) -> None:
    written = dataclasses.asdict(counts)
    with transaction.atomic():
        run.state = ImportRun.State.DONE
        run.finished_at = now
        run.cases_total = run.cases_done = account.cases
        run.account = {**_plain(account), "written": written}
        path, run.path, run.error = run.path, "", ""
        run.save(update_fields=["state", "finished_at", "cases_total", "cases_done", "account", "path", "error"])
        ledger.record(
            actor=actor,
            action="import.load",
            subject=("integrations.import", run.pk),
            now=now,
            origin=Origin.IMPORT,
            changes={"file": ("", run.filename), "written": (None, written)},
        )
    files.drop(path)


def _plain(account: formats.Reconciliation) -> dict[str, object]:
    return {
        "rows_read": account.rows_read,
        "rows_accepted": account.rows_accepted,
        "rows_rejected": account.rows_rejected,
        "cases": account.cases,
        "events": account.events,
        "first_at": account.first_at.isoformat() if account.first_at else None,
        "last_at": account.last_at.isoformat() if account.last_at else None,
        "by_status": dict(account.by_status),
        "flags": dict(account.flags),
        "rejections": dict(account.rejections),
        "notes": list(account.notes),
    }
