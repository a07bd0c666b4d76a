"""The sample service, loaded once for each state of the code and copied from then on."""

import contextlib
import datetime as dt
import fcntl
import hashlib
import pathlib
import pickle
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test.utils import override_settings

from tests import databases
from wellserved.demo import service

# Whoever loads the sample goes on to use it for hours, so a quarter of one is no age.
FRESH = dt.timedelta(minutes=15)
SEARCH = "desk_search"
KEPT = f"""
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '{SEARCH}%'
    AND name NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    ORDER BY name
"""


@contextlib.contextmanager
def loaded(folder: pathlib.Path, *, now: dt.datetime, days: int, is_today: bool = False) -> Iterator[dt.datetime]:
    """Stand in the sample service in a transaction that is taken back; yields its own now.

    Its files lie in `folder`. Of the service of today one that was loaded a moment ago serves as well.
    """
    kept = databases.CACHE / f"sample-{_state_of_the_code()}-{days}-{'today' if is_today else now.timestamp()}.pickle"
    databases.CACHE.mkdir(parents=True, exist_ok=True)
    with override_settings(VAR=folder), transaction.atomic():
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = _read(kept)
            if found is None or (is_today and now - found["now"] > FRESH):
                service.load_sample(now=now, days=days)
                found = _gather(folder) | {"now": now}
                kept.write_bytes(pickle.dumps(found))
            else:
                _copy(found, folder)
        yield found["now"]
        transaction.set_rollback(True)


def _read(kept: pathlib.Path) -> dict[str, Any] | None:
    return pickle.loads(kept.read_bytes()) if kept.exists() else None


def _gather(folder: pathlib.Path) -> dict[str, Any]:
    with connection.cursor() as cursor:
        names = [name for (name,) in cursor.execute(KEPT).fetchall()]
        tables = {name: _rows(cursor, name) for name in names}
        words = cursor.execute(f"SELECT rowid, ticket_id, words FROM {SEARCH}").fetchall()
        counters = cursor.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {"tables": tables, "words": words, "counters": counters, "files": files}


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    # An expression has no declared type, so each value comes as it is kept.
    columns = ", ".join(f'+"{name}"' for _, name, *_ in cursor.execute(f'PRAGMA table_info("{table}")').fetchall())
    return cursor.execute(f'SELECT {columns} FROM "{table}"').fetchall()


def _copy(found: dict[str, Any], folder: pathlib.Path) -> None:
    with connection.cursor() as cursor:
        for name, rows in found["tables"].items():
            cursor.execute(f'DELETE FROM "{name}"')
            _insert(cursor, name, rows)
        _insert(cursor, f"{SEARCH} (rowid, ticket_id, words)", found["words"])
        cursor.execute("DELETE FROM sqlite_sequence")
        _insert(cursor, "sqlite_sequence (name, seq)", found["counters"])
    for name, content in found["files"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _insert(cursor: Any, into: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        table = into if " (" in into else f'"{into}"'
        cursor.cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _state_of_the_code() -> str:
    digest = hashlib.sha256()
    for file in sorted((databases.ROOT / "src").rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]
