"""One process group: the web server and the background worker live and stop together."""

import ctypes
import dataclasses
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from wellserved.platform.errors import Conflict, Invalid, ServiceError

STOP_SECONDS = 2.0
PARENT_DEATH_SIGNAL = 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One process of the group, by the name people are told."""

    name: str
    command: tuple[str, ...]


def members(*, host: str, port: int, web_processes: int) -> tuple[Member, ...]:
    """Return the web server and the worker."""
    granian = (
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", str(port)),
        *("--workers", str(web_processes), "--workers-kill-timeout", "1", "--log-level", "warning"),
        *("--backpressure", "256", "wellserved.config.asgi:application"),
    )
    worker = (sys.executable, "-m", "wellserved", "worker")
    return (Member(name="web server", command=granian), Member(name="background worker", command=worker))


def check_port(*, host: str, port: int) -> None:
    """Refuse when something else already listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OverflowError as error:
            raise Invalid(f"{port} is no port. Choose one from 1024 to 65535.") from error
        except socket.gaierror as error:
            raise Invalid(
                f"{host} is no address of this computer. Try 127.0.0.1, or 0.0.0.0 for all of them."
            ) from error
        except OSError as error:
            raise Conflict(
                f"Port {port} on {host} is already in use ({str(error.strerror).lower()}). "
                f"Stop what listens there, or choose another: wellserved serve --port {port + 1}"
            ) from error


class Group:
    """Starts the members, stops all of them when one dies or a signal comes."""

    def __init__(self, wanted: tuple[Member, ...]) -> None:
        self.wanted = wanted
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked = threading.Event()

    def run(self, *, started: Callable[[], None] = lambda: None) -> None:
        """Block until asked to stop; raises with a sentence when a member died by itself."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)
        try:
            for member in self.wanted:
                self.running[member.name] = start(member)
            started()
            while not self.asked.wait(0.2):
                self._check()
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask every member to end, and end by force whoever has not within two seconds."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked.set()

    def _check(self) -> None:
        for name, process in self.running.items():
            if (status := process.poll()) is not None:
                how = f"signal {-status}" if status < 0 else f"status {status}"
                raise ServiceError(
                    f"The {name} ended by itself ({how}), so everything was stopped; see its lines above."
                )


def start(member: Member) -> subprocess.Popen[bytes]:
    """Start a member in a session of its own, so that ctrl-C reaches it once, through us."""
    return subprocess.Popen(  # noqa: S603 (the command is ours)
        member.command,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 (no thread runs here yet)
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def _die_with_parent() -> None:
    # Linux alone can promise it; elsewhere a group killed with -9 leaves its members running.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
