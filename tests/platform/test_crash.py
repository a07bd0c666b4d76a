"""Workers killed with -9 at random instants: no job is lost and every effect happens exactly once."""

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.databases import empty_postgres

TRIALS = 200 if os.environ.get("WELLSERVED_SOAK") == "1" else 20
SCRIPT = pathlib.Path(__file__).with_name("crash_trials.py")
SOURCE = pathlib.Path(__file__).parents[2] / "src"


def run_trials(database_url: str, folder: pathlib.Path) -> dict[str, object]:
    env = os.environ | {
        "DATABASE_URL": database_url,
        "WELLSERVED_VAR": str(folder),
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
    }
    command = [sys.executable, str(SCRIPT), "--trials", str(TRIALS), "--seed", "20260302"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def postgres_url() -> Iterator[str]:
    with empty_postgres() as url:
        yield url


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_on_sqlite_every_effect_happens_exactly_once(tmp_path: pathlib.Path) -> None:
    outcome = run_trials(f"sqlite:///{tmp_path / 'trial.sqlite3'}", tmp_path)
    assert outcome["effects_wanted"] == outcome["effects_found"] == 8 * TRIALS
    assert (outcome["each_exactly_once"], outcome["unfinished"]) == (True, 0)
    assert outcome["deaths"] != 0


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(900)
def test_on_postgresql_every_effect_happens_exactly_once(tmp_path: pathlib.Path, postgres_url: str) -> None:
    outcome = run_trials(postgres_url, tmp_path)
    assert outcome["effects_wanted"] == outcome["effects_found"] == 8 * TRIALS
    assert (outcome["each_exactly_once"], outcome["unfinished"]) == (True, 0)
    assert outcome["deaths"] != 0
