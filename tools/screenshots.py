"""Draw every screen into screenshots/: the sample service in a throw-away house, each role, light and dark, two sizes.

    python tools/screenshots.py [--only inbox] [--out screenshots]
    python tools/screenshots.py --readme          # the pictures in docs/images alone

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
    """One page, seen by one role in one world; `follow` is a link on it to open first."""

    name: str
    role: str
    path: str
    follow: str = ""
    world: str = "sample"
    status: int = 200


SCREENS = (
    Screen(name="today-manager", role="Manager", path="/"),
    Screen(name="today-agent", role="Agent", path="/"),
    Screen(name="inbox", role="Manager", path="/inbox?view=all_open"),
    Screen(name="conversation", role="Agent", path="/inbox?view=all_open", follow=".conv li:first-child a"),
    Screen(name="clock", role="Agent", path="/inbox?view=all_open", follow=".conv li:first-child a, .clocks li a"),
    Screen(name="new-ticket", role="Agent", path="/inbox/new"),
    Screen(name="guidelines", role="Manager", path="/guidelines"),
    Screen(name="guideline", role="Manager", path="/guidelines?q=parcel", follow="table.data tbody th a"),
    Screen(name="procedure", role="Manager", path="/guidelines?kind=procedure", follow="table.data tbody th a"),
    Screen(name="guideline-edit", role="Manager", path="/guidelines/new"),
    Screen(name="guideline-agent", role="Agent", path="/guidelines?view=unread", follow="table.data tbody th a"),
    Screen(name="beside", role="Agent", path="/inbox?view=all_open&tag=damage", follow=".conv li:first-child a"),
    Screen(name="customers", role="Manager", path="/customers"),
    Screen(name="customer", role="Manager", path="/customers", follow="table.data tbody th a"),
    Screen(name="standards", role="Manager", path="/standards"),
    Screen(name="standard", role="Manager", path="/standards", follow="table.data tbody th a"),
    Screen(name="standard-new", role="Manager", path="/standards/new"),
    Screen(name="policies", role="Manager", path="/standards/policies"),
    Screen(name="policy", role="Manager", path="/standards/policies", follow=".policies h3 a"),
    Screen(name="calendar", role="Manager", path="/standards/policies", follow="table.data tbody th a"),
    Screen(
        name="calendar-edit",
        role="Manager",
        path="/standards/policies",
        follow="table.data tbody th a, .act .btn-primary",
    ),
    Screen(name="standard-dry-run", role="Manager", path="/standards/dry-run"),
    Screen(name="calendar-new", role="Manager", path="/standards/calendars/new"),
    Screen(name="partners", role="Manager", path="/partners"),
    Screen(name="partner", role="Manager", path="/partners", follow="table.data tbody th a"),
    Screen(name="people", role="Manager", path="/people"),
    Screen(name="person", role="Manager", path="/people", follow="table.data tbody th a"),
    Screen(name="skills", role="Manager", path="/people/skills"),
    Screen(name="skill", role="Manager", path="/people/skills", follow="table.data thead th a"),
    Screen(name="authority", role="Manager", path="/people/authority"),
    Screen(name="roles", role="Manager", path="/people/roles"),
    Screen(name="role", role="Manager", path="/people/roles", follow="table.data tbody th a"),
    Screen(name="my-work", role="Agent", path="/my-work"),
    Screen(name="briefings", role="Manager", path="/briefings"),
    Screen(name="briefing", role="Manager", path="/briefings", follow="table.data tbody th a"),
    Screen(name="briefing-agent", role="Agent", path="/briefings?view=mine"),
    Screen(name="briefing-new", role="Manager", path="/briefings/new"),
    Screen(name="understanding", role="Manager", path="/understanding"),
    Screen(name="understanding-agent", role="Agent", path="/understanding"),
    Screen(name="rebrief", role="Manager", path="/understanding/again"),
    Screen(name="development", role="Agent", path="/development"),
    Screen(name="needs", role="Manager", path="/development/needs"),
    Screen(name="training", role="Manager", path="/development/training"),
    Screen(
        name="training-held", role="Manager", path="/development/training?view=past", follow="table.data tbody th a"
    ),
    Screen(name="one-to-ones", role="Team leader", path="/development/one-to-ones"),
    Screen(name="one-to-one", role="Team leader", path="/development/one-to-ones", follow="table.data tbody th a"),
    Screen(name="coaching", role="Team leader", path="/development/coaching", follow="table.data tbody th a"),
    Screen(name="observation", role="Team leader", path="/development/observations", follow="table.data tbody th a"),
    Screen(name="review", role="Team leader", path="/development/reviews", follow="table.data tbody th a"),
    Screen(name="support", role="Team leader", path="/development/support"),
    Screen(name="recorded", role="Agent", path="/me/recorded"),
    Screen(name="thanks", role="Agent", path="/recognition"),
    Screen(name="suggestions", role="Manager", path="/suggestions"),
    Screen(name="you-said", role="Agent", path="/suggestions/you-said"),
    Screen(name="pulse", role="Manager", path="/pulse"),
    Screen(name="pulse-one", role="Manager", path="/pulse", follow="table.data tbody th a"),
    Screen(name="consultations", role="Manager", path="/consultations"),
    Screen(name="rewards", role="Manager", path="/rewards"),
    Screen(name="scheme", role="Manager", path="/rewards", follow="table.data tbody th a"),
    Screen(name="team-events", role="Manager", path="/team-events"),
    Screen(name="cases", role="Team leader", path="/cases"),
    Screen(name="invite", role="Manager", path="/people/invite"),
    Screen(name="teams", role="Administrator", path="/settings/teams"),
    Screen(name="approvals", role="Manager", path="/approvals"),
    Screen(name="mentions", role="Manager", path="/mentions"),
    Screen(name="customer-new", role="Manager", path="/customers/new"),
    Screen(name="inbox-nothing-found", role="Manager", path="/inbox?view=all_open&q=nothing-like-this"),
    Screen(name="history", role="Manager", path="/history"),
    Screen(name="mailbox", role="Manager", path="/mailbox"),
    Screen(name="settings", role="Administrator", path="/settings"),
    Screen(name="queues", role="Administrator", path="/settings/lists/queues"),
    Screen(name="portal-mine", role="Customer", path="/help/mine"),
    Screen(name="portal-one", role="Customer", path="/help/mine", follow=".questions a"),
    Screen(name="portal-ask", role="", path="/help"),
    Screen(name="sign-in", role="", path="/accounts/login/"),
    Screen(name="password-reset", role="", path="/accounts/password/reset/"),
    Screen(name="link-over", role="", path="/help/r/not-a-link", status=404),
    Screen(name="no-such-page", role="Manager", path="/no/such/page", status=404),
    Screen(name="not-allowed", role="Agent", path="/settings", status=403),
    Screen(name="account", role="Agent", path="/me"),
    Screen(name="two-steps", role="Agent", path="/accounts/2fa/"),
    Screen(name="api", role="Manager", path="/api/v1/docs"),
    Screen(name="error-codes", role="Manager", path="/docs/errors"),
    *(
        Screen(name=f"empty-{name}", role="Manager", path=path, world="real")
        for name, path in (
            ("today", "/"),
            ("inbox", "/inbox"),
            ("customers", "/customers"),
            ("standards", "/standards"),
            ("people", "/people"),
            ("skills", "/people/skills"),
            ("roles", "/people/roles"),
            ("briefings", "/briefings"),
            ("understanding", "/understanding"),
            ("development", "/development"),
            ("training", "/development/training"),
            ("suggestions", "/suggestions"),
            ("pulse", "/pulse"),
            ("history", "/history"),
            ("import", "/import"),
            ("import-new", "/import/new"),
            ("settings", "/settings"),
        )
    ),
    Screen(name="meetings", role="Manager", path="/meetings"),
    Screen(name="meeting", role="Manager", path="/meetings?kind=praise_review", follow="table.data tbody th a"),
    Screen(name="meeting-new", role="Manager", path="/meetings/new?kind=praise_review"),
    Screen(name="decisions", role="Manager", path="/decisions"),
    Screen(name="decision", role="Manager", path="/decisions?view=review", follow="table.data tbody th a"),
    Screen(name="week", role="Manager", path="/week"),
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


def stand_in(page: Any, base: str, *, world: str) -> None:
    page.goto(f"{base}/")
    page.click(f".worlds button[value={world}]")
    page.wait_for_load_state()


def draw(page: Any, base: str, screen: Screen, *, theme: str, out: pathlib.Path) -> Iterator[str]:
    """Draw one screen in both sizes; yields what was wrong with it."""
    page.context.add_cookies([{"name": "theme", "value": theme, "url": base}])
    answer = page.goto(base + screen.path)
    for selector in filter(None, re.split(r",\s*", screen.follow)):
        link = page.locator(selector).first
        answer = page.goto(base + str(link.get_attribute("href")))
    if answer.status != screen.status:
        yield f"{screen.name}: answered {answer.status}"
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(250)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            yield f"{screen.name} {size} {theme}: {over} px too wide"
        page.screenshot(path=out / f"{screen.name}-{size}-{theme}.png", full_page=True)


def draw_readme(page: Any, base: str) -> None:
    """Draw the picture of the README, light and dark."""
    page.set_viewport_size({"width": 1280, "height": 860})
    for theme, name in (("light", "today.png"), ("dark", "today-dark.png")):
        page.context.add_cookies([{"name": "theme", "value": theme, "url": base}])
        page.goto(f"{base}/")
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / "docs/images" / name)


def draw_all(screens: list[Screen], *, out: pathlib.Path, is_readme: bool = False) -> list[str]:
    """Draw the screens, one browser context for each role in each world."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only this tool needs it)

    faults: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="wellserved-shots-") as var,
        serve_sample(var) as (base, password, people),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for role, world in dict.fromkeys((screen.role, screen.world) for screen in screens):
            page = browser.new_context().new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            if role:
                sign_in(page, base, email=people[role], password=password)
            if world == "real":
                stand_in(page, base, world=world)
            for screen in (one for one in screens if (one.role, one.world) == (role, world)):
                for theme in THEMES:
                    faults.extend(draw(page, base, screen, theme=theme, out=out))
                print(screen.name, flush=True)
        if is_readme:
            page = browser.new_context().new_page()
            sign_in(page, base, email=people["Manager"], password=password)
            draw_readme(page, base)
        browser.close()
    return faults


def main() -> int:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description="Draw every screen into a folder.")
    parser.add_argument("--only", default="", help="draw the screens whose name holds this")
    parser.add_argument("--out", default=str(ROOT / "screenshots"), help="the folder to fill")
    parser.add_argument("--readme", action="store_true", help="draw the pictures of the README and nothing else")
    options = parser.parse_args()
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    wanted = [screen for screen in SCREENS if options.only in screen.name and not options.readme]
    faults = draw_all(wanted, out=out, is_readme=options.readme)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
