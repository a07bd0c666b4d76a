"""Read one text from an address outside, within limits of time and size, following no redirect."""

import contextlib
import http.client
import io
import socket
import ssl
import time
from collections.abc import Collection
from typing import Any

from wellserved.integrations.ical import guard
from wellserved.platform.errors import Invalid

SECONDS = 5.0
MOST_BYTES = 1_000_000
_CHUNK = 65_536


def fetch(url: str, *, allowed: Collection[str] = (), seconds: float = SECONDS, most_bytes: int = MOST_BYTES) -> str:
    """Return what stands at an address, or say in a sentence why it cannot be read.

    The connection goes to the very address that was judged; the certificate is checked for the name. All of it
    together takes no longer than `seconds`, also when the other side sends a byte at a time.
    """
    ends = time.monotonic() + seconds
    target = guard.judge(url, allowed=allowed, seconds=seconds)
    try:
        with _connect(target, ends) as connection:
            return _read(connection, target, ends, most_bytes)
    except ssl.SSLError as wrong:
        raise _no(
            f"The certificate of {target.host} does not hold, so nobody knows who answers there.", "tls"
        ) from wrong
    except TimeoutError as wrong:
        raise _no(
            f"{target.host} did not answer within {seconds:g} seconds. Try again later, or upload the file.", "slow"
        ) from wrong
    except (OSError, http.client.HTTPException, ValueError) as wrong:
        raise _no(f"{target.host} could not be read. Check the address, or upload the file.", "unreachable") from wrong


def _connect(target: guard.Target, ends: float) -> socket.socket:
    with contextlib.ExitStack() as unless_open:
        plain = unless_open.enter_context(socket.create_connection((target.address, target.port), timeout=_left(ends)))
        opened = plain
        if target.scheme == "https":
            plain.settimeout(_left(ends))
            opened = ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        unless_open.pop_all()
        return opened


def _read(connection: socket.socket, target: guard.Target, ends: float, most_bytes: int) -> str:
    connection.settimeout(_left(ends))
    connection.sendall(
        f"GET {target.path} HTTP/1.1\r\nHost: {target.authority}\r\nAccept: text/calendar, */*;q=0.1\r\n"
        "Accept-Encoding: identity\r\nUser-Agent: Wellserved\r\nConnection: close\r\n\r\n".encode("ascii")
    )
    answer = http.client.HTTPResponse(_Timed(connection, ends))  # type: ignore[arg-type]
    answer.begin()
    if 300 <= answer.status < 400:
        raise _no(
            f"{target.host} sends whoever asks on to another address. Open it in a browser, and give the address it "
            "ends at.",
            "redirect",
        )
    if answer.status != 200:
        raise _no(f"{target.host} answers {answer.status} instead of a file. Check the address.", "status")
    data = bytearray()
    while chunk := answer.read(min(_CHUNK, most_bytes + 1 - len(data))):
        data += chunk
        if len(data) > most_bytes:
            raise _no(f"What stands there is longer than {most_bytes:,} bytes. Give holidays alone.", "long")
    if b"\0" in data:
        raise _no("What stands there is no text. Give the address of an iCalendar file.", "binary")
    return data.decode("utf-8-sig", errors="replace")


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Timed:
    """A connection whose every reading ends when the whole has to."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        self._raw = _TimedRaw(connection, ends)

    def makefile(self, _mode: str, *_args: Any, **_kwargs: Any) -> io.BufferedReader:
        """Return what the library reads from."""
        return io.BufferedReader(self._raw)


class _TimedRaw(io.RawIOBase):
    def __init__(self, connection: socket.socket, ends: float) -> None:
        super().__init__()
        self._connection, self._ends = connection, ends

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._ends))
        return self._connection.recv_into(buffer)


def _no(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=f"address_{code}", field="url")
