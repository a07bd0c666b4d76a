"""`wellserved demo load | remove | sign-in`."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from wellserved.demo import service
from wellserved.platform import clock


class Command(BaseCommand):
    """Load, remove or introduce the sample service."""

    help = "The sample service: load it, remove it, or print how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one of three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="load the sample service")
        load.add_argument("--if-empty", action="store_true", help="do nothing when it is already here")
        verbs.add_parser("remove", help="remove the sample service whole")
        verbs.add_parser("sign-in", help="print how to sign in")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the verb says."""
        verb = options["verb"]
        if verb == "load":
            self._load(if_empty=options["if_empty"])
        elif verb == "remove":
            self._remove()
        else:
            self._introduce()

    def _load(self, *, if_empty: bool) -> None:
        if service.is_loaded():
            if not if_empty:
                self.stdout.write("The sample service is already here. `wellserved demo remove` takes it away.")
            return
        shows = sys.stderr.isatty()

        def progress(done: int) -> None:
            if shows:
                self.stderr.write(f"\r  {done:,} tickets of the sample service", ending="")

        counts = service.load_sample(now=clock.now(), progress=progress)
        if shows:
            self.stderr.write("")
        self.stdout.write(f"Loaded the sample service: {counts.created:,} tickets, {counts.messages:,} messages.")

    def _remove(self) -> None:
        if not service.is_loaded():
            self.stdout.write("The sample service is not here.")
            return
        gone = service.remove_sample(now=clock.now())
        self.stdout.write(f"Removed the sample service with its {gone:,} tickets.")

    def _introduce(self) -> None:
        if not service.is_loaded():
            return
        password = service.password()
        self.stdout.write(f"\nSign in at {settings.SITE_URL} with the password {password}\n\n")
        for person in service.sign_ins():
            self.stdout.write(f"  {person.role:<14} {person.email:<28} {person.name}\n")
        self.stdout.write("")
