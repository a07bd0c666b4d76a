"""`wellserved ledger verify|seal|status`."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wellserved.apps.ledger import actions, queries
from wellserved.platform import clock


class Command(BaseCommand):
    """Check, seal or describe the ledger."""

    help = "Check the ledger's chain, seal what waits, or say how it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="find any altered bit; exits with 1 when something is found")
        verify.add_argument("--anchor", default="", help="a head kept elsewhere, as `ledger status` prints it")
        verbs.add_parser("seal", help="number and chain whatever is not sealed yet")
        verbs.add_parser("status", help="print the head to keep elsewhere, what waits and which subscribers lag")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run one subcommand."""
        {"verify": self.verify, "seal": self.seal, "status": self.status}[options["verb"]](options)

    def verify(self, options: dict[str, Any]) -> None:
        """Walk the whole chain."""
        self.seal(options)
        report = queries.verify(anchor=options["anchor"])
        self.stdout.write(
            f"{report.sealed:,} sealed entries, {report.values:,} values ({report.erased:,} erased), "
            f"{report.unsealed:,} not sealed yet."
        )
        for fault in report.faults:
            self.stderr.write(fault)
        if not report.ok:
            self.stderr.write("The ledger is not as it was written.")
            sys.exit(1)
        self.stdout.write(f"Nothing was altered. Head: {report.head}")

    def seal(self, _options: dict[str, Any]) -> None:
        """Seal until nothing waits."""
        sealed = 0
        while count := actions.seal(now=clock.now()):
            sealed += count
        self.stdout.write(f"{sealed:,} entries sealed.")

    def status(self, _options: dict[str, Any]) -> None:
        """Say how the ledger stands."""
        status = queries.status()
        self.stdout.write(f"Head: {status.anchor}\nNot sealed yet: {status.unsealed:,}")
        for subscriber in status.subscribers:
            self.stdout.write(f"{subscriber.name}: {subscriber.behind:,} behind")
            if subscriber.failure:
                self.stdout.write(f"  failed {subscriber.attempts} times: {subscriber.failure}")
