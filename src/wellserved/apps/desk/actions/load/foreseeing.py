"""Say what loading a history would change, without writing anything."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from wellserved.apps.desk.actions.load.reading import fingerprint
from wellserved.apps.desk.historic import HistoricTicket
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.types import PRIORITY_MATRIX
from wellserved.platform.origin import World, in_world
from wellserved.platform.ui.formatting import format_moment

_BLOCK = 400
_SHOWN = 5
_FIELDS = ("opened_at", "status", "priority", "subject", "queue__name", "customer__name")
_CALLED = {
    "opened_at": "opening time",
    "queue__name": "queue",
    "customer__name": "customer",
}
_REST = "history or details"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of one ticket, as it stands and as it would stand."""

    external_id: str
    number: int
    field: str
    before: str
    after: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What a load would do to the tickets of one system: counts, the fields that would differ, and first examples.

    `absent` tickets came from the system before and are not among the records: they would stay as they are.
    """

    created: int
    updated: int
    unchanged: int
    absent: int
    fields: Mapping[str, int]
    examples: tuple[Difference, ...]


def foresee(*, records: Iterable[HistoricTicket], system: str) -> Foresight:
    """Compare the records with the real tickets of this system that are here. One query a block of records."""
    created = updated = unchanged = 0
    fields: Counter[str] = Counter()
    examples: list[Difference] = []
    stream = iter(records)
    here = in_world(Ticket.objects.filter(external_system=system), World.REAL)
    while block := list(islice(stream, _BLOCK)):
        known = _known(here, block)
        for record in block:
            row = known.get(record.external_id[:120])
            if row is None:
                created += 1
            elif row["attributes"].get("fingerprint") == fingerprint(record):
                unchanged += 1
            else:
                updated += 1
                found = _differences(record, row)
                fields.update([difference.field for difference in found] or [_REST])
                examples.extend(found[: max(0, _SHOWN - len(examples))])
    return Foresight(
        created=created,
        updated=updated,
        unchanged=unchanged,
        absent=here.count() - updated - unchanged,
        fields=dict(fields.most_common()),
        examples=tuple(examples),
    )


def _known(here: Any, block: Sequence[HistoricTicket]) -> dict[str, dict[str, Any]]:
    rows = here.filter(external_id__in=[record.external_id[:120] for record in block])
    return {row["external_id"]: row for row in rows.values("external_id", "number", "attributes", *_FIELDS)}


def _differences(record: HistoricTicket, row: Mapping[str, Any]) -> list[Difference]:
    after = {
        "opened_at": record.opened_at,
        "status": next((event.status for event in reversed(record.events) if event.status), "new"),
        "priority": record.priority or PRIORITY_MATRIX[record.impact, record.urgency],
        "subject": record.subject[:300],
        "queue__name": record.queue[:120] or "Imported",
        "customer__name": record.customer.name[:200],
    }
    return [
        Difference(
            external_id=record.external_id,
            number=row["number"],
            field=_CALLED.get(name, name),
            before=_told(row[name]),
            after=_told(after[name]),
        )
        for name in _FIELDS
        if row[name] != after[name]
    ]


def _told(value: Any) -> str:
    return format_moment(value.astimezone(dt.UTC)) if isinstance(value, dt.datetime) else str(value)[:60]
