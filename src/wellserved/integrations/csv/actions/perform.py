"""Carry an import out: every case of the file, once, in short writes."""

import contextlib
import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.db.models import F

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import load
from wellserved.apps.desk.historic import HistoricTicket, LoadCounts
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import defaults as standards
from wellserved.integrations.csv import adapters, files
from wellserved.integrations.csv.actions import prepare
from wellserved.integrations.csv.models import ImportChange, ImportRun, RejectedRow
from wellserved.platform import manners
from wellserved.platform.errors import Conflict, ServiceError
from wellserved.platform.origin import Origin
from wellserved.science import formats

Progress = Callable[[int, int], None]
_KEPT_REJECTS = 5000


class Overtaken(Conflict):
    """The import was taken back or is carried out by somebody else: nothing more is written."""

    default_code = "import_overtaken"


def request_start(*, actor: Actor, run_id: int, now: dt.datetime, wants_standards: bool = False) -> ImportRun:
    """Set a drafted import to wait for the worker; its job is enqueued by the caller in the same transaction.

    With `wants_standards`, a world that has promised nothing gets the default promise first, to judge the tickets by.
    """
    with transaction.atomic():
        run = prepare.draft_run(run_id)
        prepare.require_complete(run)
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
        _begin(actor=actor, run=run, now=now, cases=_count_cases(table, mapping))
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
            transaction_of=lambda: _hold(run),
        )
        intake.keep_rejected()
        counts = _count(run, account=intake.tally.reconcile(table), counts=counts)
        _finish(actor=actor, run=run, account=intake.tally.reconcile(table), counts=counts, now=now)
    except Overtaken:
        raise
    except ServiceError as refusal:
        _give_up(actor=actor, run=run, sentence=refusal.sentence, now=now)
        raise
    return counts


def stop(*, run_id: int, sentence: str) -> None:
    """Mark an import as stopped, with what its page says."""
    ImportRun.objects.filter(pk=run_id).update(state=ImportRun.State.FAILED, error=sentence[:500])


def _give_up(*, actor: Actor, run: ImportRun, sentence: str, now: dt.datetime) -> None:
    """Mark an import as stopped; what it wrote until then is named in the ledger and can be taken back."""
    with _hold(run):
        stop(run_id=run.pk, sentence=sentence)
        ledger.record(
            actor=actor,
            action="import.stop",
            subject=("integrations.import", run.pk),
            now=now,
            origin=Origin.IMPORT,
            changes={"file": ("", run.filename), "tickets": (0, load.count_batch(batch=run.pk)), **_promised(run)},
            reason=sentence,
        )


@contextlib.contextmanager
def _hold(run: ImportRun) -> Iterator[None]:
    """Open a transaction in which this attempt may still write.

    Raises:
        Overtaken: the import was taken back, or another worker carries it out by now.
    """
    with transaction.atomic():
        mine = ImportRun.objects.select_for_update(no_key=True).filter(
            pk=run.pk, state=ImportRun.State.RUNNING, attempt=run.attempt
        )
        if not list(mine.values_list("pk")):
            raise Overtaken("This import was taken back, or is carried out by another worker.")
        yield


def _count_cases(table: formats.Table, mapping: formats.Mapping) -> int:
    """Count the cases in the file, so that the progress shown has an end."""
    place = table.columns.index(mapping.columns["case"])
    return len({row[place] for row in table.rows if place < len(row)})


def _begin(*, actor: Actor, run: ImportRun, now: dt.datetime, cases: int) -> None:
    run.cases_total = cases
    with _hold(run):
        RejectedRow.objects.filter(run=run).delete()
        if run.wants_standards and not run.made_standards:
            run.made_standards = standards.promise_something(actor=actor, now=now)
        run.save(update_fields=["cases_total", "made_standards"])


def _promised(run: ImportRun) -> dict[str, tuple[str, str]]:
    return {"promise": ("", standards.POLICY)} if run.made_standards else {}


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
                yield adapters.to_ticket(item, system=self.run.system, link_template=self.run.link_template)
            elif len(self.rejected) < _KEPT_REJECTS:
                self.rejected.append(
                    RejectedRow(
                        run=self.run, row=item.row, line=item.line, reason=item.reason[:300], values=list(item.values)
                    )
                )

    def report(self, done: int, progress: Progress | None) -> None:
        total = max(self.run.cases_total, done)
        with _hold(self.run):
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
        manners.short_writes(self.rejected, RejectedRow.objects.bulk_create, transaction_of=lambda: _hold(self.run))


def _claim(run_id: int) -> ImportRun:
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None:
            raise Overtaken("There is no such import: it was taken back.")
        if run.state not in {ImportRun.State.WAITING, ImportRun.State.RUNNING}:
            raise Overtaken("This import is not waiting to be carried out.", code="import_not_waiting")
        ImportRun.objects.filter(pk=run_id).update(state=ImportRun.State.RUNNING, attempt=F("attempt") + 1)
        run.refresh_from_db(fields=["state", "attempt"])
    return run


def _finish(
    *, actor: Actor, run: ImportRun, account: formats.Reconciliation, counts: LoadCounts, now: dt.datetime
) -> None:
    written = dataclasses.asdict(counts) | {"absent": load.count_system(system=run.system) - account.cases}
    with _hold(run):
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
            changes={"file": ("", run.filename), "written": (None, written), **_promised(run)},
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
