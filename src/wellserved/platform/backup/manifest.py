"""What a backup says about itself: every file with its size and SHA-256."""

import dataclasses
import hashlib
import json
import pathlib
from typing import Any

NAME = "manifest.json"
FORMAT = 1
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The first member of the archive."""

    version: str
    engine: str
    made_at: str
    files: dict[str, dict[str, Any]]
    format: int = FORMAT

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """Return the manifest written as `text`; raises ValueError or TypeError for anything else."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError("unknown format")
        return cls(**data)

    def as_bytes(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True).encode()


def describe(file: pathlib.Path) -> dict[str, Any]:
    """Return size and digest of a file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return {"size": file.stat().st_size, "sha256": digest.hexdigest()}
