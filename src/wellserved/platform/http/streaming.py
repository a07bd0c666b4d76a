"""Files sent from an asynchronous server without holding up its loop, and without being read into memory first."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from django.core.handlers.asgi import ASGIHandler
from django.http import HttpResponseBase, StreamingHttpResponse


class StreamingHandler(ASGIHandler):
    """Django's handler, which sends synchronous streams (static files, downloads) as asynchronous ones.

    Some middleware is synchronous, so none above it could tell that the server is not.
    """

    async def send_response(self, response: HttpResponseBase, send: Callable[..., Any]) -> None:
        """Send an answer; a stream is read chunk by chunk in threads."""
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _in_threads(iter(response))
        await super().send_response(response, send)


async def _in_threads(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        yield chunk
