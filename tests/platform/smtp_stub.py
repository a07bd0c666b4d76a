"""A mail server of sixty lines that can be told to misbehave."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Any = self.server
        self.say("220 stub")
        while line := self.rfile.readline():
            verb = line.split(None, 1)[0].upper().decode()
            if verb == "DATA":
                if not self.take_text(server):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            elif verb == "RCPT":
                self.say(server.recipient_reply)
            else:
                self.say("250 ok")

    def take_text(self, server: Any) -> bool:
        if server.before_text is not None:
            server.before_text()
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        server.letters.append(b"".join(lines))
        if server.drop_after_text:
            return False
        self.say(server.text_reply)
        return True

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Stub(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[bytes] = []
        self.recipient_reply = "250 ok"
        self.text_reply = "250 taken"
        self.drop_after_text = False
        self.before_text: Any = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running_stub() -> Iterator[Stub]:
    stub = Stub()
    thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.shutdown()
        stub.server_close()
        thread.join()
