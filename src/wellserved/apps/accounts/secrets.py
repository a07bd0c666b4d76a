"""Random secrets that are shown once and kept as hashes."""

import hashlib
import secrets

TOKEN_MARK = "ws_"  # noqa: S105 (the public beginning of every token, by which leaked ones are found)


def make_secret() -> str:
    """Return 256 random bits as text fit for an address."""
    return secrets.token_urlsafe(32)


def hash_secret(raw: str) -> str:
    """Return what is kept of a secret. A fast hash is enough: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(raw.encode()).hexdigest()
