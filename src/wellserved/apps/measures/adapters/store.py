"""The files of facts: one folder a world, Parquet parts of a month, and a manifest that is written last.

A part bears the digest of its bytes in its name and is never written over, so a reader with an older manifest reads
whole files; what no manifest names is a leftover of a run that was cut short, ignored and removed by the next.
"""

import datetime as dt
import hashlib
import io
import json
import os
import pathlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from wellserved.apps.measures.types import Manifest, Part
from wellserved.platform.origin import World

MANIFEST = "manifest.json"
# A change of the tables writes every part anew.
LAYOUT = 1
_INT, _TEXT, _TIME, _REAL, _FLAG = "int64", "string", "time", "float64", "bool"
TABLES: dict[str, dict[str, str]] = {
    "tickets": {
        "ticket_id": _INT,
        "opened_at": _TIME,
        "first_replied_at": _TIME,
        "first_resolved_at": _TIME,
        "resolved_at": _TIME,
        "closed_at": _TIME,
        "reopened": _INT,
        "type": _TEXT,
        "priority": _INT,
        "channel": _TEXT,
        "queue_id": _INT,
        "team_id": _INT,
        "product_id": _INT,
        "place_id": _INT,
        "tag_ids": "list",
        "customer": _TEXT,
        "agent": _TEXT,
        "transfers": _INT,
        "is_restricted": _FLAG,
        "source": _TEXT,
        "origin": _TEXT,
    },
    "segments": {"ticket_id": _INT, "side": _TEXT, "status": _TEXT, "started_at": _TIME, "ended_at": _TIME},
    "clocks": {
        "ticket_id": _INT,
        "metric": _TEXT,
        "cycle": _INT,
        "target_seconds": _INT,
        "elapsed_seconds": _INT,
        "started_at": _TIME,
        "stopped_at": _TIME,
        "decided_at": _TIME,
        "is_kept": _FLAG,
    },
    "messages": {"ticket_id": _INT, "kind": _TEXT, "channel": _TEXT, "sent_at": _TIME, "agent": _TEXT},
    "complaints": {
        "ticket_id": _INT,
        "received_at": _TIME,
        "decided_at": _TIME,
        "closed_at": _TIME,
        "outcome": _TEXT,
        "cause": _TEXT,
        "cost": _REAL,
        "remedies": _REAL,
    },
    "promises": {
        "ticket_id": _INT,
        "made_at": _TIME,
        "due_at": _TIME,
        "settled_at": _TIME,
        "state": _TEXT,
        "made_to": _TEXT,
        "cause": _TEXT,
        "agent": _TEXT,
    },
}


def folder(world: World) -> pathlib.Path:
    """Return where the facts of a world lie; the two share no file."""
    return pathlib.Path(settings.VAR) / "facts" / str(world)


def coder(world: World) -> Any:
    """Return what turns a person into a code that nobody without the installation's secret can turn back."""

    def code(kind: str, pk: int | None) -> str:
        return (
            salted_hmac(f"wellserved.facts.{world}.{kind}", str(pk), algorithm="sha256").hexdigest()[:16] if pk else ""
        )

    return code


def schema(table: str) -> Any:
    """Return the columns of a table as Arrow knows them."""
    import pyarrow as pa  # noqa: PLC0415 (never loads when the web server starts)

    known = {"time": pa.timestamp("us", tz="UTC"), "list": pa.list_(pa.int64()), "bool": pa.bool_()}
    columns = TABLES[table].items()
    return pa.schema([(name, known.get(kind) or pa.type_for_alias(kind)) for name, kind in columns])


def encode(table: str, rows: list[dict[str, Any]]) -> bytes:
    """Return the rows as the bytes of a Parquet file; equal rows give equal bytes."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema(table)), held, compression="zstd")
    return held.getvalue()


def part_of(table: str, month: str, rows: list[dict[str, Any]]) -> tuple[Part, bytes]:
    """Return the part these rows make, and its bytes."""
    content = encode(table, rows)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{table}-{month}-{digest[:16]}.parquet"
    return Part(table=table, month=month, file=name, rows=len(rows), digest=digest), content


def keep(world: World, part: Part, content: bytes) -> None:
    """Put a part on disk, whole or not at all."""
    target = folder(world) / part.file
    target.parent.mkdir(parents=True, exist_ok=True)
    if not (target.exists() and digest_of(target) == part.digest):
        _replace(target, content)


def _replace(target: pathlib.Path, content: bytes) -> None:
    beside = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.part")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(target)


def read_manifest(world: World) -> Manifest | None:
    """Return what is in force; None before the first export, or after a change of the tables."""
    try:
        held: Mapping[str, Any] = json.loads((folder(world) / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if held["layout"] != LAYOUT:
        return None
    return Manifest(
        sequence=held["sequence"],
        written_at=dt.datetime.fromisoformat(held["written_at"]),
        parts=tuple(Part(**part) for part in held["parts"]),
    )


def write_manifest(world: World, manifest: Manifest) -> None:
    """Put a manifest in force in one step."""
    fields = ("table", "month", "file", "rows", "digest")
    held = {
        "layout": LAYOUT,
        "sequence": manifest.sequence,
        "written_at": manifest.written_at.isoformat(),
        "parts": [{name: getattr(part, name) for name in fields} for part in manifest.parts],
    }
    folder(world).mkdir(parents=True, exist_ok=True)
    _replace(folder(world) / MANIFEST, json.dumps(held, indent=1).encode())


def sweep(world: World, keeping: Iterable[Part]) -> int:
    """Remove what none of these names, and return how many files that were."""
    named = {MANIFEST, "lock", *(part.file for part in keeping)}
    strays = [file for file in folder(world).iterdir() if file.name not in named]
    for file in strays:
        file.unlink(missing_ok=True)
    return len(strays)


def digest_of(file: pathlib.Path) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def tables(world: World, manifest: Manifest) -> tuple[Any, dict[str, Any]]:
    """Return a DuckDB connection through Ibis, and every table of facts as an expression on it."""
    import ibis  # noqa: PLC0415 (never loads when the web server starts)

    connection = ibis.duckdb.connect(threads=2)
    found = {}
    for table in TABLES:
        files = [str(folder(world) / part.file) for part in manifest.parts if part.table == table]
        nothing = schema(table).empty_table()
        found[table] = connection.read_parquet(files) if files else ibis.memtable(nothing)
    return connection, found
