"""`wellserved packs`: list the rule packs, check one, or add one."""

import pathlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.standards import bundled
from wellserved.apps.standards.actions import law as actions
from wellserved.apps.standards.queries import law as queries
from wellserved.platform import clock
from wellserved.platform.errors import ServiceError


class Command(BaseCommand):
    """Bring in the law complaints run under, without any code."""

    help = "List rule packs, check one, or add one: packs list, packs check FILE, packs add FILE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a verb and perhaps a file."""
        parser.add_argument("verb", choices=["list", "check", "add"])
        parser.add_argument("file", nargs="?", help="a pack as TOML or JSON, or the name of one on offer")
        parser.add_argument("--reason", default="", help="why this version is added; kept in the history")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked; a refusal ends with its sentence and exit code 1."""
        try:
            if options["verb"] == "list":
                self._list()
            elif not options["file"]:
                raise CommandError(f"Name the file: wellserved packs {options['verb']} FILE.")
            elif options["verb"] == "check":
                rules, _ = bundled.read_text(_text(options["file"]))
                self.stdout.write(
                    f"{rules.title} can be loaded: {len(rules.clocks)} clocks, {len(rules.letters)} letters."
                )
            else:
                self._add(_text(options["file"]), options["reason"])
        except ServiceError as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _list(self) -> None:
        for offer in queries.offers(actor=accounts.system_actor()):
            state = offer.fault or ("loaded" if offer.is_loaded else "on offer")
            self.stdout.write(f"{offer.file:32} {offer.title} [{state}]")

    def _add(self, text: str, reason: str) -> None:
        house = accounts.system_actor()
        version = actions.add_pack(actor=house, text=text, reason=reason, now=clock.now())
        found = queries.pack_version(actor=house, version_id=version)
        self.stdout.write(f"{found.name} is loaded; its duties are on the register.")


def _text(file: str) -> str:
    path = pathlib.Path(file)
    if not path.is_file():
        return bundled.load(file)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"{file} cannot be read as UTF-8 text.") from fault
