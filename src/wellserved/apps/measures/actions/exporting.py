"""Bring the facts up to the ledger."""

import datetime as dt
import fcntl

from wellserved.apps.desk.queries import figures
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.measures.adapters import store
from wellserved.apps.measures.types import Manifest, Part
from wellserved.platform.origin import World

MOST_NEWS = 2_000


def export(*, world: World, now: dt.datetime, anew: bool = False) -> Manifest:
    """Write the months whose tickets changed since the last time, then the manifest, then remove what is left over.

    The number of history is read before the rows, so the facts hold at least what they say they reflect. A run that
    dies leaves the old manifest in force; the next finds the parts it had finished.
    """
    store.folder(world).mkdir(parents=True, exist_ok=True)
    with (store.folder(world) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _export(world, now, None if anew else store.read_manifest(world))


def _export(world: World, now: dt.datetime, before: Manifest | None) -> Manifest:
    head = ledger.status().sequence
    if before is not None and before.sequence == head:
        return before
    touched = _touched(world, before, head)
    parts: list[Part] = []
    if touched is not None and before is not None:
        parts += [part for part in before.parts if part.month not in touched]
    for month in sorted(figures.months(world=world)):
        if touched is None or month in touched:
            parts += _write(world, month)
    manifest = Manifest(sequence=head, written_at=now, parts=tuple(parts))
    store.write_manifest(world, manifest)
    store.sweep(world, manifest.parts)
    return manifest


def _touched(world: World, before: Manifest | None, head: int) -> frozenset[str] | None:
    """Return the months to write; None for all of them."""
    if before is None or head - before.sequence > MOST_NEWS:
        return None
    news = ledger.stream_after(before.sequence, limit=MOST_NEWS)
    return figures.months_of(world=world, subjects={(each.subject_kind, each.subject_id) for each in news})


def _write(world: World, month: str) -> list[Part]:
    made = []
    for table, rows in figures.rows_of(world=world, month=month, code=store.coder(world)).items():
        if rows:
            part, content = store.part_of(table, month, rows)
            store.keep(world, part, content)
            made.append(part)
    return made
