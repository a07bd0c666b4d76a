"""Read the ledger's cells as they are stored, before any converter forgives a damaged one.

Django's converters accept several spellings of one instant, and SQLite raises on broken UTF-8. A verification must see
every bit, so rows come straight from the cursor; what is not in canonical form comes back as text that cannot match.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from wellserved.apps.ledger import chain

Row = tuple[Any, ...]

ENTRY_COLUMNS = (
    "id, sequence, occurred_at, recorded_at, actor_id, action, subject_kind, subject_id, origin, event, data, "
    "commitments, digest"
)
VALUE_COLUMNS = "entry_id, position, field, side, salt, content, erased_at, erased_by_id"
CHUNK = 500

_INSTANTS = re.compile(r"\b(\w+_at)\b")


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """See one unchanging state of the database; takes no write lock, and joins a transaction already open."""
    if connection.in_atomic_block:
        with _every_byte():
            yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        connection.ensure_connection()
        with _every_byte():
            # Django would begin with the write lock; a reader must not take it.
            connection.connection.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                connection.connection.execute("ROLLBACK")


@contextlib.contextmanager
def _every_byte() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    raw = connection.connection
    usual = raw.text_factory
    raw.text_factory = _read_text
    try:
        yield
    finally:
        raw.text_factory = usual


def _read_text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def erasure(entry_id: Any) -> Row | None:
    """Return when an entry was recorded, its action and its data."""
    found = rows(f"SELECT {_selected('recorded_at, action, data')} FROM ledger_entry WHERE id = %s", [entry_id])  # noqa: S608
    return found[0] if found else None


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a statement without converting any cell."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _selected(columns: str) -> str:
    """Return the columns so that SQLite's driver leaves instants as text: it converts columns, not expressions."""
    return _INSTANTS.sub(r"+\1", columns) if connection.vendor == "sqlite" else columns


def number(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Return the one whole number a statement gives."""
    return int(rows(sql, parameters)[0][0])


def stream(table_columns: str, *, key: str, where: str) -> Iterator[list[Row]]:
    """Yield chunks in the order of a unique column, in bounded memory; `key` must be among the columns."""
    place = [column.strip() for column in table_columns.split(",")].index(key)
    condition: str = where
    parameters: tuple[Any, ...] = ()
    while True:
        chunk = rows(
            f"SELECT {_selected(table_columns)} FROM ledger_entry WHERE {condition} ORDER BY {key} LIMIT {CHUNK}",  # noqa: S608
            parameters,
        )
        if chunk:
            yield chunk
        if len(chunk) < CHUNK:
            return
        condition, parameters = f"{where} AND {key} > %s", (chunk[-1][place],)


def values_of(entry_ids: Sequence[Any]) -> dict[Any, list[Row]]:
    """Return the value rows of these entries, by entry."""
    found: dict[Any, list[Row]] = {}
    places = ", ".join(["%s"] * len(entry_ids))
    sql = f"SELECT {_selected(VALUE_COLUMNS)} FROM ledger_value WHERE entry_id IN ({places})"  # noqa: S608
    for row in rows(sql, entry_ids):
        found.setdefault(row[0], []).append(row)
    return found


def instant(cell: Any) -> str:
    """Return a stored instant as canonical text, or as text that matches nothing when stored in any other form."""
    if isinstance(cell, dt.datetime):
        return chain.instant(cell)
    return _from_text(cell, dt.datetime.fromisoformat) if isinstance(cell, str) else f"damaged {cell!r}"


def _from_text(cell: str, parse: Callable[[str], dt.datetime]) -> str:
    try:
        moment = parse(cell)
    except ValueError:
        return f"damaged {cell!r}"
    if moment.tzinfo is not None or str(moment) != cell:
        return f"damaged {cell!r}"
    return chain.instant(moment.replace(tzinfo=dt.UTC))


def facts(row: Row) -> chain.SealedFacts:
    """Return what the digest of an entry row covers."""
    return chain.SealedFacts(
        id=row[0],
        sequence=row[1],
        occurred_at=instant(row[2]),
        recorded_at=instant(row[3]),
        actor_id=row[4],
        action=row[5],
        subject_kind=row[6],
        subject_id=row[7],
        origin=row[8],
        event=row[9],
        data=row[10],
        commitments=row[11],
    )
