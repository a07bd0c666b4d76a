"""What may be put up for approval: apps above register each purpose with its own limits and its own fingerprint."""

import dataclasses
import decimal
import hashlib
from collections.abc import Callable
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import chain


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One thing that needs approval.

    `digest_now` returns the fingerprint of the thing as it stands, so that nobody decides on what has changed since.
    `objection` returns why this person may not decide on this amount (a limit of authority), or nothing.
    """

    key: str
    label: str
    digest_now: Callable[[int], str] | None = None
    objection: Callable[[Actor, decimal.Decimal | None], str] | None = None


registry: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known."""
    registry[purpose.key] = purpose


def fingerprint(content: Any) -> str:
    """Return the digest of what is to be approved; it must hold everything a yes is meant to cover."""
    return hashlib.sha256(chain.canonical(content).encode()).hexdigest()
