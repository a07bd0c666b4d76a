"""Sample accounts: the way over for the first hour, and no longer than that."""

import pytest
from django.test import Client

from tests import personas
from wellserved.apps.accounts import actions
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.queries import actor_for, system_actor
from wellserved.platform.origin import Origin, World

pytestmark = pytest.mark.django_db
CHOICE = 'class="worlds"'


def sample(role: str) -> Client:
    client = Client()
    client.force_login(personas.make_user(f"Sample {role}", role, origin=Origin.SAMPLE))
    return client


def world_of(client: Client) -> World:
    return client.get("/today/live").wsgi_request.actor.world


def make_administrator() -> User:
    made = actions.create_user(
        actor=system_actor(), email="own@example.test", name="Own", role="administrator", password="x", now=personas.NOW
    )
    return User.objects.get(pk=made.id)


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_who_imports_may_go_over_until_there_is_an_administrator(role: str) -> None:
    client = sample(role)
    assert CHOICE in client.get("/").content.decode()
    assert client.post("/world", {"world": "real"}).status_code == 302
    assert (world_of(client), client.get("/import").status_code) == (World.REAL, 200)
    make_administrator()
    assert world_of(client) == World.SAMPLE
    assert CHOICE not in client.get("/").content.decode()
    refused = client.post("/world", {"world": "real"}, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (403, "sample_account")
    assert world_of(client) == World.SAMPLE
    assert client.post("/world", {"world": "sample"}).status_code == 302


@pytest.mark.parametrize("role", ["agent", "team_leader", "analyst", "decision_maker"])
def test_other_sample_staff_never_go_over(role: str) -> None:
    client = sample(role)
    assert client.post("/world", {"world": "real"}).status_code == 403
    session = client.session
    session["world"] = "real"
    session.save()
    assert world_of(client) == World.SAMPLE


def test_an_administrator_who_joins_by_invitation_closes_the_way_too(mailoutbox: list) -> None:
    client = sample("administrator")
    client.post("/world", {"world": "real"})
    ada = User.objects.get(origin=Origin.SAMPLE)
    actions.invite(
        actor=actor_for(user=ada, world=World.REAL),
        email="own@example.test",
        name="Own",
        role="administrator",
        team_id=None,
        now=personas.NOW,
    )
    assert world_of(client) == World.REAL
    make_administrator()
    assert world_of(client) == World.SAMPLE


def test_real_staff_look_at_the_sample_and_come_back() -> None:
    client = Client()
    client.force_login(make_administrator())
    assert world_of(client) == World.REAL
    client.post("/world", {"world": "sample"})
    assert world_of(client) == World.SAMPLE
    client.post("/world", {"world": "real"})
    assert world_of(client) == World.REAL
