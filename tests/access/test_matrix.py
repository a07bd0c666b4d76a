"""The generated access matrix: how to add to it stands in `tests/access/__init__.py`."""

import collections
import re
from collections.abc import Iterator

import pytest

from tests.access import engine
from tests.access.engine import ABSENT, EXAMPLES, KINDS, ROLES, ROUTES, Example, Ref, Route, Scene

engine.load_examples()

BY_KEY = {route.key: route for route in ROUTES}
WITH_OBJECTS = sorted(
    (key, name) for key, example in EXAMPLES.items() for name, value in example.kwargs.items() if isinstance(value, Ref)
)
WITH_SECONDARY = sorted((key, field) for key, example in EXAMPLES.items() for field in example.secondary)
WITH_MANY = sorted((key, field) for key, example in EXAMPLES.items() for field in example.passed_over)
# What differs from one drawing of a page to the next: keys against a second press, and the moment it was drawn.
DRAWN = re.compile(rb'(?:value|content)="[\w-]{20,}"|datetime="[^"]*"|[?&](?:since|key)=[^"&]*')
cells: collections.Counter[str] = collections.Counter()


@pytest.fixture(scope="module", autouse=True)
def _print_cells(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(cells.items()))
    plugins = request.config.pluginmanager
    reporter = plugins.get_plugin("terminalreporter")
    # A worker of a divided run has no terminal.
    if reporter is not None:
        with plugins.get_plugin("capturemanager").global_and_fixture_disabled():
            reporter.write_line(f"\naccess matrix: {sum(cells.values())} cells ({counted})")


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def test_the_matrix_is_as_wide_as_the_router() -> None:
    entries = sum(len(ROLES) * len(route.methods()) for route in ROUTES)
    assert (len(ROUTES) >= 200, entries >= 4_900) == (True, True)
    assert (len(WITH_OBJECTS) >= 84, len(WITH_SECONDARY) >= 28) == (True, True)


def test_every_route_with_arguments_has_an_example() -> None:
    missing = [route.key for route in ROUTES if set(route.arguments) != set(example_of(route).kwargs)]
    assert missing == []


def test_every_example_stands_for_a_route_and_knows_its_objects() -> None:
    assert sorted(set(EXAMPLES) - set(BY_KEY)) == []
    assert sorted({ref.kind for ref in references()} - set(KINDS)) == []


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_the_gate_lets_in_whom_the_policy_names(scene: Scene, route: Route) -> None:
    address = route.address(scene.fill(example_of(route).kwargs))
    wanted, seen, by_reading = {}, {}, {}
    for role in ROLES:
        for method in route.methods():
            response, written = scene.ask(role, method, address)
            policy = engine.policy_at(address, method)
            wanted[role, method] = engine.expected_entry(policy, scene.actor(role), method, address)
            seen[role, method] = open_or(wanted[role, method], engine.seen_entry(response, address))
            by_reading[role] = max(by_reading.get(role, 0), written if method == "GET" else 0)
            cells["entry"] += 1
    assert seen == wanted
    assert set(by_reading.values()) == {0}, "a GET wrote history"


@pytest.mark.parametrize(("key", "argument"), WITH_OBJECTS)
def test_a_foreign_object_reads_as_absent(scene: Scene, key: str, argument: str) -> None:
    route, example = BY_KEY[key], EXAMPLES[key]
    kind = KINDS[example.kwargs[argument].kind]
    wanted, seen = {}, {}
    for role in admitted(scene, route, example):
        for placement in kind.placements:
            response, written = call(scene, role, key, argument, scene.object(kind_name(example, argument), placement))
            absent, _ = call(scene, role, key, argument, ABSENT)
            known = (example.visible or kind.visible)(scene.actor(role), placement, None)
            wanted[role, placement] = "known" if known else "absent"
            hidden = response.status_code == 404 and response.content == absent.content and written == 0
            seen[role, placement] = "absent" if hidden else judged(response)
            cells["object"] += 1
    assert seen == wanted


