"""Live updates: one tailer a process follows the ledger's sequence and wakes every open page.

A page is told only that something changed, never what: it fetches its own fragment with its own rights.
"""

import asyncio
import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from wellserved.apps.ledger import queries as ledger_queries
from wellserved.platform.http.access import empty, signed_in

LOOK_EVERY = 1.0
BEAT_EVERY = 15.0


class Tail:
    """Follows the newest sealed entry and tells whoever waits."""

    def __init__(self) -> None:
        self.sequence = 0
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to follow, once a process and event loop."""
        if self._task is None or self._task.done():
            self.sequence = await self._look()
            self._task = asyncio.create_task(self._follow())

    async def wait_beyond(self, sequence: int, *, at_most: float) -> int:
        """Return the newest sequence as soon as it exceeds `sequence`, or when the time is up."""
        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(lambda: self.sequence > sequence), at_most)
            except TimeoutError:
                return sequence
        return self.sequence

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            newest = await self._look()
            if newest > self.sequence:
                async with self._changed:
                    self.sequence = newest
                    self._changed.notify_all()

    async def _look(self) -> int:
        return await sync_to_async(_newest, thread_sensitive=False)(self.sequence)


def _newest(known: int) -> int:
    """Return the newest sealed number, and give the thread's connection back."""
    try:
        if not known:
            return ledger_queries.status().sequence
        return max((news.sequence for news in ledger_queries.stream_after(known)), default=known)
    finally:
        connection.close()


_tails: dict[int, Tail] = {}


def _tail() -> Tail:
    """Return this event loop's tailer."""
    return _tails.setdefault(id(asyncio.get_running_loop()), Tail())


@require_GET
@signed_in
def stream(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer a stream of changes; a server that cannot stream says so, and pages fall back to asking."""
    if not hasattr(request, "scope"):
        return empty(204)
    response = StreamingHttpResponse(_events(), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events() -> AsyncIterator[str]:
    tail = _tail()
    await tail.start()
    sequence = tail.sequence
    yield f"retry: 3000\nid: {sequence}\ndata: {json.dumps({'kind': ''})}\n\n"
    while True:
        newest = await tail.wait_beyond(sequence, at_most=BEAT_EVERY)
        if newest > sequence:
            sequence = newest
            yield f"id: {sequence}\ndata: {json.dumps({'kind': 'changed'})}\n\n"
        else:
            yield f"data: {json.dumps({'kind': 'beat'})}\n\n"
