"""The reference is run: each request is sent in turn, and what it shows of the answer must be in the answer."""

import json
import pathlib
import re
from typing import Any

from jsonschema_rs import Draft202012Validator

from tests.api.conftest import Program
from tests.api.test_access import OPERATIONS
from wellserved.api.document import document
from wellserved.api.router import api
from wellserved.apps.desk.models import Ticket

PAGE = (pathlib.Path(__file__).parents[2] / "docs/reference/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\n(.*?)\n```\n\n```json\n(.*?)\n```", PAGE, flags=re.DOTALL)


def test_every_example_of_the_reference_holds(amiras: Program, parcel: Ticket) -> None:
    assert parcel.number == 1001
    shown = [json.loads(answer) for _, answer in EXAMPLES]
    given = [
        _only(json.loads(_send(amiras, request).content), wanted)
        for (request, _), wanted in zip(EXAMPLES, shown, strict=True)
    ]
    assert given == shown
    assert len(shown) == PAGE.count("```http") == 9


def test_the_reference_lists_every_operation() -> None:
    listed = set(re.findall(r"^\| `([A-Z]+ /[^`]+)` \|", PAGE, flags=re.MULTILINE))
    assert listed == {f"{method} {path}" for method, path, _ in OPERATIONS}


def _send(program: Program, request: str) -> Any:
    head, _, body = request.partition("\n\n")
    first, *lines = head.splitlines()
    method, path = first.split()
    headers = {name.replace("-", "_"): value for name, value in (line.split(": ", 1) for line in lines)}
    return program.call(method, path.removeprefix("/api/v1"), json.loads(body) if body else None, **headers)


def _only(given: Any, shown: Any) -> Any:
    """Return of an answer what the page shows of it: lists as long, records with the fields named."""
    if isinstance(shown, dict):
        return {name: _only(given[name], wanted) for name, wanted in shown.items()}
    if isinstance(shown, list):
        return [_only(inner, wanted) for inner, wanted in zip(given, shown, strict=False)]
    return given


def test_every_example_in_the_document_keeps_the_schema_it_stands_beside() -> None:
    found = document(api)
    bodies = [
        body
        for methods in found["paths"].values()
        for described in methods.values()
        for body in (described.get("requestBody", {}), *described["responses"].values())
    ]
    shown = [body["content"]["application/json"] for body in bodies if "application/json" in body.get("content", {})]
    wrong = [
        (content["schema"], error.message)
        for content in shown
        for error in Draft202012Validator(content["schema"] | {"components": found["components"]}).iter_errors(
            content["example"]
        )
    ]
    assert wrong == []
    assert len(shown) > 100
