"""Where tests find the public data sets, which are kept beside the repository and not in it."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared(relative: str) -> Path:
    """Give the path of a shared file, or skip the test saying which file is absent."""
    path = Path(os.environ.get("WELLSERVED_SHARED", BESIDE)) / relative
    if not path.exists():
        pytest.skip(f"{relative} is not in {path.parent}: set WELLSERVED_SHARED to the shared folder")
    return path
