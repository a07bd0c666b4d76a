"""Facts follow the ledger, survive a crash, are checked against the database and name nobody."""

import pathlib
import signal
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.apps.measures.conftest import at, open_in, publish
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.measures import actions, queries
from wellserved.apps.measures.adapters import store
from wellserved.apps.measures.types import Manifest
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db

KILLED = """
import os, sys, pathlib, signal
from django.conf import settings
settings.configure(VAR=sys.argv[1], SECRET_KEY="x")
from wellserved.apps.measures.adapters import store
part, content = store.part_of("segments", "2026-03", [])
store.keep("real", part, content)
(store.folder("real") / "tickets-2026-03-half.parquet.part").write_bytes(b"PAR1 and no more")
os.kill(os.getpid(), signal.SIGKILL)
"""


def manifest() -> Manifest:
    found = store.read_manifest(World.REAL)
    assert found is not None
    return found


def rows(table: str) -> int:
    return sum(part.rows for part in manifest().parts if part.table == table)


def test_facts_are_what_the_database_says(service: dict[str, int]) -> None:
    assert (rows("tickets"), rows("segments"), rows("complaints")) == (6, 10, 0)
    assert queries.faults(world=World.REAL) == ()


def test_only_the_month_that_changed_is_written_again(service: dict[str, int]) -> None:
    open_in(service["Parcels"], at(1).replace(month=2))
    publish()
    before = {(part.table, part.month): part.file for part in manifest().parts}
    open_in(service["Parcels"], at(11))
    publish()
    after = {(part.table, part.month): part.file for part in manifest().parts}
    changed = {key for key in after if after[key] != before.get(key)}
    assert {month for _, month in changed} == {"2026-03"}
    assert ("tickets", "2026-03") in changed
    assert queries.faults(world=World.REAL) == ()


def test_the_same_history_is_written_once(service: dict[str, int]) -> None:
    first = manifest()
    assert actions.export(world=World.REAL, now=at(28)) == first
    assert actions.export(world=World.REAL, now=at(28), anew=True).parts == first.parts


def test_an_export_that_was_killed_leaves_the_old_facts_and_the_next_goes_on(
    service: dict[str, int], facts: pathlib.Path
) -> None:
    before = manifest()
    open_in(service["Parcels"], at(11))
    done = subprocess.run([sys.executable, "-c", KILLED, str(facts.parents[1])], check=False, env={"PYTHONPATH": "src"})
    assert done.returncode == -signal.SIGKILL
    assert manifest() == before
    assert (facts / "tickets-2026-03-half.parquet.part").exists()
    publish()
    assert rows("tickets") == 7
    assert queries.faults(world=World.REAL) == ()
    assert {file.name for file in facts.iterdir()} == {"manifest.json", "lock", *(p.file for p in manifest().parts)}


def test_a_changed_byte_is_found(service: dict[str, int], facts: pathlib.Path) -> None:
    [part] = [each for each in manifest().parts if each.table == "tickets"]
    held = bytearray((facts / part.file).read_bytes())
    held[len(held) // 2] ^= 1
    (facts / part.file).write_bytes(held)
    assert queries.faults(world=World.REAL) == (f"tickets of 2026-03: the file {part.file} was altered.",)


def test_what_is_not_exported_yet_is_named(service: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:
    open_in(service["Parcels"], at(11))
    assert "tickets of 2026-03: 6 facts, but 7 in the database." in queries.faults(world=World.REAL)
    with pytest.raises(SystemExit, match="1"):
        call_command("facts", "verify")
    call_command("facts", "export")
    call_command("facts", "verify")
    assert "The facts are what the database says." in capsys.readouterr().out


def test_no_file_holds_a_name_an_address_or_a_word(service: dict[str, int], facts: pathlib.Path) -> None:
    import pyarrow.parquet as pq

    texts = [str(pq.read_table(facts / part.file).to_pylist()) for part in manifest().parts]
    held = " ".join([*texts, (facts / "manifest.json").read_text()])
    for word in ("Quist", "Nina", "mail.test", "01234", "Secret", "Confidential", "confidence", "Parcels", "Team A"):
        assert word not in held


def test_the_worlds_share_no_file_and_no_code(service: dict[str, int], facts: pathlib.Path) -> None:
    sample = system_actor(world=World.SAMPLE)
    queue = desk.save_queue(actor=sample, name="Parcels", team_id=None, is_default=True, now=at(1))
    open_in(queue, at(3), actor=sample)
    publish(world=World.SAMPLE)
    publish()
    assert rows("tickets") == 6
    [other] = [p for p in store.read_manifest(World.SAMPLE).parts if p.table == "tickets"]
    assert other.rows == 1
    assert (facts.parent / "sample" / other.file).exists()
    assert store.coder(World.REAL)("customer", 1) != store.coder(World.SAMPLE)("customer", 1)
