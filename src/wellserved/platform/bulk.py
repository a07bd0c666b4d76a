"""Insert many rows with nothing left to think about while the write lock is held.

Django's `bulk_create` builds its statement inside the transaction; for a loader that is most of the time the lock is
held. Here ids are reserved first, parameters are made ready outside any transaction, and what remains inside it is one
`executemany` a table.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, connections, models, transaction

_MOMENTS = 4096
# Fields whose parameter is the value itself when it has this very type.
_PLAIN: dict[str, type] = {
    "CharField": str,
    "TextField": str,
    "IntegerField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "BigIntegerField": int,
    "BigAutoField": int,
    "ForeignKey": int,
    "BooleanField": bool,
}


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Return `count` primary keys of the model's table that nobody else will be given. Two statements.

    The table must number its rows itself (SQLite's AUTOINCREMENT, a sequence on PostgreSQL), as Django's do.
    """
    if count == 0:
        return []
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        if found is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
            return list(range(1, count + 1))
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        return list(range(found[0] + 1, found[0] + count + 1))


class Insert:
    """The insertion of one model's rows, prepared once; without `keyed` the database numbers the rows."""

    def __init__(self, model: type[models.Model], *, keyed: bool = False) -> None:
        fields = model._meta.local_concrete_fields
        self.fields = [field for field in fields if keyed or not field.primary_key]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column or "") for field in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        self.statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
        self.readers = [(field.attname, _reader(field)) for field in self.fields]

    def prepare(self, row: models.Model) -> tuple[Any, ...]:
        """Return the row as the database's parameters."""
        values = row.__dict__
        return tuple([read(values[name]) for name, read in self.readers])

    def write(self, prepared: Sequence[tuple[Any, ...]]) -> None:
        """Insert prepared rows. One statement."""
        if prepared:
            with connection.cursor() as cursor:
                cursor.executemany(self.statement, prepared)


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Return what turns a value into the field's parameter: plain values as they are, repeated moments once.

    Django asks each field anew for each value, which for a loader is most of its time.
    """
    prepare = functools.partial(field.get_db_prep_save, connection=connections[connection.alias])
    if isinstance(field, models.DateTimeField):
        return functools.lru_cache(maxsize=_MOMENTS)(prepare)
    plain = _PLAIN.get(field.get_internal_type() or "")
    if plain is None:
        return prepare

    def read(value: Any) -> Any:
        return value if value is None or type(value) is plain else prepare(value)

    return read


def link(table: type[models.Model], pairs: Iterable[tuple[int, int]], *, columns: tuple[str, str]) -> None:
    """Insert pairs into a table of links. One statement."""
    prepared = list(pairs)
    if not prepared:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table._meta.db_table)} ({names}) VALUES (%s, %s)",  # noqa: S608 (our own names)
            prepared,
        )
