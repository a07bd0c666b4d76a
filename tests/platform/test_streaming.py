"""An asynchronous server sends files as asynchronous streams: the same bytes, and no warning."""

import warnings

from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.contrib.staticfiles import finders
from django.http import FileResponse, StreamingHttpResponse

from wellserved.platform.http.streaming import StreamingHandler

STYLES = next(path for finder in finders.get_finders() for path, _ in finder.list([]) if path.endswith(".css"))


async def ask(path: str) -> tuple[int, bytes]:
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"testserver")], "query_string": b""}
    server = ApplicationCommunicator(StreamingHandler(), scope)
    await server.send_input({"type": "http.request", "body": b""})
    status, content = (await server.receive_output(5))["status"], b""
    while (part := await server.receive_output(5)).get("more_body"):
        content += part["body"]
    await server.wait(5)
    return status, content + part.get("body", b"")


async def send(response: StreamingHttpResponse) -> bytes:
    sent: list[bytes] = []

    async def take(message: dict) -> None:
        sent.append(message.get("body", b""))

    await StreamingHandler().send_response(response, take)
    return b"".join(sent)


def test_a_static_file_is_sent_as_it_is() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        status, content = async_to_sync(ask)(f"/static/{STYLES}")
    with open(finders.find(STYLES), "rb") as file:  # noqa: PTH123 (the finder gives a path as text)
        assert (status, content) == (200, file.read())


def test_a_download_of_many_chunks_is_sent_whole(tmp_path) -> None:
    stored = tmp_path / "data.bin"
    stored.write_bytes(bytes(range(256)) * 1000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        response = FileResponse(stored.open("rb"))
        assert async_to_sync(send)(response) == stored.read_bytes()
    for close in response._resource_closers:
        close()


def test_a_stream_that_is_asynchronous_already_is_left_alone() -> None:
    async def tell():
        yield b"one "
        yield b"two"

    assert async_to_sync(send)(StreamingHttpResponse(tell())) == b"one two"
