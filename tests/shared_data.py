"""Finds the reference data that is handed out beside the repository rather than inside it."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def shared(path: str) -> Path:
    """Return a file of the shared reference data, or skip the test naming what is missing."""
    root = Path(os.environ.get("WELLSERVED_SHARED") or REPOSITORY.parent / "shared")
    found = root / path
    if not found.exists():
        pytest.skip(f"needs {path} of the shared reference data; set WELLSERVED_SHARED to its folder")
    return found
