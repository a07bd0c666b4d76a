"""One tailer a process: it follows the sealed sequence and hands the news to every open stream.

Streams never read the ledger on their own, so a hundred browsers cost one query each half second, or on PostgreSQL
one whenever something was sealed.
"""

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from wellserved.apps.ledger import actions, queries
from wellserved.apps.ledger.adapters.waking import Waker
from wellserved.apps.ledger.types import News
from wellserved.platform import clock

INTERVAL_SECONDS = 0.5
MOST_WAITING = 100
Batch = tuple[News, ...]


class Listener:
    """One stream's place: batches of news, or None when it fell too far behind."""

    def __init__(self, *, start: int) -> None:
        self.start = start
        self.queue: asyncio.Queue[Batch | None] = asyncio.Queue(maxsize=MOST_WAITING)

    def offer(self, batch: Batch) -> bool:
        """Hand over a batch and return whether there was room; without room the stream is told to begin afresh."""
        if self.queue.qsize() >= MOST_WAITING - 1:
            self.queue.put_nowait(None)
            return False
        self.queue.put_nowait(batch)
        return True


class Tailer:
    """Follow the ledger while anybody listens."""

    def __init__(self) -> None:
        self.sequence = 0
        self.listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def listen(self) -> AsyncIterator[Listener]:
        """Hear everything sealed after `listener.start`, until the block ends."""
        if self._task is None or self._task.done():
            self.sequence = await sync_to_async(_head)()
        # Nothing is awaited between here and the first poll, so no news falls between start and stream.
        listener = Listener(start=self.sequence)
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            # A context of its own: that of the request, and the thread its queries run in, end with the request.
            self._task = asyncio.create_task(self._follow(), context=contextvars.Context())
        try:
            yield listener
        finally:
            self.listeners.discard(listener)

    async def stop(self) -> None:
        """End the following at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        waker = Waker()
        try:
            while self.listeners:
                batch = await sync_to_async(_poll)(self.sequence)
                if batch:
                    self.sequence = batch[-1].sequence
                    self.listeners = {listener for listener in self.listeners if listener.offer(batch)}
                await waker.wait(INTERVAL_SECONDS)
        finally:
            await waker.close()


def _head() -> int:
    close_old_connections()
    return queries.status().sequence


def _poll(after: int) -> Batch:
    """Seal what waits, so that screens stay live even while no worker runs, and return what is new."""
    close_old_connections()
    actions.seal(now=clock.now())
    return queries.stream_after(after)


_tailers: dict[int, Tailer] = {}


def of_this_process() -> Tailer:
    """Return the tailer of the running event loop; a process serves from one loop."""
    loop = id(asyncio.get_running_loop())
    if loop not in _tailers:
        _tailers.clear()
        _tailers[loop] = Tailer()
    return _tailers[loop]
