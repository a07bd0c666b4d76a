"""Empty databases for tests that run a process of their own on one."""

import contextlib
import os
import pathlib
import secrets
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator

import psycopg
import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
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
