"""The main paths on PostgreSQL: migrate, answer, search, import and undo, the sample, the chain, backup and restore."""

import json
import pathlib
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.databases import empty_postgres, run_python

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with empty_postgres() as url:
        yield url


@pytest.fixture(scope="module")
def told(database: str, place: pathlib.Path) -> dict[str, Any]:
    """Return what the walk met; it is walked once for this module."""
    printed = run_python("-m", "tests.postgres.walk", url=database, var=place, timeout=240)
    return json.loads(printed.splitlines()[-1])


def test_every_table_is_laid_and_no_migration_is_missing(told: dict[str, Any]) -> None:
    assert told["migrate"] == {"vendor": "postgresql", "left": "No changes detected"}


def test_a_ticket_is_opened_taken_answered_and_resolved(told: dict[str, Any]) -> None:
    assert told["answer"] == {"number": 1001, "status": "resolved", "version": 4, "told": 5}


def test_search_finds_without_case_and_accents_and_parts_of_an_address(told: dict[str, Any]) -> None:
    assert told["search"] == {
        "kettle": True,
        "KETT": True,
        "zoe": True,
        "Zoë": True,
        "carte hums": True,
        "novak": True,
        "eve@example.test": True,
        "#1001": True,
        "teapot": False,
        "a' | b:*": False,
    }


def test_a_worker_carries_an_import_out_and_it_is_taken_back_whole(told: dict[str, Any]) -> None:
    assert told["import"] == {"state": "done", "written": 3, "gone": 3, "left": 0}


def test_the_sample_service_comes_and_goes(told: dict[str, Any]) -> None:
    assert told["sample"] == {"all_gone": True, "some": True, "shown": True, "summed": True, "left": 0}


def test_the_chain_is_sealed_and_whole(told: dict[str, Any]) -> None:
    assert told["chain"] == {"faults": [], "unsealed": 0, "some": True}


def contents(url: str) -> dict[str, Any]:
    """Return what must be the same after a restore: the ledger, the tickets, and where the numbering stands."""
    asked = {
        "entries": "SELECT string_agg(digest, ',' ORDER BY sequence) FROM ledger_entry",
        "tickets": "SELECT string_agg(number || subject || status, ',' ORDER BY id) FROM desk_ticket",
        "words": "SELECT count(*) FROM desk_search",
        "next_id": "SELECT last_value FROM desk_ticket_id_seq",
    }
    with psycopg.connect(url) as connection:
        return {name: connection.execute(sql).fetchone() for name, sql in asked.items()}


def test_a_backup_is_restored_whole_into_another_database(
    told: dict[str, Any], database: str, place: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    (place / "files").mkdir(exist_ok=True)
    archive = str(tmp_path / "backup.tar")
    run_python("-m", "wellserved", "backup", archive, url=database, var=place)
    with empty_postgres() as other:
        restored = run_python("-m", "wellserved", "restore", archive, url=other, var=tmp_path)
        assert restored.startswith("Restored the backup of ")
        assert contents(other) == contents(database)
        assert told["chain"]["faults"] == []
        assert "0 not sealed yet" in run_python("-m", "wellserved", "ledger", "verify", url=other, var=tmp_path)
