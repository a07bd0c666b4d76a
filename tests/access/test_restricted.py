"""Words kept to a few people, planted in each sort of restricted record and looked for in every answer to all roles."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.access import engine
from tests.access.engine import EXAMPLES, OTHER_CUSTOMER, OWN, ROLES, ROUTES, Example, Ref, Scene
from tests.access.examples.desk import house, ticket_of
from tests.personas import NOW
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.actions import complaints
from wellserved.apps.desk.models import Customer, Ticket
from wellserved.apps.development import models
from wellserved.apps.development.actions import conflicts, observations, reviews, talks
from wellserved.apps.ledger import tasks as ledger
from wellserved.apps.people import actions as people
from wellserved.platform import clock

engine.load_examples()
DAY = dt.timedelta(days=1)
BOTH = frozenset({"agent", "team_leader"})
# A stream that never ends.
ENDLESS = frozenset({"ledger:live"})
SEARCHES = (
    "/palette?q=Late+vans",
    "/inbox?view=all_open&q=Late+vans",
    "/customers?q=Late+vans",
    "/complaints?view=all",
    "/development/needs?q=Late+vans",
    "/suggestions?view=all",
    "/history?kind=development.conflict_case",
    "/history?kind=people.adjustment",
    "/history?kind=desk.customer",
    "/api/v1/tickets?q=Late+vans&view=all_open",
    "/api/v1/customers?q=Late+vans",
)


@dataclasses.dataclass(frozen=True)
class Secret:
    """A sort of restricted record: how its words come in, and whose they are."""

    plant: Callable[[Scene, str], Any]
    known_to: frozenset[str]


def open_case(scene: Scene, words: str) -> int:
    other = scene.people["chloe"].user.pk
    handler = scene.people["lena"].user.pk
    return conflicts.open_case(
        actor=scene.people["ben"].actor, party_ids=(other,), handler_id=handler, summary=words, now=clock.now()
    )


def mediate(scene: Scene, words: str) -> None:
    case_id, lena, now = open_case(scene, "Whose turn it is"), scene.people["lena"].actor, clock.now()
    conflicts.move(actor=lena, case_id=case_id, stage="mediation", handler_id=lena.person_id, now=now)
    conflicts.write_agreement(actor=lena, case_id=case_id, text=words, now=now)


def pair(scene: Scene) -> dict[str, int]:
    return {"person_id": scene.people["ben"].user.pk, "guide_id": scene.people["lena"].user.pk}


def talk(scene: Scene, words: str) -> None:
    lena, now = scene.people["lena"].actor, clock.now()
    made = talks.arrange(actor=lena, **pair(scene), starts_at=now + DAY, now=now)
    models.OneToOne.objects.filter(pk=made).update(starts_at=now - DAY)
    talks.note(actor=lena, talk_id=made, notes=words, now=now)


def observe(scene: Scene, words: str) -> None:
    lena, now = scene.people["lena"].actor, clock.now()
    made = observations.announce(
        actor=lena,
        **pair(scene),
        purpose="To help with calls",
        criteria=[("", "Listens")],
        starts_at=now + 2 * DAY,
        now=now,
    )
    then = now + 3 * DAY
    observations.record(actor=lena, observation_id=made, ratings={"listens": (3, words)}, strengths=words, now=then)


def review(scene: Scene, words: str) -> None:
    lena, ben, now = scene.people["lena"].actor, scene.people["ben"].actor, clock.now()
    made = reviews.open_review(
        actor=lena, **pair(scene), period_from=now.date() - 90 * DAY, period_to=now.date() - DAY, now=now
    )
    reviews.say_own_view(actor=ben, review_id=made, own_view=words, now=now)


def adjust(scene: Scene, words: str) -> None:
    lena, now = scene.people["lena"].actor, clock.now()
    people.agree_adjustment(
        actor=lena,
        user_id=scene.people["ben"].user.pk,
        text=words,
        review_on=now.date() + 90 * DAY,
        now=now,
    )


def complain(scene: Scene, words: str) -> None:
    ticket = ticket_of(scene, OTHER_CUSTOMER)
    Ticket.objects.filter(pk=ticket.pk).update(subject=words)
    complaints.open_complaint(actor=house(OTHER_CUSTOMER), ticket_id=ticket.pk, is_restricted=True, now=NOW)


def need(scene: Scene, words: str) -> None:
    row = Customer.objects.get(pk=scene.object("desk.customer", OWN))
    desk.save_customer(
        actor=house(OWN), customer_id=row.pk, name=row.name, email=row.email, needs=words, now=clock.now()
    )


SECRETS = {
    "case": Secret(open_case, BOTH),
    "mediation": Secret(mediate, BOTH),
    "talk": Secret(talk, BOTH),
    "observation": Secret(observe, BOTH),
    "review": Secret(review, BOTH),
    "adjustment": Secret(adjust, BOTH),
    "complaint": Secret(complain, frozenset({"manager"})),
    "needs": Secret(need, frozenset({"agent", "team_leader", "manager", "administrator"})),
}


@pytest.fixture
def scene(db: None) -> Scene:
    scene = Scene()
    scene.object("desk.ticket", OWN)
    for key, secret in SECRETS.items():
        secret.plant(scene, f"Late vans zq{key}zq")
    while ledger.follow(clock.now()):
        pass
    return scene


def records(scene: Scene) -> Iterator[str]:
    """Yield the address of each record planted, of its page and where the API gives it."""
    for folder, model in (
        ("/cases", models.ConflictCase),
        ("/development/one-to-ones", models.OneToOne),
        ("/development/observations", models.Observation),
        ("/development/reviews", models.Review),
    ):
        for pk in model._default_manager.values_list("pk", flat=True):
            yield f"{folder}/{pk}"
    ben = scene.people["ben"].user.pk
    ticket, customer = ticket_of(scene, OTHER_CUSTOMER), scene.object("desk.customer", OWN)
    yield from (f"/people/{ben}", f"/api/v1/people/{ben}/adjustments", "/me/recorded", "/me/recorded.json")
    yield from (f"/c/{ticket.number}", f"/api/v1/tickets/{ticket.number}", f"/customers/{customer}")


def addresses(scene: Scene) -> Iterator[str]:
    for route in ROUTES:
        given = EXAMPLES.get(route.key, Example()).kwargs
        named = {value.kind for value in given.values() if isinstance(value, Ref)}
        # Records of the API whose makers want a house of their own; `records` gives those this is about.
        if route.key not in ENDLESS and not any(kind.startswith("api.") for kind in named):
            yield route.address(scene.fill(given))
    yield from records(scene)
    yield from SEARCHES


def read(client: Client, address: str) -> bytes:
    """Return what an address answers, whatever it changed undone."""
    with transaction.atomic():
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return content


@pytest.mark.parametrize("role", ROLES)
def test_what_is_restricted_is_told_to_its_own_people_and_in_no_answer_to_anybody_else(scene: Scene, role: str) -> None:
    key = ROLES[role]
    client = scene.people[key].client if key else Client()
    client.raise_request_exception = False
    told = {
        (secret, address)
        for address in dict.fromkeys(addresses(scene))
        for content in [read(client, address)]
        for secret in SECRETS
        if f"zq{secret}zq".encode() in content
    }
    leaks = {(secret, address) for secret, address in told if role not in SECRETS[secret].known_to}
    assert leaks == set()
    assert {secret for secret, _ in told} == {key for key, secret in SECRETS.items() if role in secret.known_to}
