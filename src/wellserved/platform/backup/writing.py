"""Write a backup while people work."""

import contextlib
import datetime as dt
import io
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from typing import Any

from django.conf import settings
from django.db import connection

import wellserved
from wellserved.platform.backup.manifest import DATABASES, NAME, Manifest, describe
from wellserved.platform.errors import Invalid, ServiceError

BUSY_SECONDS = 60.0


def back_up(*, target: pathlib.Path, now: dt.datetime) -> pathlib.Path:
    """Write the database as of one instant, the files and their checksums into one archive; return its path.

    `target` is a file name ending in `.tar`, or a folder, in which the file is named after the instant.
    """
    archive = target if target.suffix == ".tar" else target / f"wellserved-{now:%Y%m%d-%H%M%S}.tar"
    if archive.exists():
        raise Invalid(f"{archive} exists already. Name another file.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    engine = connection.vendor
    with tempfile.TemporaryDirectory(dir=archive.parent) as scratch:
        copy = pathlib.Path(scratch) / DATABASES[engine]
        (copy_sqlite if engine == "sqlite" else dump_postgres)(copy)
        # Files are never changed once written, so listing them after the database holds all that its rows name.
        members = {copy.name: copy, **_media()}
        manifest = Manifest(
            version=wellserved.__version__,
            engine=engine,
            made_at=now.isoformat(),
            files={name: describe(file) for name, file in members.items()},
        )
        part = pathlib.Path(scratch) / "part"
        _write(part, manifest, members)
        os.replace(part, archive)  # noqa: PTH105 (atomic within the folder: a half-written backup never has the name)
    archive.chmod(0o600)
    return archive


def copy_sqlite(target: pathlib.Path) -> None:
    """Copy the live SQLite database as of one instant; readers and the write-ahead log keep everybody working."""
    with (
        contextlib.closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=BUSY_SECONDS)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def dump_postgres(target: pathlib.Path) -> None:
    """Dump the PostgreSQL database as of one instant."""
    run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def run_postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database."""
    if shutil.which(program) is None:
        raise Invalid(f"{program} is not installed. Install PostgreSQL's client programs and try again.")
    database: dict[str, Any] = settings.DATABASES["default"]
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = os.environ | {name: str(database[key]) for name, key in given.items() if database.get(key)}
    done = subprocess.run([program, *arguments], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ServiceError(f"{program} failed: {done.stderr.strip()[-500:]}")


def _media() -> dict[str, pathlib.Path]:
    root = pathlib.Path(settings.MEDIA_ROOT)
    return {f"files/{file.relative_to(root)}": file for file in sorted(root.rglob("*")) if file.is_file()}


def _write(part: pathlib.Path, manifest: Manifest, members: dict[str, pathlib.Path]) -> None:
    text = manifest.as_bytes()
    with tarfile.open(part, "w") as archive:
        head = tarfile.TarInfo(NAME)
        head.size = len(text)
        archive.addfile(head, io.BytesIO(text))
        for name, file in members.items():
            archive.add(file, arcname=name, recursive=False)
