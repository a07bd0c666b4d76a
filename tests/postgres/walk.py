"""A walk along the main paths on an empty database: `python -m tests.postgres.walk` prints what it met as JSON."""

import datetime as dt
import io
import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings_test")

import django

django.setup()

# ruff: noqa: E402 (Django must be set up before its models are imported)

from django.core.management import call_command
from django.db import connection

from tests import personas
from tests.personas import NOW
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk import queries, types
from wellserved.apps.desk.models import Ticket
from wellserved.apps.ledger import actions as ledger_actions
from wellserved.apps.ledger import queries as ledger
from wellserved.demo import history, service
from wellserved.integrations.csv import actions as imports
from wellserved.integrations.csv import tasks
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform import clock, jobs
from wellserved.platform.jobs import registry
from wellserved.platform.jobs.worker import Worker
from wellserved.platform.origin import World

LOG = """case id,activity,timestamp,subject
A1,Created,2026-02-02 09:00:00,Kettle hums
A1,Resolved,2026-02-02 11:00:00,Kettle hums
A2,Created,2026-02-03 09:00:00,Lamp is dark
A2,Resolved,2026-02-04 09:30:00,Lamp is dark
A3,Created,2026-02-04 10:00:00,Parcel lost
A3,Resolved,2026-02-04 10:45:00,Parcel lost
"""


def migrate() -> dict[str, Any]:
    """Lay every table, and find nothing left to lay."""
    call_command("migrate", verbosity=0)
    out = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    return {"vendor": connection.vendor, "left": out.getvalue().strip()}


def answer(ben: Actor, lena: Actor, queue_id: int) -> dict[str, Any]:
    """Open, take, answer and resolve."""
    saved = desk.open_ticket(
        actor=ben,
        subject="Broken kettle",
        body="It hums à la carte, says Zoë.",
        customer_email="eve@example.test",
        customer_name="Eve Novák",
        queue_id=queue_id,
        tags=["kettle", "noise"],
        now=NOW,
    )
    version = desk.assign(
        actor=lena, ticket_id=saved.ticket_id, assignee_id=ben.user_id, version=saved.version, now=NOW
    ).version
    soon = NOW + dt.timedelta(minutes=20)
    ended = desk.reply(
        actor=ben, ticket_id=saved.ticket_id, body="A new one is coming.", then="resolve", version=version, now=soon
    )
    told = queries.timeline(actor=ben, ticket_id=saved.ticket_id)
    return {"number": saved.number, "status": ended.status, "version": ended.version, "told": len(told)}


def search(ben: Actor, number: int) -> dict[str, bool]:
    """Return which questions find the ticket."""

    def found(asked: str) -> bool:
        page = queries.inbox(actor=ben, filters=types.InboxFilters(view="resolved", q=asked), now=NOW)
        return [row.number for row in page.rows] == [number]

    asked = (
        "kettle",
        "KETT",
        "zoe",
        "Zoë",
        "carte hums",
        "novak",
        "eve@example.test",
        f"#{number}",
        "teapot",
        "a' | b:*",
    )
    return {each: found(each) for each in asked}


def import_and_undo() -> dict[str, Any]:
    """Bring six rows in by a job of the worker, and take them out again."""
    now, actor = clock.now(), system_actor()
    run, _ = imports.prepare.draft(actor=actor, data=LOG.encode(), filename="log.csv", system="old", now=now)
    imports.request_start(actor=actor, run_id=run.pk, now=now)
    jobs.enqueue(tasks.PERFORM, import_id=run.pk)
    Worker(with_loops=False).drain()
    run = ImportRun.objects.get(pk=run.pk)
    written = Ticket.objects.filter(batch=run.pk).count()
    gone = imports.undo(actor=actor, run_id=run.pk, now=now)
    return {"state": run.state, "written": written, "gone": gone, "left": Ticket.objects.filter(batch=run.pk).count()}


def sample() -> dict[str, Any]:
    """Load two weeks of the sample service, look at them, remove them."""
    history.DAYS = 14
    counts = service.load_sample(now=NOW)
    actor = system_actor(world=World.SAMPLE)
    page = queries.inbox(actor=actor, filters=types.InboxFilters(), now=NOW)
    summary = queries.promise_summary(actor=actor, now=NOW)
    gone = service.remove_sample(now=NOW)
    return {
        "all_gone": gone == counts.created,
        "some": counts.created > 100,
        "shown": len(page.rows) > 0,
        "summed": summary is not None,
        "left": Ticket.objects.filter(origin="sample").count(),
    }


def chain() -> dict[str, Any]:
    """Seal all there is and verify it."""
    while ledger_actions.seal(now=NOW):
        pass
    report = ledger.verify()
    return {"faults": list(report.faults), "unsealed": report.unsealed, "some": report.sealed > 5}


def main() -> None:
    told: dict[str, Any] = {"migrate": migrate()}
    registry.load()
    ben, lena = personas.make_persona("ben").actor, personas.make_persona("lena").actor
    team_id = personas.make_team("Team A").pk
    queue_id = desk.save_queue(actor=system_actor(), name="Parcels", team_id=team_id, is_default=True, now=NOW)
    told["answer"] = answer(ben, lena, queue_id)
    told["search"] = search(ben, told["answer"]["number"])
    told["import"] = import_and_undo()
    told["sample"] = sample()
    told["chain"] = chain()
    connection.close()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
