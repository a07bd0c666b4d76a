"""`wellserved import FILE`: detect, rehearse, load; and list, undo or watch."""

import dataclasses
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
        self._save(mapping, options)
        options["link"] = prepare.check_link(options["link"])
        options["system"] = prepare.system_named(options["system"], filename=path.name)
        if options["dry_run"]:
            self._rehearse(table, mapping, options)
            return
        self._load(path=path, data=data, mapping=mapping, options=options)

    def _mapping(self, table: formats.Table, options: dict[str, Any]) -> formats.Mapping:
        if options["mapping"]:
            return prepare.with_every_word(self._read_mapping(options["mapping"], table=table), table=table)
        detection = prepare.read_detected(table, time_zone=options["time_zone"])
        if detection.problems:
            self._save(detection.mapping, options)
            raise CommandError(
                " ".join(detection.problems)
                + " Name it in a mapping file (--save-mapping FILE writes one to begin with) and give that with "
                "--mapping FILE; nothing was written."
            )
        if not options["json"]:
            for reason in detection.reasons:
                self.stderr.write(f"  {reason}")
        return detection.mapping

    def _read_mapping(self, name: str, *, table: formats.Table) -> formats.Mapping:
        try:
            text = pathlib.Path(name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"The mapping file {name} cannot be read: {wrong}. Give a JSON file (UTF-8).") from wrong
        return prepare.read_mapping(text, table=table)

    def _save(self, mapping: formats.Mapping, options: dict[str, Any]) -> None:
        if not options["save_mapping"]:
            return
        try:
            pathlib.Path(options["save_mapping"]).write_text(mapping.to_json(), encoding="utf-8")
        except OSError as wrong:
            raise CommandError(f"The mapping cannot be written to {options['save_mapping']}: {wrong}.") from wrong

    def _rehearse(self, table: formats.Table, mapping: formats.Mapping, options: dict[str, Any]) -> None:
        rehearsal = actions.rehearse(
            table=table, mapping=mapping, system=options["system"], link_template=options["link"]
        )
        self._account(rehearsal, as_json=options["json"])
        if options["json"]:
            return
        for row in rehearsal.rejected[:_SHOWN]:
            self.stdout.write(f"  row {row.row} (line {row.line}): {row.reason}")
        self.stdout.write("Nothing was written.")

    def _load(self, *, path: pathlib.Path, data: bytes, mapping: formats.Mapping, options: dict[str, Any]) -> None:
        now, actor = clock.now(), accounts.system_actor()
        name, digest = files.keep(data)
        run = ImportRun.objects.create(
            system=options["system"],
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

        try:
            counts = actions.perform(actor=actor, run_id=run.pk, now=now, progress=progress)
        except KeyboardInterrupt as interrupt:
            actions.stop(run_id=run.pk, sentence="It was interrupted. Take it back, or import the file again.")
            raise CommandError(f"Interrupted. Take back what is in with --undo {run.pk}.") from interrupt
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
        if absent := account["written"]["absent"]:
            self.stdout.write(f"  {absent:,} tickets of {run.system} are not in this file; they stay as they were.")

    def _account(self, rehearsal: prepare.Rehearsal, *, as_json: bool) -> None:
        account, foresight = rehearsal.account, rehearsal.foresight
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
                        "would": dataclasses.asdict(foresight),
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
        self.stdout.write(
            f"{foresight.created:,} cases are new, {foresight.updated:,} would change tickets that are here, "
            f"{foresight.unchanged:,} would change nothing; {foresight.absent:,} tickets of this system are not in the "
            "file and stay as they are."
        )
        for field, count in foresight.fields.items():
            self.stdout.write(f"  would change: {field} of {count:,}")
        for each in foresight.examples:
            self.stdout.write(f"  {each.external_id} (#{each.number}): {each.field} {each.before} → {each.after}")

    def _list(self) -> None:
        for run in ImportRun.objects.order_by("id"):
            self.stdout.write(
                f"{run.pk:>4}  {run.get_state_display():<16} {run.cases_done:>9,} cases  {run.system}  {run.filename}"
            )

    def _undo(self, run_id: int) -> None:
        stays = actions.kept_sentence(run_id=run_id)
        gone = actions.undo(actor=accounts.system_actor(), run_id=run_id, now=clock.now())
        self.stdout.write(f"Took import {run_id} back: {gone:,} tickets are gone. {stays}".strip())
