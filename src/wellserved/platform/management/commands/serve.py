"""Serve the product: web server and background worker together, until ctrl-C."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from wellserved.platform import serving


class Command(BaseCommand):
    """Start the process group."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument(
            "--web-processes", type=int, default=1, help="web processes; SQLite is served by one (default: %(default)s)"
        )

    def handle(self, *, host: str, port: int, web_processes: int, **_: Any) -> None:
        """Check what must be right first, then run until stopped."""
        if web_processes > 1 and connection.vendor == "sqlite":
            raise CommandError("SQLite is served by one web process. Set DATABASE_URL to PostgreSQL for more.")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is older than this program. Run `wellserved migrate` first.")
        connections.close_all()
        serving.check_port(host=host, port=port)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        group = serving.Group(serving.members(host=host, port=port, web_processes=web_processes))
        group.run(started=lambda: self._greet(host, port))
        self.stdout.write("Stopped.")

    def _greet(self, host: str, port: int) -> None:
        mail = "by SMTP" if settings.MAIL_URL else f"to the local mailbox, http://{host}:{port}/mailbox"
        self.stdout.write(f"Wellserved serves http://{host}:{port} (mail goes {mail}). Stop it with ctrl-C.")
        self.stdout.flush()
