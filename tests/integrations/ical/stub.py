"""A web server of a few lines that can be told to misbehave."""

import contextlib
import socketserver
import threading
import time
from collections.abc import Iterator
from typing import Any


def _event(day: str, name: str) -> str:
    begins = f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTAMP:20260101T000000Z\r\n"
    return f"{begins}DTSTART;VALUE=DATE:{day}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n"


FILE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//House//EN\r\n"
    + _event("20260504", "Early May")
    + _event("20261228", "Boxing Day")
    + "END:VCALENDAR\r\n"
)


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Any = self.server
        asked = self.rfile.readline().decode()
        while self.rfile.readline().strip():
            pass
        server.asked.append(asked.split()[1])
        with contextlib.suppress(OSError):
            for piece in server.pieces:
                self.wfile.write(piece)
                time.sleep(server.rest)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextlib.contextmanager
def web_server(*pieces: bytes, rest: float = 0) -> Iterator[Any]:
    """Serve these bytes to whoever asks; `.place` is its host and port, `.asked` the paths asked for."""
    server: Any = _Server(("127.0.0.1", 0), _Conversation)
    server.pieces, server.rest, server.asked = pieces, rest, []
    server.place = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(body: str = FILE, status: str = "200 OK", *more: str) -> bytes:
    """Return an answer with a body."""
    head = "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *more])
    return f"{head}\r\n\r\n{body}".encode()
