import pytest

from tests.apps.ledger import world
from wellserved.apps.ledger import subjects
from wellserved.platform import events


@pytest.fixture(autouse=True)
def _registries(monkeypatch):
    monkeypatch.setattr(subjects, "registry", {})
    monkeypatch.setattr(events, "subscriptions", {})
    world.register_kind()


@pytest.fixture
def manager(db):
    return world.person("Mina Patel", "manager")


@pytest.fixture
def agent(db):
    return world.person("Ada Byron", "agent")
