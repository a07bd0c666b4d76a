"""`wellserved import FILE`: detect, rehearse, load; and list, undo or watch."""

import json
import pathlib
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellserved.apps.accounts import queries as accounts
from wellserved.integrations.csv import actions, files
from wellserved.integrations.csv.actions import prepare
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform import clock
from wellserved.platform.errors import ServiceError
from wellserved.science import formats

_SHOWN = 20


class Command(BaseCommand):
    """Bring the history of another system in, or take it out again."""

    help = "Import an event log or an export of tickets; rehearse with --dry-run, take back with --undo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a file and how to read it, or one of the other verbs."""
        parser.add_argument("file", nargs="?", help="CSV, TSV, gzip, zip or xlsx")
        parser.add_argument("--system", default="", help="name of the system it comes from; tickets are known by it")
        parser.add_argument("--mapping", help="a mapping file to use instead of the detected one")
        parser.add_argument("--save-mapping", help="write the mapping used to this file")
        parser.add_argument("--time-zone", default="UTC", help="zone of times that name none, as Europe/London")
        parser.add_argument("--link", default="", help="link back to a ticket, with {id} in it")
        parser.add_argument(
            "--standards", action="store_true", help="when nothing is promised yet, judge by a default promise"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--json", action="store_true", help="print the account as JSON")
        parser.add_argument("--list", action="store_true", help="list the imports there are")
        parser.add_argument("--undo", type=int, metavar="ID", help="take one import back whole")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked; a refusal ends with its sentence and exit code 1."""
        try:
            if options["list"]:
                self._list()
            elif options["undo"]:
                self._undo(options["undo"])
            elif options["file"]:
                self._import(options)
            else:
                raise CommandError("Name a file to import, or use --list or --undo ID.")
        except ServiceError as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _import(self, options: dict[str, Any]) -> None:
        path = pathlib.Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        data = path.read_bytes()
        table = prepare.read(data=data, filename=path.name)
        mapping = self._mapping(table, options)
        if options["save_mapping"]:
            pathlib.Path(options["save_mapping"]).write_text(mapping.to_json() + "\n", encoding="utf-8")
        if options["dry_run"]:
            self._rehearse(table, mapping, as_json=options["json"])
            return
        self._load(path=path, data=data, mapping=mapping, options=options)

    def _mapping(self, table: formats.Table, options: dict[str, Any]) -> formats.Mapping:
        if options["mapping"]:
            text = pathlib.Path(options["mapping"]).read_text(encoding="utf-8")
            return prepare.read_mapping(text, table=table)
        detection = formats.detect_mapping(table, timezone=options["time_zone"])
        if detection.problems:
            raise CommandError(
                " ".join(detection.problems) + " Write a mapping file (--save-mapping starts one) and use --mapping."
            )
        if not options["json"]:
            for reason in detection.reasons:
                self.stderr.write(f"  {reason}")
        return detection.mapping

    def _rehearse(self, table: formats.Table, mapping: formats.Mapping, *, as_json: bool) -> None:
        rehearsal = actions.rehearse(table=table, mapping=mapping)
        self._account(rehearsal.account, as_json=as_json)
        if as_json:
            return
        for row in rehearsal.rejected[:_SHOWN]:
            self.stdout.write(f"  row {row.row} (line {row.line}): {row.reason}")
        self.stdout.write("Nothing was written.")

    def _load(self, *, path: pathlib.Path, data: bytes, mapping: formats.Mapping, options: dict[str, Any]) -> None:
        now, actor = clock.now(), accounts.system_actor()
        name, digest = files.keep(data)
        run = ImportRun.objects.create(
            system=options["system"] or path.name.split(".")[0][:60],
            filename=path.name[:255],
            sha256=digest,
            path=name,
            mapping=json.loads(mapping.to_json()),
            link_template=options["link"],
            created_at=now,
        )
        actions.request_start(actor=actor, run_id=run.pk, now=now, wants_standards=options["standards"])
        shows = sys.stderr.isatty() and not options["json"]

        def progress(done: int, total: int) -> None:
            if shows:
                bar = "█" * (30 * done // max(total, 1))
                self.stderr.write(f"\r  {bar:<30} {done:,} cases", ending="")

        counts = actions.perform(actor=actor, run_id=run.pk, now=now, progress=progress)
        if shows:
            self.stderr.write("")
        run.refresh_from_db()
        if options["json"]:
            self.stdout.write(json.dumps({"import": run.pk, **run.account}, indent=2))
            return
        account = run.account
        self.stdout.write(
            f"Import {run.pk}: {account['rows_read']:,} rows read, {account['rows_rejected']:,} refused; "
            f"{account['cases']:,} cases with {account['events']:,} events: {counts.created:,} new, "
            f"{counts.updated:,} changed, {counts.unchanged:,} already here. Undo with --undo {run.pk}."
        )

    def _account(self, account: formats.Reconciliation, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(
                json.dumps(
                    {
                        "rows_read": account.rows_read,
                        "rows_accepted": account.rows_accepted,
                        "rows_rejected": account.rows_rejected,
                        "cases": account.cases,
                        "events": account.events,
                        "balances": account.balances,
                        "by_status": dict(account.by_status),
                        "flags": dict(account.flags),
                    },
                    indent=2,
                )
            )
            return
        self.stdout.write(
            f"{account.rows_read:,} rows: {account.rows_accepted:,} usable, {account.rows_rejected:,} refused; "
            f"{account.cases:,} cases with {account.events:,} events from {account.first_at} to {account.last_at}."
        )
        for note in account.notes:
            self.stdout.write(f"  {note}")

    def _list(self) -> None:
        for run in ImportRun.objects.order_by("id"):
            self.stdout.write(
                f"{run.pk:>4}  {run.get_state_display():<16} {run.cases_done:>9,} cases  {run.system}  {run.filename}"
            )

    def _undo(self, run_id: int) -> None:
        gone = actions.undo(actor=accounts.system_actor(), run_id=run_id, now=clock.now())
        self.stdout.write(f"Took import {run_id} back: {gone:,} tickets are gone.")
