"""Files on disk, each under a random id: no name that somebody gave it ever touches a path."""

import hashlib
import pathlib
import secrets
from collections.abc import Iterable

from django.conf import settings


def _location(path: str) -> pathlib.Path:
    return pathlib.Path(settings.MEDIA_ROOT) / path


def store(chunks: Iterable[bytes], *, most: int) -> tuple[str, int, str] | None:
    """Write the chunks and return path, size and sha256; None, with nothing left behind, when they exceed `most`."""
    name = secrets.token_hex(16)
    path = f"{name[:2]}/{name}"
    location = _location(path)
    location.parent.mkdir(parents=True, exist_ok=True)
    size, sha256 = 0, hashlib.sha256()
    with location.open("xb") as target:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                break
            sha256.update(chunk)
            target.write(chunk)
    if size > most:
        location.unlink()
        return None
    location.chmod(0o600)
    return path, size, sha256.hexdigest()


def head(path: str, *, length: int) -> bytes:
    """Return the first bytes of a stored file."""
    with _location(path).open("rb") as source:
        return source.read(length)


def locate(path: str) -> str:
    """Return where a stored file lies."""
    return str(_location(path))


def remove(path: str) -> bool:
    """Remove a stored file and return whether it was there."""
    location = _location(path)
    there = location.exists()
    location.unlink(missing_ok=True)
    return there
