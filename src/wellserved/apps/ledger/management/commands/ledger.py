"""`wellserved ledger verify|seal|status|erase`."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.ledger import actions, queries, subjects
from wellserved.apps.ledger.types import Subject
from wellserved.platform import clock
from wellserved.platform.origin import World


class Command(BaseCommand):
    """Check, seal or describe the ledger."""

    help = "Check the ledger's chain, seal what waits, say how it stands, or erase what it keeps of a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="find any altered bit; exits with 1 when something is found")
        verify.add_argument("--anchor", default="", help="a head kept elsewhere, as `ledger status` prints it")
        verbs.add_parser("seal", help="number and chain whatever is not sealed yet")
        verbs.add_parser("status", help="print the head to keep elsewhere, what waits and which subscribers lag")
        erase = verbs.add_parser("erase", help="erase the personal values history keeps of some records")
        erase.add_argument("records", nargs="+", metavar="KIND:NUMBER", help="such as desk.customer:12 desk.ticket:340")
        erase.add_argument("--reason", required=True, help="why; this stays in history")
        erase.add_argument("--sample", action="store_true", help="records of the sample service")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run one subcommand."""
        verbs = {"verify": self.verify, "seal": self.seal, "status": self.status, "erase": self.erase}
        verbs[options["verb"]](options)

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

    def erase(self, options: dict[str, Any]) -> None:
        """Erase, and leave an entry that says what and why."""
        count = actions.erase(
            actor=accounts.system_actor(world=World.SAMPLE if options["sample"] else World.REAL),
            subjects=[read_subject(text) for text in options["records"]],
            reason=options["reason"],
            now=clock.now(),
        )
        self.stdout.write(f"{count:,} values erased. `wellserved ledger verify` shows that nothing else changed.")


def read_subject(text: str) -> Subject:
    """Return the record written as `kind:number`.

    >>> read_subject("desk.customer:12")
    ('desk.customer', 12)
    """
    kind, _, number = text.partition(":")
    if kind not in subjects.registry:
        raise CommandError(f"There is no kind of record {kind}; use one of {', '.join(sorted(subjects.registry))}.")
    if not (number.isascii() and number.isdigit()):
        raise CommandError(f"Write a record as {kind}:12; its number is in the Record number of history.")
    return kind, int(number)
