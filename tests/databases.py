"""Empty databases for tests that run a process of their own on one."""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Iterator

import psycopg
import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = ROOT / ".pytest_cache" / "laid"
DATABASE = "wellserved.sqlite3"
SERVER = os.environ.get("WELLSERVED_TEST_POSTGRES") or "postgres://postgres@127.0.0.1:5432"


@contextlib.contextmanager
def empty_postgres() -> Iterator[str]:
    """Make an empty PostgreSQL database, yield its address and drop it; skip when no server answers."""
    server = urllib.parse.urlsplit(SERVER)._replace(path="/postgres").geturl()
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL server answers at {SERVER}; set WELLSERVED_TEST_POSTGRES")
    name = f"wellserved_trial_{secrets.token_hex(6)}"
    with contextlib.closing(connection):
        connection.execute(f'CREATE DATABASE "{name}"')
        # Nothing of it needs to survive a power cut.
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        try:
            yield urllib.parse.urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run_python(*arguments: str, url: str, var: pathlib.Path, timeout: float = 110) -> str:
    """Run `python ARGUMENTS` on the database at `url` and return what it printed; its failure fails the test."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": url,
            "WELLSERVED_VAR": str(var),
            "WELLSERVED_LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def laid() -> pathlib.Path:
    """Return a SQLite file with every table and no row of ours; migrated once for each state of the migrations.

    Laying the tables takes as long as hundreds of tests, so the processes of a run share one file and copy it.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / f"{_state_of_migrations()}.sqlite3"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as var:
                run_python(
                    "-m", "wellserved", "migrate", "--verbosity", "0", url="", var=pathlib.Path(var), timeout=600
                )
                (pathlib.Path(var) / DATABASE).replace(file)
    return file


def _state_of_migrations() -> str:
    packages = sorted(f"{package.name} {package.version}" for package in importlib.metadata.distributions())
    digest = hashlib.sha256("\n".join(packages).encode())
    for file in sorted((ROOT / "src").rglob("migrations/*.py")):
        digest.update(f"\n{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:20]
