"""A long load and people at work on SQLite: nobody waits more than 150 ms."""

import os
import pathlib
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import connection

from wellserved.platform import manners

LONGEST_WAIT = 0.150

LOADER = """
import django; django.setup()
from django.db import connection
from wellserved.platform.manners import short_writes

def write(chunk):
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO loaded (n, text) VALUES (%s, %s)", [(n, "x" * 200) for n in chunk])

print("ready", flush=True)
print(short_writes(range(20_000), write), flush=True)
"""


@pytest.mark.slow
def test_a_person_saving_during_a_long_load_waits_150_milliseconds_at_most(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "load.sqlite3"
    person = sqlite3.connect(path, timeout=20, isolation_level=None)
    person.execute("PRAGMA journal_mode=WAL")
    person.execute("CREATE TABLE loaded (n integer, text text)")
    person.execute("CREATE TABLE saved (n integer)")
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "WELLSERVED_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
        "PYTHONPATH": str(pathlib.Path(manners.__file__).parents[2]),
    }
    loader = subprocess.Popen([sys.executable, "-c", LOADER], env=env, stdout=subprocess.PIPE, text=True)
    assert loader.stdout is not None
    assert loader.stdout.readline() == "ready\n"
    waits = []
    while loader.poll() is None:
        begun = time.perf_counter()
        person.execute("BEGIN IMMEDIATE")
        person.execute("INSERT INTO saved VALUES (1)")
        person.execute("COMMIT")
        waits.append(time.perf_counter() - begun)
        time.sleep(0.01)
    assert loader.stdout.read() == "20000\n"
    assert person.execute("SELECT count(*) FROM loaded").fetchone() == (20_000,)
    person.close()
    loader.stdout.close()
    assert len(waits) >= 20
    assert max(waits) <= LONGEST_WAIT, f"longest of {len(waits)} waits: {max(waits) * 1000:.0f} ms"


@pytest.mark.django_db(transaction=True)
def test_each_chunk_has_a_transaction_of_its_own_and_a_rest_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    chunks: list[list[int]] = []

    def write(chunk: list[int]) -> None:
        assert connection.in_atomic_block
        chunks.append(chunk)

    assert manners.short_writes(range(100), write) == 100
    assert [n for chunk in chunks for n in chunk] == list(range(100))
    assert len(chunks[0]) == manners.FIRST_CHUNK
    assert len(rests) == len(chunks)
    assert max(rests) <= 0.030


def test_a_chunk_shrinks_at_once_and_grows_by_half() -> None:
    assert manners.next_size(size=100, held=0.060, budget=0.020) == 20
    assert manners.next_size(size=100, held=0.012, budget=0.020) == 100
    assert manners.next_size(size=100, held=0.0, budget=0.020) == 150
    assert manners.next_size(size=1, held=5.0, budget=0.020) == 1
    assert manners.next_size(size=1, held=0.0, budget=0.020) == 2
