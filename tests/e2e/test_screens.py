"""Every screen as every role that opens it: usable at each width, light and dark, and silent in the console.

The suite judges a page of each route and every page with a part not met before; the long battery judges them all.

The screens come from the router (`tests/e2e/seed_screens.py`), so a new route is walked at once; one that nobody in the
cast gets to see fails until an example in `tests/access/examples` or a screen in `tests/e2e/strangers.py` shows it.
"""

import collections
import json
import pathlib
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.access.engine import ROLES
from tests.e2e import probe
from tests.e2e.conftest import PASSWORD, serve
from tests.e2e.strangers import SECRET
from wellserved.platform import clock

pytest.importorskip("axe_playwright_python", reason="axe is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

SETTINGS = "tests.e2e.settings_faults"
# Routes whose page the walk cannot reach, and why; a new one belongs here only with a reason.
HIDDEN = {
    "web:help_file": "hands out a file to whoever holds a link",
    "ledger:signed_file": "hands out a file to whoever holds a link",
    "openid_connect_login": "leaves for the house where people sign in",
    "openid_connect_callback": "comes from the house where people sign in",
}
FULL = pytest.param("full", marks=pytest.mark.xdist_group("screens-full"))
EMPTY = pytest.param("empty", marks=pytest.mark.xdist_group("screens-empty"))
NOWHERE = frozenset({401, 403, 404, 410})
known = probe.Known()


class Place:
    """A house that is served, and its screens."""

    def __init__(self, *, base: str, name: str, screens: list[dict[str, Any]]) -> None:
        self.base, self.name, self.screens = base, name, screens
        self.visits = 0


@pytest.fixture(
    scope="module",
    params=[FULL, EMPTY],
)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[Place]:
    var: pathlib.Path = tmp_path_factory.mktemp("screens")
    with serve(var, "tests.e2e.seed_screens", request.param, settings=SETTINGS) as base:
        yield Place(base=base, name=request.param, screens=json.loads((var / "screens.json").read_text()))


@pytest.fixture
def enter(place: Place, browser: Any) -> Generator[Callable[[str], probe.Probe]]:
    """Return a maker of browsers in which somebody of a role is signed in."""
    contexts = []

    def make(role: str) -> probe.Probe:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=place.base)
        contexts.append(context)
        return probe.Probe(context, known=known)

    yield make
    for context in contexts:
        context.close()


def sign_in(at: probe.Probe, role: str, *, place: Place) -> list[str]:
    """Sign somebody of a role in, and return what is wrong with the second step where she has one."""
    if ROLES[role] is None:
        return []
    page = at.page
    page.goto("/accounts/login/")
    page.fill("input[name=login]", f"{ROLES[role]}@example.test")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    faults = []
    if "/2fa/" in page.url:
        faults = at.judge(f"mfa_authenticate ({place.name}, {role})")
        page.fill("input[name=code]", probe.code_now(SECRET, seconds=clock.now().timestamp()))
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return faults


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_is_usable_at_every_width(place: Place, enter: Callable[[str], probe.Probe], role: str) -> None:
    at = enter(role)
    faults = sign_in(at, role, place=place)
    for screen in place.screens:
        if role in screen["roles"]:
            faults += visit(at, screen, place=place, role=role)
    print(f"{place.visits} visits; {at.drawn} pages drawn, {at.measured} measured, {at.judged} judged by axe")
    assert faults == []


@pytest.mark.parametrize("place", [FULL, EMPTY] if probe.IS_LONG else [FULL], indirect=True)
@pytest.mark.parametrize("role", ["anonymous", "customer", "manager"])
def test_a_form_sent_empty_is_answered_as_well(place: Place, enter: Callable[[str], probe.Probe], role: str) -> None:
    at = enter(role)
    faults = sign_in(at, role, place=place)
    for screen in place.screens:
        is_page = role in screen["roles"] and "<form" in page_of(at, screen)
        name = f"{screen['key']} ({place.name}, {role})"
        faults += at.send_empty(screen["address"], name, route=screen["key"]) if is_page else []
    print(f"{at.refusals} refusals looked at")
    assert faults == []


@pytest.mark.parametrize("place", [FULL], indirect=True)
def test_every_route_is_shown_to_somebody(place: Place, enter: Callable[[str], probe.Probe]) -> None:
    reached: collections.defaultdict[str, set[bool]] = collections.defaultdict(set)
    for role in ("manager", "administrator", "team_leader", "customer", "agent", "anonymous"):
        at = enter(role)
        sign_in(at, role, place=place)
        for screen in place.screens:
            if role in screen["roles"] and True not in reached[screen["key"]]:
                status = ask(at, screen).status
                reached[screen["key"]].add(status == screen["status"] or status not in NOWHERE)
    assert {key for key, known in reached.items() if True not in known} == set(HIDDEN)


def visit(at: probe.Probe, screen: dict[str, Any], *, place: Place, role: str) -> list[str]:
    """Ask for a screen, and judge it in the browser unless it has nothing that was not judged before."""
    body = page_of(at, screen)
    if not body:
        return []
    place.visits += 1
    if not at.is_worth_a_look(body, route=screen["key"]):
        return []
    at.page.goto(screen["address"])
    return at.judge(f"{screen['key']} ({place.name}, {role})")


def page_of(at: probe.Probe, screen: dict[str, Any]) -> str:
    """Return the markup of a screen; nothing when its address hands out no page of its own."""
    answer = ask(at, screen)
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    body = answer.text() if is_html and answer.status == screen["status"] else ""
    return body if body.lstrip().lower().startswith("<!doctype html>") else ""


def ask(at: probe.Probe, screen: dict[str, Any]) -> Any:
    """Return the answer at a screen's address, which is not followed elsewhere."""
    return at.page.context.request.get(screen["address"], max_redirects=0, headers={"Accept": "text/html"})
