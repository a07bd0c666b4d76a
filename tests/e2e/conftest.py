"""A real server on a throw-away house, and a real browser."""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator

import pytest

from tests import databases

ROOT = pathlib.Path(__file__).parents[2]
PASSWORD = "correct horse battery"
PATIENCE = 40.0
LONGEST_FILL = 90
DESKTOP: dict[str, object] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def find_chromium() -> str | None:
    """Return the browser's path, if there is one."""
    names = (os.environ.get("WELLSERVED_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"The server did not answer at {url}.")


def _environment(var: pathlib.Path, *, settings: str) -> dict[str, str]:
    return os.environ | {
        "WELLSERVED_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def run(var: pathlib.Path, *seed: str, settings: str = "wellserved.config.settings", base: str = "") -> None:
    """Run a module that fills the house in the folder `var`."""
    environment = _environment(var, settings=settings) | ({"WELLSERVED_URL": base} if base else {})
    subprocess.run([sys.executable, "-m", *seed], cwd=ROOT, env=environment, check=True, timeout=LONGEST_FILL)


@contextlib.contextmanager
def serve(var: pathlib.Path, *seed: str, settings: str = "wellserved.config.settings") -> Generator[str]:
    """Fill a house in the folder `var` by running the module `seed`, and serve it; yields its address."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    environment = _environment(var, settings=settings) | {"WELLSERVED_URL": base}
    shutil.copyfile(databases.laid(), var / databases.DATABASE)
    run(var, *seed, settings=settings, base=base)
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "wellserved.config.asgi:application"),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(f"{base}/healthz", server)
            yield base
        finally:
            server.terminate()


@contextlib.contextmanager
def work(var: pathlib.Path, *, settings: str = "wellserved.config.settings") -> Generator[None]:
    """Let a worker seal what happens in the folder `var` and tell whoever listens, as one does beside every server."""
    command = [sys.executable, "-m", "wellserved", "worker"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(var, settings=settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as worker:
        try:
            yield
        finally:
            worker.terminate()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Serve a freshly filled house and return its address."""
    with serve(tmp_path_factory.mktemp("house"), "tests.e2e.seed") as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Generator[object]:
    """Return headless Chromium, or skip and say why."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium found; install one or set WELLSERVED_CHROMIUM")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def sign_in(house: str, browser: object) -> Generator[Callable[..., object]]:
    """Return a maker of pages in which somebody of the cast is signed in."""
    contexts = []

    def enter(who: str, *, phone: bool = False) -> object:
        context = browser.new_context(**(PHONE if phone else DESKTOP))  # type: ignore[attr-defined]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{house}/accounts/login/")
        page.fill("input[name=login]", f"{who}@example.test")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        return page

    yield enter
    for context in contexts:
        context.close()
