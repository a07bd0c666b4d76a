"""`wellserved administrator EMAIL NAME`: the one way in that needs no invitation."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from wellserved.apps.accounts import actions, queries
from wellserved.apps.accounts.types import Role
from wellserved.platform import clock


class Command(BaseCommand):
    """Make an administrator."""

    help = "Make an administrator, who can invite the others; asks for the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who she is."""
        parser.add_argument("email", help="the address she signs in with")
        parser.add_argument("name", help="her name, as colleagues see it")

    def handle(self, *, email: str, name: str, **_: Any) -> None:
        """Make her; the password comes from the terminal, or from the first line of standard input."""
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        with transaction.atomic():
            person = actions.create_user(
                actor=queries.system_actor(),
                email=email,
                name=name,
                role=Role.ADMINISTRATOR,
                password=password,
                now=clock.now(),
            )
        self.stdout.write(f"{person.name} can sign in as administrator with {email}.")
