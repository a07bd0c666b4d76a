"""Generated from the document: every operation that names a record treats a foreign one as one that is absent."""

import re
from typing import Any

import pytest

from tests.access import engine
from tests.access.engine import ABSENT, EXAMPLES, KINDS, Example, Ref, Scene
from wellserved.api.document import document
from wellserved.api.examples import body_for
from wellserved.api.router import api
from wellserved.platform.http.access import RoutePolicy

engine.load_examples()
FOUND = document(api)
OPERATIONS = [
    (method.upper(), path, described) for path, ways in FOUND["paths"].items() for method, described in ways.items()
]
BY_ADDRESS = {
    re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", "/" + route.path): EXAMPLES.get(route.key, Example())
    for route in engine.ROUTES
    if route.path.startswith("api/")
}
WITH_OBJECTS = [
    pytest.param(method, path, described, argument, id=f"{described['operationId']}-{argument}")
    for method, path, described in OPERATIONS
    for argument, value in BY_ADDRESS[path].kwargs.items()
    if isinstance(value, Ref)
]


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def test_every_operation_declares_who_may_call_it() -> None:
    undeclared = [
        operation.view_func.__name__
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
        if not isinstance(getattr(operation.view_func, "route_policy", None), RoutePolicy)
    ]
    assert undeclared == []


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [described["operationId"] for _, _, described in OPERATIONS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("method", "path", "described", "argument"), WITH_OBJECTS)
def test_a_foreign_record_reads_as_absent(
    scene: Scene, method: str, path: str, described: dict[str, Any], argument: str
) -> None:
    example = BY_ADDRESS[path]
    kind = KINDS[example.kwargs[argument].kind]
    needed = frozenset(described["x-capabilities"])
    surprises = []
    tried = 0
    for role in ("agent", "team_leader", "manager", "administrator"):
        actor = scene.actor(role)
        hidden = [place for place in kind.placements if not (example.visible or kind.visible)(actor, place, None)]
        for placement in [place for place in hidden if needed & actor.capabilities]:
            foreign = scene.object(example.kwargs[argument].kind, placement)
            answer, written = call(scene, role, method, path, described, example, {argument: foreign})
            absent, _ = call(scene, role, method, path, described, example, {argument: ABSENT})
            tried += 1
            if (answer.status_code, answer.content, written) != (404, absent.content, 0):
                surprises.append((role, placement, answer.status_code, answer.content, written))
    assert surprises == []
    assert tried > 0


def call(
    scene: Scene,
    role: str,
    method: str,
    path: str,
    described: dict[str, Any],
    example: Example,
    given: dict[str, Any],
) -> Any:
    kwargs = scene.fill(example.kwargs) | given
    # What is sent as a form stands in the example; a JSON body is made from the document.
    is_form = "multipart/form-data" in described.get("requestBody", {}).get("content", {})
    body = example.body(scene) if is_form else body_for(FOUND, described)
    headers = {"If-Match": "*"}
    has_json = not is_form and (bool(body) or method == "POST")
    content_type = "application/json" if has_json else ""
    return scene.ask(role, method, path.format(**kwargs), body, content_type, headers)
