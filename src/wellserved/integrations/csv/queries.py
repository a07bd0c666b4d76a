"""Read imports, their refused rows and the watched folders. Imports belong to the real world, whoever looks."""

import datetime as dt
import json
from collections.abc import Iterator

from wellserved.apps.desk.actions import load
from wellserved.integrations.csv import files
from wellserved.integrations.csv.actions import prepare
from wellserved.integrations.csv.models import ImportRun, Watch
from wellserved.platform.errors import NotFound
from wellserved.science import formats

_SHOWN_RUNS = 100
_METRICS = {
    "first_reply": "first replies",
    "next_reply": "further replies",
    "resolution": "resolutions",
    "update": "updates",
}


def runs() -> list[ImportRun]:
    """Return the newest imports. One query."""
    return list(ImportRun.objects.select_related("created_by").order_by("-pk")[:_SHOWN_RUNS])


def watches() -> list[Watch]:
    """Return the watched folders. One query."""
    return list(Watch.objects.order_by("pk"))


def find(run_id: int) -> ImportRun:
    """Return one import."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound("There is no such import.")
    return run


def rehearsal(run: ImportRun) -> prepare.Rehearsal:
    """Read a drafted import's whole file under its mapping and say what would come of it; nothing is written."""
    table = prepare.read(data=files.read(run.path), filename=run.filename)
    mapping = prepare.read_mapping(json.dumps(run.mapping), table=table)
    return prepare.rehearse(table=table, mapping=mapping, system=run.system, link_template=run.link_template)


def refused(run: ImportRun) -> Iterator[tuple[object, ...]]:
    """Yield the refused rows: of an import that ran as it kept them, of a draft by reading its file."""
    if run.state != ImportRun.State.DRAFT:
        for row in run.rejected.order_by("row"):
            yield (row.row, row.line, row.reason, *row.values)
        return
    table = prepare.read(data=files.read(run.path), filename=run.filename)
    for item in formats.plan(table, prepare.read_mapping(json.dumps(run.mapping), table=table)):
        if isinstance(item, formats.RejectedRow):
            yield (item.row, item.line, item.reason, *item.values)


def has_open(run: ImportRun) -> bool:
    """Return whether a ticket of this import was still open at its end."""
    ended = {"resolved", "closed"}
    return any(count for status, count in run.account.get("by_status", {}).items() if status not in ended)


def kept_sentence(run: ImportRun, *, now: dt.datetime) -> str:
    """Say how many promises were kept to the tickets of an import; nothing when none was made."""
    told = [
        f"{kept:,} of {total:,} {_METRICS.get(metric, metric)}"
        for metric, (kept, total) in sorted(load.count_kept(batch=run.pk, now=now).items())
        if total
    ]
    if not told:
        return ""
    listed = " and ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)
    return f"By the standards now in force, you kept {listed}."
