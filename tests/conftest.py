"""Fixtures every test may use: the cast, their teams, the moment now."""

import datetime as dt
import os
import pathlib
import shutil
from collections.abc import Callable, Generator

import hypothesis
import pytest
from django.conf import settings as installation
from django.core.cache import cache
from pytest_django import Settings

from tests import databases, personas
from wellserved.apps.accounts.models import Team
from wellserved.platform.origin import World

# A busy machine is no fault of what is tested: how long something takes is measured in `benchmarks`.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With WELLSERVED_REQUIRE_ALL=1, a test skipped for a missing part counts as failed."""
    report = yield
    if os.environ.get("WELLSERVED_REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        where, line, reason = report.longrepr
        if "shared reference data" in reason and os.environ.get("WELLSERVED_WITHOUT_SHARED") == "1":
            return report
        report.outcome = "failed"
        report.longrepr = f"{where}:{line}: {reason} (WELLSERVED_REQUIRE_ALL=1 asks for every part)"
    return report


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin on a copy of the laid tables, so that nothing is left to migrate."""
    database = installation.DATABASES["default"]
    is_file = database["ENGINE"].endswith("sqlite3")
    if is_file:
        shutil.copyfile(databases.laid(), pathlib.Path(database["TEST"]["NAME"]))
    return is_file


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings: Settings) -> None:
    # Django's test runner swaps the backend for one of its own; ours is what is tested.
    settings.EMAIL_BACKEND = "wellserved.platform.mail.OutboxBackend"


@pytest.fixture
def now() -> dt.datetime:
    return personas.NOW


@pytest.fixture
def team_a(db: None) -> Team:
    return personas.make_team("Team A")


@pytest.fixture
def team_b(db: None) -> Team:
    return personas.make_team("Team B")


@pytest.fixture
def persona(db: None) -> Callable[[str], personas.Persona]:
    """Return the maker of the cast, for tests that walk all of it."""
    return personas.make_persona


@pytest.fixture
def sample_world() -> World:
    return World.SAMPLE


def _fixture_of(key: str) -> Callable[[None], personas.Persona]:
    def make(db: None) -> personas.Persona:
        return personas.make_persona(key)

    make.__doc__ = f"{personas.CAST[key][0]}, {personas.CAST[key][1]}."
    return pytest.fixture(name=key)(make)


amira = _fixture_of("amira")
lena = _fixture_of("lena")
ben = _fixture_of("ben")
chloe = _fixture_of("chloe")
anna = _fixture_of("anna")
frank = _fixture_of("frank")
ada = _fixture_of("ada")
dev = _fixture_of("dev")
eve = _fixture_of("eve")
