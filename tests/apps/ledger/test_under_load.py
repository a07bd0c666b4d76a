"""Many clients at once, on SQLite and on PostgreSQL: gapless numbers, every event heard once, one winner a race."""

import json
from collections.abc import Iterator

import pytest

from tests.databases import empty_postgres, run_python


@pytest.fixture
def postgres() -> Iterator[str]:
    """Return the address of an empty database of its own."""
    with empty_postgres() as url:
        yield url


def trial(url, var, *arguments):
    return json.loads(run_python("-m", "tests.apps.ledger.trial", *arguments, url=url, var=var))


def check(result):
    assert (result["gapless"], result["heard_once"], result["faults"]) == (True, True, [])
    assert result["winners"] == [1] * len(result["winners"])


@pytest.mark.postgres
@pytest.mark.slow
def test_sixteen_writers_and_three_sequencers_on_postgresql(postgres, tmp_path):
    wanted = ("--clients", "16", "--acts", "20", "--sealers", "3", "--deliverers", "3", "--races", "10")
    result = trial(postgres, tmp_path, *wanted)
    assert result["database"] == "postgresql"
    check(result)


@pytest.mark.slow
def test_four_writers_and_two_sequencers_on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path / 'trial.sqlite3'}"
    wanted = ("--clients", "4", "--acts", "20", "--sealers", "2", "--deliverers", "2", "--races", "10")
    result = trial(url, tmp_path, *wanted)
    assert result["database"] == "sqlite"
    check(result)
