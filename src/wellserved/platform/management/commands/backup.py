"""Write a backup of the running installation into one file with checksums."""

import pathlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wellserved.platform import backup, clock


class Command(BaseCommand):
    """Back up database and files."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the place."""
        parser.add_argument("target", type=pathlib.Path, help="a folder, or a file name ending in .tar")

    def handle(self, *, target: pathlib.Path, **_: Any) -> None:
        """Write and name the file."""
        archive = backup.back_up(target=target, now=clock.now())
        self.stdout.write(f"{archive} ({archive.stat().st_size:,} bytes)")
        self.stdout.write("The secret key is not inside: keep var/secret-key in a safe place of its own.")
