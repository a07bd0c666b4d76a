"""Draw every screen into screenshots/: the sample service in a throw-away house, each role, light and dark, two sizes.

    python tools/screenshots.py [--only inbox] [--out screenshots]

Says on which page something overflowed or the browser complained, and ends with 1 if anything did.
"""

import argparse
import contextlib
import dataclasses
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATIENCE = 60.0
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
THEMES = ("light", "dark")
WHO = (
    "import json, django; django.setup(); from wellserved.demo import service; "
    "print(json.dumps([service.password(), [[s.role, s.email] for s in service.sign_ins()]]))"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One page, seen by one role; `follow` is a link on it to open first."""

    name: str
    role: str
    path: str
    follow: str = ""


SCREENS = (
    Screen(name="today-manager", role="Manager", path="/"),
    Screen(name="today-agent", role="Agent", path="/"),
    Screen(name="inbox", role="Manager", path="/inbox?view=all_open"),
    Screen(name="conversation", role="Agent", path="/inbox?view=all_open", follow=".conv li:first-child a"),
    Screen(name="clock", role="Agent", path="/inbox?view=all_open", follow=".conv li:first-child a, .clocks li a"),
    Screen(name="new-issue", role="Agent", path="/inbox/new"),
    Screen(name="customers", role="Manager", path="/customers"),
    Screen(name="customer", role="Manager", path="/customers", follow="table.data tbody th a"),
    Screen(name="standards", role="Manager", path="/standards"),
    Screen(name="standard", role="Manager", path="/standards", follow=".policies h3 a"),
    Screen(name="calendar", role="Manager", path="/standards", follow="table.data tbody th a"),
    Screen(name="calendar-edit", role="Manager", path="/standards", follow="table.data tbody th a, .act .btn-primary"),
    Screen(name="people", role="Manager", path="/people"),
    Screen(name="history", role="Manager", path="/history"),
    Screen(name="mailbox", role="Manager", path="/mailbox"),
    Screen(name="settings", role="Administrator", path="/settings"),
    Screen(name="queues", role="Administrator", path="/settings/lists/queues"),
    Screen(name="portal-mine", role="Customer", path="/help/mine"),
    Screen(name="portal-one", role="Customer", path="/help/mine", follow=".questions a"),
    Screen(name="portal-ask", role="", path="/help"),
    Screen(name="sign-in", role="", path="/accounts/login/"),
)


def find_chromium() -> str:
    """Return the browser's path, or say what would help."""
    names = (os.environ.get("WELLSERVED_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    for name in names:
        if name and (path := shutil.which(name)):
            return path
    sys.exit("No Chromium found: install one, or set WELLSERVED_CHROMIUM to its path.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve_sample(var: str) -> Generator[tuple[str, str, dict[str, str]]]:
    """Serve a fresh sample service; yields its address, the password and an address for each role."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "WELLSERVED_VAR": var,
        "WELLSERVED_URL": base,
        "DJANGO_SETTINGS_MODULE": "wellserved.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }

    def run(*words: str) -> str:
        command = [sys.executable, *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    run("-m", "wellserved", "migrate", "--verbosity", "0")
    run("-m", "wellserved", "demo", "load")
    password, people = json.loads(run("-c", WHO).splitlines()[-1])
    options = ["--interface", "asginl", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command = [sys.executable, "-m", "granian", *options, "wellserved.config.asgi:application"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"{base}/healthz")
            yield base, password, dict(people)
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    sys.exit(f"The server did not answer at {url}.")


def sign_in(page: Any, base: str, *, email: str, password: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def draw(page: Any, base: str, screen: Screen, *, theme: str, out: pathlib.Path) -> Iterator[str]:
    """Draw one screen in both sizes; yields what was wrong with it."""
    page.context.add_cookies([{"name": "theme", "value": theme, "url": base}])
    answer = page.goto(base + screen.path)
    for selector in filter(None, re.split(r",\s*", screen.follow)):
        link = page.locator(selector).first
        answer = page.goto(base + str(link.get_attribute("href")))
    if answer.status != 200:
        yield f"{screen.name}: answered {answer.status}"
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(250)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            yield f"{screen.name} {size} {theme}: {over} px too wide"
        page.screenshot(path=out / f"{screen.name}-{size}-{theme}.png", full_page=True)


def draw_all(screens: list[Screen], *, out: pathlib.Path) -> list[str]:
    """Draw the screens, one browser context a role."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only this tool needs it)

    faults: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="wellserved-shots-") as var,
        serve_sample(var) as (base, password, people),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for role in dict.fromkeys(screen.role for screen in screens):
            page = browser.new_context().new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            if role:
                sign_in(page, base, email=people[role], password=password)
            for screen in (one for one in screens if one.role == role):
                for theme in THEMES:
                    faults.extend(draw(page, base, screen, theme=theme, out=out))
                print(screen.name, flush=True)
        browser.close()
    return faults


def main() -> int:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description="Draw every screen into a folder.")
    parser.add_argument("--only", default="", help="draw the screens whose name holds this")
    parser.add_argument("--out", default=str(ROOT / "screenshots"), help="the folder to fill")
    options = parser.parse_args()
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    faults = draw_all([screen for screen in SCREENS if options.only in screen.name], out=out)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
