"""Every list and every record costs as many queries among five records of each kind as among five hundred."""

import dataclasses

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access import engine
from tests.access.engine import EXAMPLES, KINDS, OWN, ROUTES, Example, Ref, Route, Scene
from tests.multiplied import copy_records

engine.load_examples()
COPIED = ("desk", "standards", "ledger", "thread", "development")
# A stream that never ends, and the answer to whatever has no route.
LEFT_OUT = frozenset({"ledger:live", "api:nowhere"})
# The product's own errors and its API in full.
WHOLE = frozenset({"web:errors", "api:docs"})
MOST_ROWS = 250
# Records of the API whose makers want a house of their own; its lists need none.
OF_THE_API = frozenset(kind for kind in KINDS if kind.startswith("api."))


@dataclasses.dataclass(frozen=True)
class Cost:
    """What one reading of an address takes, and how much it shows."""

    queries: int
    rows: int


def addresses(scene: Scene) -> dict[str, str]:
    """Return each route a manager reads, with the address of a record of her own."""
    # Pages without a namespace are those of signing in: they hold no records.
    ours = [route for route in ROUTES if ":" in route.key and route.key not in LEFT_OUT]
    routes = [route for route in ours if not kinds_of(route) & OF_THE_API]
    known = {route.key: route.address(scene.fill(example_of(route).kwargs)) for route in routes}
    return {key: address for key, address in known.items() if reads(scene, address)}


def example_of(route: Route) -> Example:
    return EXAMPLES.get(route.key, Example())


def kinds_of(route: Route) -> set[str]:
    return {value.kind for value in example_of(route).kwargs.values() if isinstance(value, Ref)}


def reads(scene: Scene, address: str) -> bool:
    policy = engine.policy_at(address)
    if policy is None or not policy.admits(scene.actor("manager")):
        return False
    answer, _ = scene.ask("manager", "GET", address)
    return answer.status_code == 200 and not answer.streaming


def cost(scene: Scene, address: str) -> Cost:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        answer = scene.people["amira"].client.get(address)
    assert answer.status_code == 200
    return Cost(len(seen), answer.content.count(b"<tr"))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_what_a_manager_reads_costs_the_same_with_five_and_with_five_hundred_of_everything(db: None) -> None:
    scene = Scene()
    for kind in sorted(KINDS.keys() - OF_THE_API):
        if OWN in KINDS[kind].placements:
            scene.object(kind, OWN)
    copy_records(labels=COPIED, first=1, last=5)
    pages = addresses(scene)
    # Whoever opens what is kept between two people is noted, once a day: with the first look.
    for address in pages.values():
        scene.people["amira"].client.get(address)
    few = {key: cost(scene, address) for key, address in pages.items()}
    copy_records(labels=COPIED, first=5, last=500)
    many = {key: cost(scene, address) for key, address in pages.items()}
    assert {key: (few[key], many[key]) for key in pages if few[key].queries != many[key].queries} == {}
    assert {key: many[key].rows for key in pages.keys() - WHOLE if many[key].rows > MOST_ROWS} == {}
    assert len(pages) >= 180
