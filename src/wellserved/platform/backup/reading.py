"""Check a backup, and put it back."""

import contextlib
import datetime as dt
import pathlib
import shutil
import sqlite3
import tarfile
import tempfile

from django.conf import settings
from django.db import connection, connections

from wellserved.platform.backup.manifest import DATABASES, NAME, Manifest, describe
from wellserved.platform.backup.writing import run_postgres
from wellserved.platform.errors import Conflict, Invalid


def verify(*, archive: pathlib.Path, into: pathlib.Path) -> Manifest:
    """Unpack the archive into an empty folder and check every file against its manifest; raises Invalid on doubt."""
    try:
        with tarfile.open(archive, "r") as source:
            source.extractall(into, filter="data")
        manifest = Manifest.read((into / NAME).read_bytes())
    except FileNotFoundError as error:
        raise Invalid(f"{archive} is not a backup of Wellserved: {error.filename} is missing.") from error
    except (tarfile.TarError, OSError, ValueError, TypeError) as error:
        raise Invalid(f"{archive} cannot be read as a backup of Wellserved. Nothing was changed.") from error
    found = {str(file.relative_to(into)) for file in into.rglob("*") if file.is_file()} - {NAME}
    if strange := found.symmetric_difference(manifest.files):
        raise Invalid(f"The backup does not hold what it says: {', '.join(sorted(strange)[:3])}. Nothing was changed.")
    for name, described in manifest.files.items():
        if describe(into / name) != described:
            raise Invalid(f"The checksum of {name} in the backup does not match. Nothing was changed.")
    return manifest


def restore(*, archive: pathlib.Path, overwrite: bool, now: dt.datetime) -> Manifest:
    """Replace database and files by those of the backup, after all of it has been checked.

    An installation that holds anything is only replaced when `overwrite` is true. The files replaced are kept beside,
    in a folder named after the instant.
    """
    media = pathlib.Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent) as scratch:
        folder = pathlib.Path(scratch)
        manifest = verify(archive=archive, into=folder)
        if manifest.engine != connection.vendor:
            raise Invalid(
                f"The backup was made of {manifest.engine}, and DATABASE_URL names {connection.vendor}. "
                f"Set DATABASE_URL to a {manifest.engine} database."
            )
        if not overwrite and is_in_use():
            raise Conflict("There is an installation here already. Add --yes to replace all of it by the backup.")
        database = folder / DATABASES[manifest.engine]
        (put_back_sqlite if manifest.engine == "sqlite" else put_back_postgres)(database)
        if media.exists():
            media.rename(media.with_name(f"{media.name}-before-{now:%Y%m%d-%H%M%S}"))
        if (folder / "files").exists():
            shutil.move(folder / "files", media)
    return manifest


def is_in_use() -> bool:
    """Return whether the database holds any table."""
    return bool(connection.introspection.table_names())


def put_back_sqlite(copy: pathlib.Path) -> None:
    """Write the copy over the live database in one transaction, after SQLite itself has found it sound."""
    with contextlib.closing(sqlite3.connect(copy)) as source:
        (verdict,) = source.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise Invalid(f"The database in the backup is damaged ({verdict}). Nothing was changed.")
        connections.close_all()
        with contextlib.closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)) as live:
            source.backup(live)
            live.execute("PRAGMA journal_mode=WAL")


def put_back_postgres(dump: pathlib.Path) -> None:
    """Load the dump over the database, all or nothing."""
    connections.close_all()
    database = settings.DATABASES["default"]["NAME"]
    run_postgres(
        *("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"),
        f"--dbname={database}",
        str(dump),
    )
