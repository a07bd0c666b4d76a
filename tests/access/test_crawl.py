"""Every page as every role on a small service: it opens or says why not, and is well made whichever it is."""

import re

import pytest

from tests.access import engine
from tests.access.engine import EXAMPLES, ROLES, ROUTES, Example, Ref, Route, Scene

engine.load_examples()

# A page is crawled by its address; these answer something else than a page by design.
NOT_PAGES = frozenset({"healthz", "palette", "live", "history.csv"})
# 405 is said by a route that takes posts alone, 204 by a fragment that has nothing more to tell.
PROPER = frozenset({200, 204, 302, 403, 404, 405})
INLINE = re.compile(
    rb"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")"
)
HEADING = re.compile(rb"<h1[\s>]")
LEAKED = re.compile(
    r"\{\{|\}\}|\{%|\bNone\b(?! yet\.)|\bundefined\b|Undefined|<object at 0x|&lt;[a-z_.]+ object|datetime\."
)
# A date is said in words; these pages say how one is typed, or sent by a program.
AS_MACHINES_WRITE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
TELL_HOW_TO_WRITE = frozenset({"web:errors", "standards:calendar_new", "standards:calendar_edit"})
TAGS = re.compile(r"<(script|textarea)\b.*?</\1>|<[^>]+>", re.DOTALL)


@pytest.fixture
def scene(db: None) -> Scene:
    scene = Scene()
    for kind in (
        "desk.ticket",
        "desk.promise",
        "people.skill",
        "people.limit",
        "ledger.approval",
        "accounts.invitation",
    ):
        scene.object(kind, engine.OWN)
    return scene


def address_of(scene: Scene, route: Route) -> str:
    return route.address(scene.fill(EXAMPLES.get(route.key, Example()).kwargs))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_or_says_why_not(scene: Scene, role: str) -> None:
    statuses, faults, pages = {}, [], 0
    for route in ROUTES:
        if route.path in NOT_PAGES or route.path.startswith("api/"):
            continue
        response, _ = scene.ask(role, "GET", address_of(scene, route))
        statuses[route.key] = response.status_code
        faults += faults_of(route.key, response)
        pages += response.status_code == 200
    unusual = {key: status for key, status in statuses.items() if status not in PROPER}
    assert unusual == {"socialaccount_login_error": 401}, "only the page of a failed sign-in elsewhere says 401"
    assert faults == []
    assert pages >= 5


def faults_of(key: str, response: object) -> list[str]:
    """Return what is wrong with an answer, one line each."""
    headers, status = response.headers, response.status_code
    found = [] if "Content-Security-Policy" in headers else [f"{key}: no content policy"]
    if not headers.get("Content-Type", "").startswith("text/html") or response.streaming or not response.content:
        return found
    content = response.content
    found += [f"{key} ({status}): inline {match!r}" for match in INLINE.findall(content)]
    is_whole = b"<!doctype html>" in content[:200].lower()
    headings = len(HEADING.findall(content))
    if is_whole and headings != 1:
        found.append(f"{key} ({status}): {headings} headings of the first rank")
    text = TAGS.sub(" ", content.decode())
    for wrong in (LEAKED,) if key in TELL_HOW_TO_WRITE else (LEAKED, AS_MACHINES_WRITE):
        found += [f"{key} ({status}): {text[max(0, m.start() - 40) : m.end() + 20]!r}" for m in wrong.finditer(text)]
    return found


def test_the_crawl_reaches_every_kind_of_object(scene: Scene) -> None:
    named = {value.kind for example in EXAMPLES.values() for value in example.kwargs.values() if isinstance(value, Ref)}
    assert len(named) >= 12
