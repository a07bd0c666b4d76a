"""Run background jobs alone, without the web server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wellserved.platform.jobs.worker import Worker


class Command(BaseCommand):
    """Start one worker."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the manner of working."""
        parser.add_argument("--once", action="store_true", help="run what is due now, then end")
        parser.add_argument("--no-loops", action="store_true", help="leave sealing, sending and schedules to others")

    def handle(self, *, once: bool, no_loops: bool, **_: Any) -> None:
        """Work until asked to stop, or until nothing is due."""
        worker = Worker(with_loops=not no_loops)
        if once:
            self.stdout.write(f"{worker.drain()} jobs run.")
        else:
            worker.run()
