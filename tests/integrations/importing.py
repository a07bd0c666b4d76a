"""Bring logs in as a person and the worker would, and look at what the database holds."""

import datetime as dt
import gzip
import pathlib
from typing import Any

from django.core import serializers
from django.db import connection

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock, Message, Ticket, TicketEvent
from wellserved.integrations.csv import actions
from wellserved.integrations.csv.models import ImportRun

NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=dt.UTC)
SERVICENOW = pathlib.Path(__file__).parent / "data" / "servicenow_200_incidents.csv.gz"
HEADER = "Case ID,Activity,Complete Timestamp,Resource\n"
# A number is never given twice, so the counters of numbers move on; the index of words tidies itself up when it will.
LEDGER = {"ledger_entry", "ledger_value", "ledger_head", "desk_numbering", "sqlite_sequence"}
LEDGER |= {"desk_search_data", "desk_search_idx"}


def servicenow() -> bytes:
    return gzip.decompress(SERVICENOW.read_bytes())


def log(cases: int, *, ending: str = "Closed") -> bytes:
    """A log of three events a case; `ending` is what happened last to each."""
    rows = [
        f"{number},{activity},2015-03-{1 + number % 27:02d} {hour:02d}:00:00,Value {number % 5}\n"
        for number in range(1, cases + 1)
        for activity, hour in (("Insert ticket", 9), ("Take in charge ticket", 11), (ending, 15))
    ]
    return (HEADER + "".join(rows)).encode()


def draft(data: bytes, *, filename: str = "log.csv", system: str = "old desk") -> ImportRun:
    run, _ = actions.draft(actor=_actor(), data=data, filename=filename, system=system, now=NOW)
    return run


def bring_in(data: bytes, *, wants_standards: bool = False, **options: Any) -> ImportRun:
    run = draft(data, **options)
    actions.request_start(actor=_actor(), run_id=run.pk, now=NOW, wants_standards=wants_standards)
    actions.perform(actor=_actor(), run_id=run.pk, now=NOW)
    run.refresh_from_db()
    return run


def take_back(run: ImportRun) -> int:
    return actions.undo(actor=_actor(), run_id=run.pk, now=NOW)


def table_counts() -> dict[str, int]:
    """How many rows each table holds, the ledger apart."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in LEDGER:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
    return counts


def table_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, the ledger and what only counts on apart."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in LEDGER:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows[table] = sorted(cursor.fetchall(), key=repr)
    return rows


def desk_content() -> str:
    """Every ticket with its events, messages and clocks as text; keys of derived rows apart."""
    text = [serializers.serialize("json", Ticket.objects.order_by("pk"))]
    for model in (TicketEvent, Message, Clock):
        rows = model.objects.order_by("pk")
        text.append(serializers.serialize("json", rows))
    return "\n".join(text)


def _actor() -> Actor:
    return accounts.system_actor()
