"""The arithmetic of the chain: canonical text, commitments and digests. Pure, so that anyone can repeat it.

A commitment is sha256(salt + content), the salt being 32 hexadecimal characters. A digest is
sha256(previous digest + canonical JSON of the entry), in hexadecimal; the first previous digest is 64 zeros.
"""

import dataclasses
import datetime as dt
import hashlib
import json
from typing import Any

GENESIS = "0" * 64
SALT_LENGTH = 32


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SealedFacts:
    """Every column of an entry that its digest covers."""

    id: int
    sequence: int
    occurred_at: str
    recorded_at: str
    actor_id: int | None
    action: str
    subject_kind: str
    subject_id: int
    origin: str
    event: str
    data: str
    commitments: str


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, plain ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)


def instant(moment: dt.datetime) -> str:
    """Return the one text of an instant: UTC, microseconds always written."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(*, salt: str, content: str) -> str:
    """Return the salted hash that stands in the chain for a value."""
    return _sha256(salt + content)


def digest(previous: str, facts: SealedFacts) -> str:
    """Return the digest of an entry that follows `previous`."""
    columns = {field: getattr(facts, field) for field in SealedFacts.__slots__}
    return _sha256(previous + canonical(columns))


def _sha256(text: str) -> str:
    # Damaged bytes read from a database arrive as lone surrogates: they must hash, differently, and never raise.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
