"""Check a backup file and put it in the place of this installation."""

import pathlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wellserved.platform import backup, clock


class Command(BaseCommand):
    """Restore database and files."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the consent."""
        parser.add_argument("archive", type=pathlib.Path, help="a file written by `wellserved backup`")
        parser.add_argument("--yes", action="store_true", help="replace the installation that is here")

    def handle(self, *, archive: pathlib.Path, yes: bool, **_: Any) -> None:
        """Verify everything first, then replace."""
        manifest = backup.restore(archive=archive, overwrite=yes, now=clock.now())
        self.stdout.write(f"Restored the backup of {manifest.made_at} ({len(manifest.files):,} files, all checked).")
        self.stdout.write("Run `wellserved migrate` if this program is newer than the backup.")
