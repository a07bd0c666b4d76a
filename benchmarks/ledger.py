"""How many sealed acts a second the ledger takes: `python -m benchmarks.ledger` prints JSON.

Each act changes one small row and records it in one transaction while a sequencer seals beside it. PostgreSQL is
measured with 16 clients (target: at least 300 sealed acts a second), SQLite with one and four writers. Verification
speed is measured over a chain of its own.
"""

import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import urllib.parse

try:
    import psycopg
except ModuleNotFoundError:
    sys.exit("This benchmark measures PostgreSQL too and needs psycopg: pip install 'wellserved[postgres]'")

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = os.environ.get("WELLSERVED_TEST_POSTGRES") or "postgres://postgres@127.0.0.1:5432"
TARGET = 300.0


def measure(url: str, clients: int, acts: int) -> dict[str, object]:
    """Run one trial on an empty database and return its figures."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.apps.ledger.trial", "--clients", str(clients), "--acts", str(acts)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def database_at(server: str, name: str) -> str:
    """Return the address of a database of a server given with or without a database of its own.

    >>> database_at("postgres://me@127.0.0.1:5432/postgres", "bench"), database_at("postgres://me@127.0.0.1", "bench")
    ('postgres://me@127.0.0.1:5432/bench', 'postgres://me@127.0.0.1/bench')
    """
    return urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()


def on_postgresql(clients: int, acts: int) -> dict[str, object]:
    """Measure on a database made for this and dropped afterwards."""
    name = f"wellserved_bench_{secrets.token_hex(6)}"
    with psycopg.connect(database_at(SERVER, "postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            return measure(database_at(SERVER, name), clients, acts)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_sqlite(clients: int, acts: int) -> dict[str, object]:
    """Measure on a file made for this."""
    with tempfile.TemporaryDirectory() as folder:
        return measure(f"sqlite:///{folder}/bench.sqlite3", clients, acts)


def main() -> None:
    figures = [on_postgresql(16, 200), on_sqlite(1, 500), on_sqlite(4, 200)]
    met = float(str(figures[0]["sealed_a_second"])) >= TARGET
    print(json.dumps({"target_sealed_a_second": TARGET, "met": met, "trials": figures}, indent=2))
    sys.exit(not met)


if __name__ == "__main__":
    main()
