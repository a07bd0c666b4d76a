"""Eight people reach for the same thing at once, on both databases; WELLSERVED_SOAK=1 asks for many more rounds."""

import json
import os
import pathlib

import pytest

from tests.databases import empty_postgres, run_python

SOAK = os.environ.get("WELLSERVED_SOAK") == "1"
LENGTH = ("--rounds", "500", "--seconds", "240") if SOAK else ("--rounds", "25", "--seconds", "10")

# Each round of a race must come to exactly this.
WANTED = {
    "take": {
        "won": 1,
        "refused": {"stale": 7},
        "told_who": True,
        "assignee_is_winner": True,
        "versions": 1,
        "facts": 1,
        "entries": 1,
    },
    "reply": {"won": 1, "refused": {"stale": 7}, "replies": 1, "mails": 1, "entries": 1},
    "approve": {"won": 1, "refused": {"already_settled": 7}, "votes": 1, "state": "approved"},
    "grant": {"won": 3, "refused": {"over_authority": 5}, "granted": "90.00"},
    "halves": {"won": 3, "refused": {"over_authority": 5}, "agreed": "9000.00"},
    "arrive": {"won": 8, "refused": {}, "consecutive": True, "customers": 1},
    "storm": {"faults": {}, "all_words_kept": True},
}


def race(url: str, var: pathlib.Path) -> dict[str, object]:
    told = run_python("-m", "tests.races.trial", *LENGTH, url=url, var=var, timeout=1700 if SOAK else 280)
    return json.loads(told.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.timeout(1800 if SOAK else 300)
def test_every_race_on_sqlite_has_one_outcome(tmp_path: pathlib.Path) -> None:
    told = race(f"sqlite:///{tmp_path / 'trial.sqlite3'}", tmp_path)
    assert told["database"] == "sqlite"
    assert told["races"] == {name: [outcome] for name, outcome in WANTED.items()}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(1800 if SOAK else 300)
def test_every_race_on_postgresql_has_one_outcome(tmp_path: pathlib.Path) -> None:
    with empty_postgres() as url:
        told = race(url, tmp_path)
    assert told["database"] == "postgresql"
    assert told["races"] == {name: [outcome] for name, outcome in WANTED.items()}
