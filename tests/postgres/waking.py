"""Listen as a web process does while others seal: `python -m tests.postgres.waking` prints seconds as JSON.

Without a notice news would come only after a minute, for that long the tailer is told to wait by itself.
"""

import asyncio
import json
import time

import django

django.setup()

# ruff: noqa: E402 (Django must be set up before its models are imported)

from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.db import connection

from tests.apps.ledger import world
from wellserved.apps.ledger import actions, tail
from wellserved.apps.ledger.adapters import waking


def act_and_seal(actor) -> None:
    world.acts(actor, 1)
    actions.seal(now=world.NOW)


def end_other_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        assert cursor.fetchone() is not None


async def hear(actor) -> dict[str, float]:
    heard = {}
    tailer = tail.Tailer()
    async with tailer.listen() as listener:
        await asyncio.sleep(1)
        for name in ("first", "second"):
            begun = time.perf_counter()
            await sync_to_async(act_and_seal)(actor)
            await asyncio.wait_for(listener.queue.get(), 30)
            heard[name] = time.perf_counter() - begun
        await sync_to_async(end_other_connections)()
        await asyncio.sleep(1)
        begun = time.perf_counter()
        await sync_to_async(act_and_seal)(actor)
        await asyncio.wait_for(listener.queue.get(), 30)
        heard["after a lost connection"] = time.perf_counter() - begun
    await tailer.stop()
    return heard


def main() -> None:
    call_command("migrate", verbosity=0)
    waking.FALLBACK_SECONDS = 60.0
    world.register_kind()
    heard = asyncio.run(hear(world.person()))
    connection.close()
    print(json.dumps(heard))


if __name__ == "__main__":
    main()
