"""Take a file, propose a mapping, and rehearse the import without writing a ticket."""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import load
from wellserved.apps.desk.historic import HistoricTicket
from wellserved.integrations.csv import adapters, files
from wellserved.integrations.csv.models import ImportRun
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import Origin
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
    """What an import would do: its account, the first cases and rows refused, and what it would change here."""

    account: formats.Reconciliation
    cases: tuple[formats.CaseRecord, ...]
    rejected: tuple[formats.RejectedRow, ...]
    foresight: load.Foresight


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


def read_detected(table: formats.Table, *, time_zone: str) -> formats.Detection:
    """Propose how to read the table; times without a zone are read in `time_zone`."""
    try:
        return formats.detect_mapping(table, timezone=time_zone)
    except formats.MappingError as wrong:
        raise Invalid(str(wrong), code="unusable_mapping") from wrong


def system_named(name: str, *, filename: str) -> str:
    """Return the name tickets of this file are known by; the sample service's own name is never given out."""
    named = (name.strip() or filename.split(".", maxsplit=1)[0].strip() or filename)[:60]
    return f"{named} import" if named.lower() == Origin.SAMPLE else named


def check_link(link_template: str) -> str:
    """Return the link back to a ticket, or say what it lacks."""
    link = link_template.strip()
    if not link:
        return ""
    if "{id}" not in link:
        raise Invalid(
            "The link needs {id} where the ticket's number goes, as in https://desk.example/tickets/{id}.",
            code="link_without_id",
        )
    if not link.lower().startswith(("https://", "http://")):
        raise Invalid("The link begins with https://, as in https://desk.example/tickets/{id}.", code="link_address")
    return link[:300]


def require_complete(run: ImportRun) -> None:
    """Refuse a draft whose mapping cannot read its file: nothing is written before every column needed is named."""
    columns = run.account.get("columns") or read(data=files.read(run.path), filename=run.filename).columns
    try:
        formats.Mapping.from_json(json.dumps(run.mapping)).check(columns)
    except formats.MappingError as wrong:
        raise Invalid(
            f"{wrong} Choose it on the import's page or in its mapping file, then start again; nothing was written.",
            code="unusable_mapping",
        ) from wrong


def draft(
    *, actor: Actor, data: bytes, filename: str, system: str, now: dt.datetime, time_zone: str = "UTC"
) -> tuple[ImportRun, formats.Detection]:
    """Keep the file and propose a mapping; nothing of the desk is written yet."""
    table = read(data=data, filename=filename)
    detection = read_detected(table, time_zone=time_zone)
    name, digest = files.keep(data)
    run = ImportRun.objects.create(
        system=system_named(system, filename=filename),
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
        run.system = system_named(system or run.system, filename=run.filename)
        run.link_template = check_link(link_template)
        run.account = {**run.account, "columns": list(table.columns), "problems": []}
        run.save(update_fields=["mapping", "system", "link_template", "account"])
    return run


def with_every_word(mapping: formats.Mapping, *, table: formats.Table) -> formats.Mapping:
    """Give each word of the status and activity columns a meaning it has not been given yet."""
    found: dict[str, Any] = {}
    for role, part, guess in _WORDS:
        known = dict(getattr(mapping, part))
        name = mapping.columns.get(role) or (mapping.columns.get("activity") if mapping.shape == "events" else None)
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


def rehearse(*, table: formats.Table, mapping: formats.Mapping, system: str, link_template: str = "") -> Rehearsal:
    """Read the whole table under the mapping, account for every row and compare every case with what is here."""
    tally = formats.Tally()
    cases: list[formats.CaseRecord] = []
    rejected: list[formats.RejectedRow] = []

    def tickets() -> Iterator[HistoricTicket]:
        for item in formats.plan(table, mapping):
            tally.add(item)
            if isinstance(item, formats.RejectedRow):
                if len(rejected) < _SHOWN_REJECTS:
                    rejected.append(item)
                continue
            if len(cases) < _SHOWN_CASES:
                cases.append(item)
            yield adapters.to_ticket(item, system=system, link_template=link_template)

    foresight = load.foresee(records=tickets(), system=system)
    return Rehearsal(account=tally.reconcile(table), cases=tuple(cases), rejected=tuple(rejected), foresight=foresight)


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
