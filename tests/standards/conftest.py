"""The sample service, and its people at their screens: what the rows are proved on, written by no test."""

import datetime as dt
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.sample import loaded
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Role
from wellserved.platform import clock
from wellserved.platform.origin import Origin

NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=dt.UTC)
DAYS = 20
HERE = pathlib.Path(__file__).parent


class Colleague:
    """Somebody of the sample service, signed in to a browser."""

    def __init__(self, role: str) -> None:
        self.user = User.objects.filter(origin=Origin.SAMPLE, role=role, is_active=True).order_by("pk")[0]
        self.client = Client()
        self.client.force_login(self.user)

    def read(self, address: str) -> str:
        """Return a page as text without marks."""
        page = self.client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))

    def ask(self, path: str) -> Any:
        """Return what the API answers."""
        answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, (path, answer.content)
        return answer.json()

    def send(self, address: str, **fields: Any) -> Any:
        """Send a form and return the answer, which leads on."""
        answer = self.client.post(address, fields)
        assert answer.status_code == 302, (address, answer.status_code, answer.content[-2000:])
        return answer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the rows of a module on one worker, where they share one load of the sample."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="module")
def sample_of_today(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[dt.datetime]:
    """Load the sample service as of now; a module says by DAYS how much history it wants."""
    days = getattr(request.module, "DAYS", DAYS)
    with (
        django_db_blocker.unblock(),
        loaded(tmp_path_factory.mktemp("var"), now=clock.now(), days=days, is_today=True) as now,
    ):
        yield now


@pytest.fixture(scope="module")
def sample_of_march(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dt.datetime]:
    """Load the sample service as of a Tuesday morning in March."""
    with django_db_blocker.unblock(), loaded(tmp_path_factory.mktemp("var"), now=NOW, days=DAYS) as now:
        yield now


@pytest.fixture
def sample(sample_of_march: dt.datetime, db: None, monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """Let the sample's clock stand."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def manager(sample: dt.datetime) -> Colleague:
    return Colleague(Role.MANAGER)


@pytest.fixture
def leader(sample: dt.datetime) -> Colleague:
    return Colleague(Role.TEAM_LEADER)


@pytest.fixture
def agent(sample: dt.datetime) -> Colleague:
    return Colleague(Role.AGENT)
