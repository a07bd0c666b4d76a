"""The live feed: what changed, as server-sent events of ids only."""

import asyncio
import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import queries, subjects, tail
from wellserved.apps.ledger.types import News
from wellserved.platform.errors import TooMany
from wellserved.platform.http.access import signed_in
from wellserved.platform.origin import world_of

HEARTBEAT_SECONDS = 15.0
# A stream ends after this and the browser opens it again, so that whoever signed out or lost a role stops hearing.
LONGEST_SECONDS = 300.0
# Well below the number of connections the server takes at once, so that pages keep their room.
MOST_STREAMS = 200
MOST_CAUGHT_UP = 200
# To the screens an event without a kind means: read everything again.
RESET = 'data: {"kind": ""}\n\n'


@signed_in
async def live(request: HttpRequest) -> StreamingHttpResponse:
    """Send what is sealed from now on, or from Last-Event-ID, as far as this person may know of it."""
    tailer = tail.of_this_process()
    if len(tailer.listeners) >= MOST_STREAMS:
        raise TooMany("Too many live screens are open; this one refreshes by itself.", retry_after=30)
    last = request.headers.get("Last-Event-ID", "")
    response = StreamingHttpResponse(
        stream(
            tailer=tailer,
            actor=request.actor,  # type: ignore[attr-defined]
            last=int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None,
        ),
        content_type="text/event-stream",
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def stream(*, tailer: tail.Tailer, actor: Actor, last: int | None) -> AsyncIterator[str]:
    """Yield the feed of one person."""
    ends = asyncio.get_running_loop().time() + LONGEST_SECONDS
    async with tailer.listen() as listener:
        yield "retry: 3000\n\n"
        if last is not None and last < listener.start:
            yield await sync_to_async(caught_up)(actor, last, listener.start)
        while asyncio.get_running_loop().time() < ends:
            try:
                batch = await asyncio.wait_for(listener.queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if batch is None:
                yield RESET
                return
            if words := await sync_to_async(told)(actor, batch):
                yield words


def caught_up(actor: Actor, last: int, start: int) -> str:
    """Return what was missed since `last`, or a reset when that is too much to send."""
    if start - last > MOST_CAUGHT_UP:
        return f"id: {start}\n{RESET}"
    return told(actor, tuple(n for n in queries.stream_after(last, limit=MOST_CAUGHT_UP) if n.sequence <= start))


def told(actor: Actor, batch: tuple[News, ...]) -> str:
    """Return the events for what this person may know of in a batch. One query a kind of record."""
    own = [news for news in batch if world_of(news.origin) == actor.world]
    kinds = {news.subject_kind for news in own}
    visible = {
        kind: subjects.visible_ids(actor=actor, kind=kind, ids={n.subject_id for n in own if n.subject_kind == kind})
        for kind in kinds
    }
    return "".join(_event(news) for news in own if news.subject_id in visible[news.subject_kind])


def _event(news: News) -> str:
    data = {
        "kind": news.subject_kind,
        "sequence": news.sequence,
        "event": news.event or news.action,
        "subject_kind": news.subject_kind,
        "subject_id": news.subject_id,
    }
    return f"id: {news.sequence}\ndata: {json.dumps(data)}\n\n"
