"""`wellserved facts export|verify|show`."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wellserved.apps.ledger import actions as ledger
from wellserved.apps.measures import actions, queries
from wellserved.apps.measures.adapters import store
from wellserved.platform import clock
from wellserved.platform.origin import World


class Command(BaseCommand):
    """Write, check or describe the facts that figures are read from."""

    help = "Write the facts that figures are read from, check them against the database, or show what there is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        export = verbs.add_parser("export", help="write what changed since the last time")
        export.add_argument("--anew", action="store_true", help="write every month again")
        verbs.add_parser("verify", help="compare with the database; exits with 1 and names what differs")
        verbs.add_parser("show", help="say how many facts of each table there are, and how fresh")
        for verb in verbs.choices.values():
            verb.add_argument("--sample", action="store_true", help="of the sample service")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run one subcommand."""
        world = World.SAMPLE if options["sample"] else World.REAL
        verbs = {"export": self.export, "verify": self.verify, "show": self.show}
        verbs[options["verb"]](world, options)

    def export(self, world: World, options: dict[str, Any]) -> None:
        """Seal what waits, and bring the facts up to it."""
        while ledger.seal(now=clock.now()):
            pass
        actions.export(world=world, now=clock.now(), anew=options["anew"])
        self.show(world, options)

    def verify(self, world: World, _options: dict[str, Any]) -> None:
        """Compare files, manifest and database."""
        found = queries.faults(world=world)
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            self.stderr.write("`wellserved facts export --anew` writes the facts again.")
            sys.exit(1)
        self.stdout.write("The facts are what the database says.")

    def show(self, world: World, _options: dict[str, Any]) -> None:
        """Say what there is."""
        manifest = store.read_manifest(world)
        if manifest is None:
            self.stdout.write("There are no facts yet. Run `wellserved facts export`.")
            return
        for table in store.TABLES:
            parts = [part for part in manifest.parts if part.table == table]
            self.stdout.write(f"{table}: {sum(part.rows for part in parts):,} in {len(parts):,} months")
        self.stdout.write(
            f"As of number {manifest.sequence:,} of history, written {manifest.written_at:%Y-%m-%d %H:%M:%S} UTC."
        )