@pytest.mark.parametrize(("key", "field"), WITH_SECONDARY)
def test_a_foreign_id_in_the_body_is_refused_and_writes_nothing(scene: Scene, key: str, field: str) -> None:
    route, example = BY_KEY[key], EXAMPLES[key]
    name = example.secondary[field].kind
    surprises = []
    for role in admitted(scene, route, example):
        for placement in KINDS[name].placements:
            if KINDS[name].visible(scene.actor(role), placement, None):
                continue
            body = example.body(scene) | {field: scene.object(name, placement)}
            address = route.address(scene.fill(example.kwargs))
            response, written = scene.ask(role, example.method, address, body, example.content_type, example.headers)
            cells["secondary id"] += 1
            if response.status_code not in {403, 404, 422} or written:
                surprises.append((role, placement, response.status_code, written))
    assert surprises == []


@pytest.mark.parametrize(("key", "field"), WITH_MANY)
def test_a_foreign_one_of_many_is_passed_over_like_an_absent_one(scene: Scene, key: str, field: str) -> None:
    route, example = BY_KEY[key], EXAMPLES[key]
    kind = KINDS[example.passed_over[field].kind]
    there = {placement: scene.object(example.passed_over[field].kind, placement) for placement in kind.placements}
    scene.fill(example.kwargs), example.body(scene)
    surprises, tried = {}, 0
    for role in admitted(scene, route, example):
        absent = follow(scene, role, route, example, {field: kind.absent})
        for placement, foreign in there.items():
            if kind.visible(scene.actor(role), placement, None):
                continue
            cells["one of many"] += 1
            tried += 1
            found = follow(scene, role, route, example, {field: foreign})
            surprises |= {(role, placement): found} if found != absent else {}
    assert {at: differing(found, absent) for at, found in surprises.items()} == {}
    assert tried > 0


def differing(found: tuple, absent: tuple) -> list:
    """Return what is not the same of two answers, lines of a page by themselves."""
    (*facts, page), (*others, other) = (found[:2] + found[3:] + found[2:3], absent[:2] + absent[3:] + absent[2:3])
    lines = [pair for pair in zip(page.splitlines(), other.splitlines(), strict=False) if pair[0] != pair[1]]
    return [facts, others, *lines[:3]]


def follow(scene: Scene, role: str, route: Route, example: Example, given: dict) -> tuple:
    """Return where a request leads, what is shown there, and what was written, but for what differs each time."""
    address = route.address(scene.fill(example.kwargs))
    response, written = scene.ask(role, example.method, address, example.body(scene) | given, follow=True)
    return response.status_code, response.redirect_chain, DRAWN.sub(b"", response.content), written


@pytest.mark.parametrize("key", sorted({key for key, _ in WITH_SECONDARY}))
def test_the_same_body_with_known_ids_is_taken(scene: Scene, key: str) -> None:
    route, example = BY_KEY[key], EXAMPLES[key]
    address = route.address(scene.fill(example.kwargs))
    response, _ = scene.ask(
        "administrator", example.method, address, example.body(scene), example.content_type, example.headers
    )
    cells["known ids"] += 1
    assert response.status_code in {200, 201, 204, 302}


def example_of(route: Route) -> Example:
    return EXAMPLES.get(route.key, Example())


def references() -> list[Ref]:
    found = [value for example in EXAMPLES.values() for value in example.kwargs.values() if isinstance(value, Ref)]
    return found + [ref for example in EXAMPLES.values() for ref in example.secondary.values()]


def kind_name(example: Example, argument: str) -> str:
    return example.kwargs[argument].kind


def admitted(scene: Scene, route: Route, example: Example) -> list[str]:
    policy = engine.policy_at(route.address(scene.fill(example.kwargs)), example.method)
    return [
        role
        for role in ROLES
        if role != "anonymous" and engine.expected_entry(policy, scene.actor(role), example.method) == "open"
    ]


def call(scene: Scene, role: str, key: str, argument: str, value: object) -> tuple:
    route, example = BY_KEY[key], EXAMPLES[key]
    address = route.address(scene.fill(example.kwargs) | {argument: value})
    return scene.ask(role, example.method, address, example.body(scene), example.content_type, example.headers)


def judged(response: object) -> str:
    status = response.status_code
    return "known" if status < 500 and status != 404 else f"answered {status}"


def open_or(wanted: str, seen: str) -> str:
    # A route that is open may still send somebody to sign in, as allauth's own steps do.
    return "open" if wanted == "open" and seen == "sign in" else seen
