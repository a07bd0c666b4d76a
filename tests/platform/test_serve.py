"""One process group: it serves, it stops whole and at once, and it says why when it cannot."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from wellserved.platform import serving
from wellserved.platform.errors import Conflict, Invalid, ServiceError

SOURCE = pathlib.Path(serving.__file__).parents[2]

pytestmark = [pytest.mark.slow]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var: pathlib.Path) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return env | {
        "WELLSERVED_VAR": str(var),
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
        "PYTHONUNBUFFERED": "1",
    }


def start(var: pathlib.Path, port: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "wellserved", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment(var), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("serve")
    command = [sys.executable, "-m", "wellserved", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment(folder), check=True)
    return folder


def fetch(url: str, within: float) -> bytes:
    deadline = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def served(var: pathlib.Path) -> "Iterator[tuple[subprocess.Popen[str], int]]":
    port = free_port()
    group = start(var, port)
    try:
        assert fetch(f"http://127.0.0.1:{port}/healthz", within=40) == b"ok\n"
        yield group, port
    finally:
        group.kill()
        group.wait()
        group.stdout.close()  # type: ignore[union-attr]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_within_three_seconds(
    served: "tuple[subprocess.Popen[str], int]", number: int
) -> None:
    group, _ = served
    members = children(group.pid)
    everybody = members + [pid for member in members for pid in children(member)]
    begun = time.monotonic()
    group.send_signal(number)
    group.wait(timeout=10)
    assert time.monotonic() - begun < 3
    assert group.returncode == 0
    assert len(members) == 2
    assert [pid for pid in everybody if is_alive(pid)] == []
    assert group.stdout is not None
    assert group.stdout.read().splitlines()[-1] == "Stopped."


def test_a_member_that_dies_takes_the_group_down_with_a_sentence(
    served: "tuple[subprocess.Popen[str], int]",
) -> None:
    group, _ = served
    members = children(group.pid)
    os.kill(members[1], signal.SIGKILL)
    group.wait(timeout=10)
    assert group.stdout is not None
    said = group.stdout.read()
    assert "The background worker ended by itself (signal 9), so everything was stopped" in said
    assert group.returncode == 1
    assert [pid for pid in members if is_alive(pid)] == []


def test_a_group_killed_with_9_leaves_no_member_behind(served: "tuple[subprocess.Popen[str], int]") -> None:
    group, _ = served
    members = children(group.pid)
    group.kill()
    group.wait()
    deadline = time.monotonic() + 5
    while any(map(is_alive, members)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in members if is_alive(pid)] == []


def test_a_port_in_use_is_told_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Conflict, match=f"Port {port} on 127.0.0.1 is already in use") as refusal:
            serving.check_port(host="127.0.0.1", port=port)
    assert f"wellserved serve --port {port + 1}" in refusal.value.sentence


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99_999), ("300.1.1.1", 8000)])
def test_what_is_no_port_or_no_address_is_told(host: str, port: int) -> None:
    with pytest.raises(Invalid, match=r"is no (port|address)"):
        serving.check_port(host=host, port=port)


def test_a_database_that_is_too_old_is_told(tmp_path: pathlib.Path) -> None:
    group = start(tmp_path, free_port())
    said, _ = group.communicate(timeout=60)
    assert group.returncode == 1
    assert said == "The database is older than this program. Run `wellserved migrate` first.\n"


def test_a_member_that_cannot_start_is_named() -> None:
    member = serving.Member(name="web server", command=(sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(ServiceError, match=r"The web server ended by itself \(status 3\)"):
        serving.Group((member,)).run()
