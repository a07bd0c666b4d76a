"""The `wellserved` command."""

import os
import sys


def main() -> None:
    """Run a command of the installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (science commands start without Django)

    execute_from_command_line(sys.argv)
