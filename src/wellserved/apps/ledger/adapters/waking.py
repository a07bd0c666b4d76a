"""When to look for news: at once when PostgreSQL says that something was sealed, at intervals everywhere else."""

import asyncio
import importlib
import logging
from typing import Any

from django.db import connection, connections

logger = logging.getLogger(__name__)

CHANNEL = "wellserved_sealed"
# Without a worker nobody else seals, and a pooler between may swallow notices: then this is how late news is at most.
FALLBACK_SECONDS = 2.0


def announce() -> None:
    """Wake every tailer when the transaction commits; does nothing where nobody can listen."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


class Waker:
    """Waits for news on behalf of one tailer; on PostgreSQL over a connection of its own."""

    def __init__(self) -> None:
        self._listening: Any = None

    async def wait(self, seconds: float) -> None:
        """Return once something was sealed, or after a while: `seconds` where nobody can tell."""
        if connections["default"].vendor != "postgresql":
            await asyncio.sleep(seconds)
            return
        psycopg = importlib.import_module("psycopg")
        try:
            listening = await self._connect(psycopg)
            async for _ in listening.notifies(timeout=FALLBACK_SECONDS, stop_after=1):
                return
        except psycopg.Error as lost:
            logger.warning("no notices from PostgreSQL, asking at intervals meanwhile: %s", lost)
            await self.close()
            await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Give the connection back."""
        listening, self._listening = self._listening, None
        if listening is not None:
            await listening.close()

    async def _connect(self, psycopg: Any) -> Any:
        if self._listening is None:
            given = connections["default"].settings_dict
            named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
            wanted = {name: given[key] for name, key in named.items() if given[key]}
            self._listening = await psycopg.AsyncConnection.connect(**wanted, autocommit=True)
            await self._listening.execute(f"LISTEN {CHANNEL}")
        return self._listening
