import pytest

from tests.apps.ledger import world
from wellserved.apps.ledger import subjects
from wellserved.apps.thread import kinds, panels


@pytest.fixture(autouse=True)
def _registries(monkeypatch):
    monkeypatch.setattr(subjects, "registry", {})
    monkeypatch.setattr(kinds, "registry", {})
    monkeypatch.setattr(panels, "registry", {})
    for key, step in [
        ("test.standard", "standard"),
        ("test.ticket", "clock"),
        ("test.problem", "problem"),
        ("test.change", "change"),
        ("test.note", ""),
    ]:
        kinds.register(
            kinds.Kind(
                key=key,
                label=key.removeprefix("test.").capitalize(),
                url=lambda i, key=key: f"/{key}/{i}",
                titles=lambda ids, key=key: {i: f"{key} {i}" for i in ids},
                policy=world.visible,
                step=step,
            )
        )


@pytest.fixture
def manager(db):
    return world.person("Mina Patel", "manager")


@pytest.fixture
def agent(db):
    return world.person("Ada Byron", "agent")
