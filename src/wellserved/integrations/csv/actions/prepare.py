"""Take a file, propose a mapping, and rehearse the import without writing a ticket."""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.integrations.csv import files
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.science import formats

_SHOWN_CASES = 5
_SHOWN_REJECTS = 50
_MOST_WORDS = 500
_WORDS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("status", "status_map", formats.status_category_of),
    ("activity", "activity_map", formats.event_kind_of),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What an import would do: its account, the first cases and the first rows refused."""

    account: formats.Reconciliation
    cases: tuple[formats.CaseRecord, ...]
    rejected: tuple[formats.RejectedRow, ...]


def read(*, data: bytes, filename: str) -> formats.Table:
    """Return the table in the file, or refuse it with a sentence."""
    try:
        return formats.read_table(data, filename=filename)
    except formats.FormatError as wrong:
        raise Invalid(str(wrong), code="unreadable_file") from wrong


def read_mapping(text: str, *, table: formats.Table) -> formats.Mapping:
    """Return the mapping written as JSON, checked against the table's columns."""
    try:
        mapping = formats.Mapping.from_json(text)
        mapping.check(table.columns)
    except formats.MappingError as wrong:
        raise Invalid(str(wrong), code="unusable_mapping") from wrong
    return mapping


def draft(
    *, actor: Actor, data: bytes, filename: str, system: str, now: dt.datetime, time_zone: str = "UTC"
) -> tuple[ImportRun, formats.Detection]:
    """Keep the file and propose a mapping; nothing of the desk is written yet."""
    table = read(data=data, filename=filename)
    detection = formats.detect_mapping(table, timezone=time_zone)
    name, digest = files.keep(data)
    run = ImportRun.objects.create(
        system=system.strip()[:60] or filename[:60],
        filename=filename[:255],
        sha256=digest,
        path=name,
        mapping=json.loads(detection.mapping.to_json()),
        account=_describe(table, detection),
        created_by_id=actor.user_id,
        created_at=now,
    )
    return run, detection


def save_mapping(*, run_id: int, text: str, system: str = "", link_template: str = "") -> ImportRun:
    """Put an edited mapping in place of the proposed one."""
    with transaction.atomic():
        run = draft_run(run_id)
        table = read(data=files.read(run.path), filename=run.filename)
        mapping = with_every_word(read_mapping(text, table=table), table=table)
        run.mapping = json.loads(mapping.to_json())
        run.system = system.strip()[:60] or run.system
        if link_template and "{id}" not in link_template:
            raise Invalid(
                "The link needs {id} where the ticket's number goes, as in https://desk.example/tickets/{id}."
            )
        run.link_template = link_template[:300]
        run.save(update_fields=["mapping", "system", "link_template"])
    return run


def with_every_word(mapping: formats.Mapping, *, table: formats.Table) -> formats.Mapping:
    """Give each word of the status and activity columns a meaning it has not been given yet."""
    found: dict[str, Any] = {}
    for role, part, guess in _WORDS:
        known = dict(getattr(mapping, part))
        name = mapping.columns.get(role)
        if name:
            place = table.columns.index(name)
            said = {row[place] for row in table.rows if place < len(row)} - known.keys() - set(mapping.missing)
            known.update({word: guess(word) for word in sorted(said)[:_MOST_WORDS]})
        found[part] = known
    return dataclasses.replace(mapping, **found)


def _describe(table: formats.Table, detection: formats.Detection) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": table.row_count,
        "confidence": {role: round(value, 2) for role, value in detection.confidence.items()},
        "reasons": list(detection.reasons),
        "problems": list(detection.problems),
        "notes": list(table.notes),
    }


def rehearse(*, table: formats.Table, mapping: formats.Mapping) -> Rehearsal:
    """Read the whole table under the mapping and account for every row."""
    tally = formats.Tally()
    cases: list[formats.CaseRecord] = []
    rejected: list[formats.RejectedRow] = []
    for item in formats.plan(table, mapping):
        tally.add(item)
        if isinstance(item, formats.RejectedRow):
            if len(rejected) < _SHOWN_REJECTS:
                rejected.append(item)
        elif len(cases) < _SHOWN_CASES:
            cases.append(item)
    return Rehearsal(account=tally.reconcile(table), cases=tuple(cases), rejected=tuple(rejected))


def discard(*, run_id: int) -> None:
    """Throw a draft away with its file."""
    with transaction.atomic():
        run = draft_run(run_id)
        run.delete()
    files.drop(run.path)


def draft_run(run_id: int) -> ImportRun:
    """Return the run, locked, while it is still being set up."""
    run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise NotFound("There is no such import.")
    if run.state != ImportRun.State.DRAFT:
        raise Conflict("This import has already started.", code="import_started")
    return run
