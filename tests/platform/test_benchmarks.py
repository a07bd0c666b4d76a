"""The benchmark of the ledger takes any server's address, and says what it lacks."""

import pathlib
import runpy
import subprocess
import sys

import pytest

LEDGER = pathlib.Path(__file__).parents[2] / "benchmarks/ledger.py"


@pytest.mark.parametrize(
    "given", ["postgres://me:pw@db:5432", "postgres://me:pw@db:5432/", "postgres://me:pw@db:5432/x"]
)
def test_a_server_is_named_with_or_without_a_database(given: str) -> None:
    assert runpy.run_path(str(LEDGER))["database_at"](given, "bench") == "postgres://me:pw@db:5432/bench"


def test_a_missing_psycopg_is_named() -> None:
    # Without the site's packages there is none.
    done = subprocess.run([sys.executable, "-I", "-S", str(LEDGER)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs psycopg: pip install 'wellserved[postgres]'" in done.stderr
