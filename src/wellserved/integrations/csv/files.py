"""Uploaded logs on their way in, each kept under a name of our own until its import has ended."""

import hashlib
import pathlib
import secrets

from django.conf import settings

from wellserved.platform.errors import Invalid

LIMIT = 512 * 1024 * 1024


def folder() -> pathlib.Path:
    """Return where uploads wait."""
    found = pathlib.Path(settings.VAR) / "imports"
    found.mkdir(parents=True, exist_ok=True)
    return found


def check_size(size: int) -> None:
    """Refuse a file of more bytes than can be read."""
    if size > LIMIT:
        raise Invalid(f"The file holds {size:,} bytes; up to {LIMIT:,} can be read. Split it by period.")


def keep(data: bytes) -> tuple[str, str]:
    """Write the bytes and return (file name, sha256)."""
    check_size(len(data))
    digest = hashlib.sha256(data).hexdigest()
    name = f"{digest[:24]}-{secrets.token_hex(4)}.log"
    (folder() / name).write_bytes(data)
    return name, digest


def read(name: str) -> bytes:
    """Return the bytes kept under `name`."""
    path = folder() / name
    if not path.exists():
        raise Invalid("The uploaded file is no longer here. Choose it again.")
    return path.read_bytes()


def drop(name: str) -> None:
    """Forget the bytes kept under `name`."""
    if name:
        (folder() / name).unlink(missing_ok=True)
