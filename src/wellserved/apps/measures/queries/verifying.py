"""Are the facts what the database says?"""

from collections.abc import Mapping

from wellserved.apps.desk.queries import figures
from wellserved.apps.measures.adapters import store
from wellserved.apps.measures.types import Part
from wellserved.platform.origin import World


def faults(*, world: World) -> tuple[str, ...]:
    """Return a sentence for each part that differs from its file or from the database; none when all is well."""
    manifest = store.read_manifest(world)
    if manifest is None:
        return ("There are no facts yet. Run `wellserved facts export`.",)
    held = {(part.month, part.table): part for part in manifest.parts}
    found = [sentence for part in manifest.parts for sentence in _on_disk(world, part)]
    for month in sorted({*figures.months(world=world), *(month for month, _ in held)}):
        found += _against_rows(world, month, held)
    return tuple(found)


def _on_disk(world: World, part: Part) -> list[str]:
    file = store.folder(world) / part.file
    if not file.exists():
        return [f"{part.table} of {part.month}: the file {part.file} is missing."]
    if store.digest_of(file) != part.digest:
        return [f"{part.table} of {part.month}: the file {part.file} was altered."]
    return []


def _against_rows(world: World, month: str, held: Mapping[tuple[str, str], Part]) -> list[str]:
    found = []
    for table, rows in figures.rows_of(world=world, month=month, code=store.coder(world)).items():
        part = held.get((month, table))
        count = part.rows if part else 0
        if count != len(rows):
            found.append(f"{table} of {month}: {count:,} facts, but {len(rows):,} in the database.")
        elif part and store.part_of(table, month, rows)[0].digest != part.digest:
            found.append(f"{table} of {month}: as many facts as in the database, but not the same.")
    return found
