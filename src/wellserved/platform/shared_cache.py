"""A cache for the processes of one machine: a SQLite file of its own, so that no reader of it waits for the records.

What it holds may be lost at any time: it is not synced to disk, not backed up, and emptied of what is over as it goes.
"""

import os
import pathlib
import pickle
import sqlite3
import threading
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from wellserved.platform import clock

_TABLE = "CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB NOT NULL, ends REAL) WITHOUT ROWID"
_WRITE = (
    "INSERT INTO entry VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends"
)
_LIVES = "(ends IS NULL OR ends > ?)"
_BUSY_SECONDS = 5.0
_SWEEP_EVERY = 500


class SharedCache(BaseCache):
    """Django's cache over one SQLite file; each thread has a connection of its own."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = pathlib.Path(location)
        self._local = threading.local()
        self._writes = 0

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write unless there is a living entry, in one statement."""
        row = (self._named(key, version), pickle.dumps(value), self.get_backend_timeout(timeout))
        connection = self._connection()
        done = connection.execute(f"{_WRITE} WHERE NOT (entry.ends IS NULL OR entry.ends > ?)", (*row, _now()))
        return done.rowcount == 1

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return the living value."""
        connection = self._connection()
        sql = f"SELECT value FROM entry WHERE key = ? AND {_LIVES}"  # noqa: S608 (no value stands in it)
        found = connection.execute(sql, (self._named(key, version), _now())).fetchone()
        # The file lies beside the database, in the same hands.
        return default if found is None else pickle.loads(found[0])  # noqa: S301

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Write; now and then also sweep out what is over."""
        row = (self._named(key, version), pickle.dumps(value), self.get_backend_timeout(timeout))
        connection = self._connection()
        connection.execute(_WRITE, row)
        self._writes += 1
        if self._writes % _SWEEP_EVERY == 0:
            self._sweep(connection)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let a living entry live on for the timeout."""
        row = (self.get_backend_timeout(timeout), self._named(key, version), _now())
        connection = self._connection()
        sql = f"UPDATE entry SET ends = ? WHERE key = ? AND {_LIVES}"  # noqa: S608 (no value stands in it)
        return connection.execute(sql, row).rowcount == 1

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Remove an entry and return whether it was there."""
        connection = self._connection()
        done = connection.execute("DELETE FROM entry WHERE key = ?", (self._named(key, version),))
        return done.rowcount == 1

    def clear(self) -> None:
        """Remove everything."""
        connection = self._connection()
        connection.execute("DELETE FROM entry")

    def _sweep(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM entry WHERE ends <= ?", (_now(),))
        over = connection.execute("SELECT count(*) FROM entry").fetchone()[0] - self._max_entries
        if over > 0:
            connection.execute(
                "DELETE FROM entry WHERE key IN (SELECT key FROM entry ORDER BY ends IS NULL, ends LIMIT ?)", (over,)
            )

    def _named(self, key: Any, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _connection(self) -> sqlite3.Connection:
        # A connection does not survive a fork, and no two threads may share one.
        owner = os.getpid()
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.owner != owner:
            connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_TABLE)
            self._local.connection, self._local.owner = connection, owner
        return connection


def _now() -> float:
    return clock.now().timestamp()
