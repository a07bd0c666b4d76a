"""Many clients at once, on SQLite and on PostgreSQL: gapless numbers, every event heard once, one winner a race."""

import json
import os
import pathlib
import secrets
import subprocess
import sys

import psycopg
import pytest

ROOT = pathlib.Path(__file__).parents[3]
SERVER = os.environ.get("WELLSERVED_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432").removesuffix("/postgres")


@pytest.fixture
def postgres():
    """Return the address of an empty database of its own."""
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL server answers at {SERVER}; set WELLSERVED_TEST_POSTGRES")
    name = f"wellserved_trial_{secrets.token_hex(6)}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield f"{SERVER}/{name}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def trial(url, *arguments):
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.apps.ledger.trial", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def check(result):
    assert (result["gapless"], result["heard_once"], result["faults"]) == (True, True, [])
    assert result["winners"] == [1] * len(result["winners"])


@pytest.mark.postgres
@pytest.mark.slow
def test_sixteen_writers_and_three_sequencers_on_postgresql(postgres):
    result = trial(postgres, "--clients", "16", "--acts", "20", "--sealers", "3", "--deliverers", "3", "--races", "10")
    assert result["database"] == "postgresql"
    check(result)


@pytest.mark.slow
def test_four_writers_and_two_sequencers_on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path / 'trial.sqlite3'}"
    result = trial(url, "--clients", "4", "--acts", "20", "--sealers", "2", "--deliverers", "2", "--races", "10")
    assert result["database"] == "sqlite"
    check(result)
