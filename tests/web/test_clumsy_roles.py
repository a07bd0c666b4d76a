"""Hostile values in every form of the product, from everybody who signs in: refused in a sentence, nothing written."""

import itertools
from collections.abc import Iterator

import pytest

from tests.access import engine
from tests.access.engine import EXAMPLES, ROUTES, Example, Route, Scene

engine.load_examples()

ROLES = ("agent", "team_leader", "decision_maker", "customer", "manager")
# Numbers no database holds, numbers that are none, what no text may hold, what breaks a page, a query, a template.
HOSTILE = (
    "9" * 30, "-1", "\N{SUPERSCRIPT TWO}", "NaN", "1e309", "", " ", "\x00", "a\x00b", "\N{GRINNING FACE}" * 200,
    "x" * 100_001, "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe", "<script>alert(1)</script>", "{{ 7 * 7 }}", "%s%n{0}",
    "' OR 1=1 --", "../../etc", "0000-00-00", "2026-02-30", "9999-12-31T23:59", "[]", '{"a":', "true", "null",
)  # fmt: skip
# The ways in and out of an account are tried where its limits are.
LEFT_OUT = ("account", "mfa", "socialaccount", "usersessions", "api", "accounts/")


def forms() -> list[tuple[Route, Example]]:
    """Return each address that takes a form."""
    found = [(route, EXAMPLES.get(route.key, Example())) for route in ROUTES if not route.key.startswith(LEFT_OUT)]
    return [(route, example) for route, example in found if example.method == "POST" and not example.content_type]


def spoilt(body: dict[str, object], turn: int, values: Iterator[str]) -> dict[str, object]:
    """Return the fields of a form with every second one hostile, another half each turn."""
    return {name: next(values) if (place + turn) % 2 else right for place, (name, right) in enumerate(body.items())}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_hostile_values_break_no_form_whoever_sends_them_and_what_is_refused_writes_nothing(db: None) -> None:
    scene, values, surprises, tried = Scene(), itertools.cycle(HOSTILE), [], 0
    for route, example in forms():
        address, body = route.address(scene.fill(example.kwargs)), example.body(scene) | {"version": 1, "back": "/"}
        for turn, role in enumerate(ROLES):
            given = spoilt(body, turn, values)
            answer, written = scene.ask(role, "POST", address, given, headers=example.headers)
            tried += 1
            if answer.status_code >= 500 or (answer.status_code >= 400 and written):
                surprises.append(
                    (route.key, role, answer.status_code, written, {k: str(v)[:30] for k, v in given.items()})
                )
    assert surprises == []
    assert tried >= 500
