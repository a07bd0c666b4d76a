"""List background jobs, retry a failed one or cancel a waiting one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wellserved.platform import clock
from wellserved.platform.jobs import queue
from wellserved.platform.models import JobRun


class Command(BaseCommand):
    """Show the queue and take decisions about it."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and what it is about."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="list jobs, newest first")
        listing.add_argument("--state", choices=JobRun.State.values, help="only jobs in this state")
        listing.add_argument("--limit", type=int, default=30, help="how many at most (default: %(default)s)")
        for verb, sentence in (("retry", "let a failed job wait again"), ("cancel", "let a job never run")):
            verbs.add_parser(verb, help=sentence).add_argument("run_id", type=int, help="the number from `jobs list`")

    def handle(self, *, verb: str, **options: Any) -> None:
        """Do what the verb says."""
        if verb == "list":
            self._list(options["state"], options["limit"])
        elif verb == "retry":
            self.stdout.write(f"{queue.retry(run_id=options['run_id'], now=clock.now())} waits again.")
        else:
            self.stdout.write(f"{queue.cancel(run_id=options['run_id'], now=clock.now())} is cancelled.")

    def _list(self, state: str | None, limit: int) -> None:
        rows = JobRun.objects.order_by("-pk")
        chosen = list((rows.filter(state=state) if state else rows)[:limit])
        if not chosen:
            self.stdout.write("No such jobs.")
        for row in chosen:
            fault = row.last_error.strip().rpartition("\n")[2]
            self.stdout.write(
                f"{row.pk:>8}  {row.state:<9}  {row.name:<36}  due {row.run_after:%Y-%m-%d %H:%M:%S}  "
                f"attempt {row.attempts}  {fault[:100]}".rstrip()
            )
