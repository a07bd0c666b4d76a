"""Backup of a database that is being written to, and its way back; a doubtful file changes nothing."""

import contextlib
import datetime as dt
import io
import os
import pathlib
import sqlite3
import subprocess
import sys
import tarfile
import threading
from typing import Any

import pytest

from wellserved.platform import backup
from wellserved.platform.errors import Conflict, Invalid

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def installation(tmp_path: pathlib.Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Return the database file of an installation of its own, beside its files."""
    path = tmp_path / "here" / "live.sqlite3"
    path.parent.mkdir()
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    settings.MEDIA_ROOT = tmp_path / "here" / "files"
    (settings.MEDIA_ROOT / "ab").mkdir(parents=True)
    (settings.MEDIA_ROOT / "ab" / "cd").write_bytes(b"a photograph")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE pair (a integer, b integer)")
    return path


def write_pairs(path: pathlib.Path, stop: threading.Event) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as live:
        n = 0
        while not stop.is_set():
            n += 1
            live.execute("BEGIN IMMEDIATE")
            live.execute("INSERT INTO pair VALUES (?, NULL)", [n])
            live.execute("UPDATE pair SET b = a WHERE b IS NULL")
            live.execute("COMMIT")


def rows(path: pathlib.Path, sql: str) -> Any:
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchone()[0]


def test_a_backup_while_others_write_is_one_whole_instant_and_comes_back(
    installation: pathlib.Path, tmp_path: pathlib.Path, settings: Any
) -> None:
    stop = threading.Event()
    writer = threading.Thread(target=write_pairs, args=(installation, stop))
    writer.start()
    try:
        while rows(installation, "SELECT count(*) FROM pair") < 20:
            pass
        archive = backup.back_up(target=tmp_path / "backups", now=NOW)
    finally:
        stop.set()
        writer.join()
    assert archive == tmp_path / "backups" / "wellserved-20260302-090000.tar"
    (settings.MEDIA_ROOT / "ab" / "cd").unlink()
    written = rows(installation, "SELECT count(*) FROM pair")
    backup.restore(archive=archive, overwrite=True, now=NOW)
    kept = rows(installation, "SELECT count(*) FROM pair")
    assert 20 <= kept <= written
    assert rows(installation, "SELECT max(a) FROM pair") == kept
    assert rows(installation, "SELECT count(*) FROM pair WHERE b IS NULL OR a <> b") == 0
    assert (settings.MEDIA_ROOT / "ab" / "cd").read_bytes() == b"a photograph"


def damage(archive: pathlib.Path, name: str) -> None:
    """Flip one byte of a member and leave the manifest as it was."""
    with tarfile.open(archive) as source:
        members = [(member, source.extractfile(member).read()) for member in source]  # type: ignore[union-attr]
    with tarfile.open(archive, "w") as target:
        for member, content in members:
            flipped = bytes([content[0] ^ 1]) + content[1:] if member.name == name else content
            target.addfile(member, io.BytesIO(flipped))


@pytest.mark.parametrize("name", ["database.sqlite3", "files/ab/cd"])
def test_a_flipped_bit_is_found_before_anything_is_changed(
    installation: pathlib.Path, tmp_path: pathlib.Path, name: str
) -> None:
    archive = backup.back_up(target=tmp_path / "b.tar", now=NOW)
    damage(archive, name)
    before = installation.read_bytes()
    with pytest.raises(Invalid, match=f"The checksum of {name} in the backup does not match"):
        backup.restore(archive=archive, overwrite=True, now=NOW)
    assert installation.read_bytes() == before


def test_a_file_that_is_no_backup_is_refused(installation: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "b.tar").write_bytes(b"holiday photographs")
    with pytest.raises(Invalid, match="cannot be read as a backup of Wellserved"):
        backup.restore(archive=tmp_path / "b.tar", overwrite=True, now=NOW)


def test_a_member_that_climbs_out_of_the_archive_is_refused(installation: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("../../escaped"), io.BytesIO(b""))
    with pytest.raises(Invalid, match="cannot be read as a backup"):
        backup.restore(archive=tmp_path / "b.tar", overwrite=True, now=NOW)
    assert list(tmp_path.rglob("escaped")) == []


@pytest.mark.django_db
def test_an_installation_in_use_is_replaced_only_with_consent(
    installation: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    archive = backup.back_up(target=tmp_path / "b.tar", now=NOW)
    before = installation.read_bytes()
    with pytest.raises(Conflict, match="Add --yes to replace all of it"):
        backup.restore(archive=archive, overwrite=False, now=NOW)
    assert installation.read_bytes() == before


def test_an_existing_file_is_never_overwritten(installation: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "b.tar").write_bytes(b"the only copy")
    with pytest.raises(Invalid, match="exists already"):
        backup.back_up(target=tmp_path / "b.tar", now=NOW)
    assert (tmp_path / "b.tar").read_bytes() == b"the only copy"


@pytest.mark.slow
def test_the_commands_take_a_whole_installation_there_and_back(tmp_path: pathlib.Path) -> None:
    def run(var: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "WELLSERVED_VAR": str(var),
            "PYTHONPATH": str(pathlib.Path(backup.__file__).parents[3]),
            "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
        }
        command = [sys.executable, "-m", "wellserved", *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    run(tmp_path / "one", "migrate", "--verbosity", "0")
    made = run(tmp_path / "one", "backup", str(tmp_path / "b.tar"))
    assert "keep var/secret-key" in made.stdout
    restored = run(tmp_path / "two", "restore", str(tmp_path / "b.tar"))
    assert (restored.returncode, restored.stdout.partition(" of ")[0]) == (0, "Restored the backup")
    again = run(tmp_path / "two", "restore", str(tmp_path / "b.tar"))
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "There is an installation here already. Add --yes to replace all of it by the backup.\n"
    assert run(tmp_path / "two", "jobs", "list").stdout == "No such jobs.\n"
