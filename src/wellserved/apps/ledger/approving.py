"""What may be put up for approval: apps above register each purpose with its own limits and its own fingerprint."""

import dataclasses
import datetime as dt
import decimal
import hashlib
from collections.abc import Callable
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import chain


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a yes would cover: this amount, for this record, at this moment, as part of this approval."""

    approval_id: int
    subject_id: int
    amount: decimal.Decimal | None
    currency: str
    now: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One thing that needs approval.

    `digest_now` returns the fingerprint of the thing as it stands, so that nobody decides on what has changed since.
    `objection` returns why this person may not decide on this amount (a limit of authority), or nothing; `weigh` does
    so where the record and what was approved before count too. Both are asked again when an approval takes effect.
    `hold` is called first and makes two questions that count together wait for each other.
    """

    key: str
    label: str
    digest_now: Callable[[int], str] | None = None
    objection: Callable[[Actor, decimal.Decimal | None], str] | None = None
    weigh: Callable[[Actor, Question], str] | None = None
    hold: Callable[[Actor], None] | None = None

    def refusal(self, actor: Actor, question: Question) -> str:
        """Return why this person may not say yes to this, or nothing."""
        if self.hold:
            self.hold(actor)
        said = self.objection(actor, question.amount) if self.objection else ""
        return said or (self.weigh(actor, question) if self.weigh else "")


registry: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known."""
    registry[purpose.key] = purpose


def fingerprint(content: Any) -> str:
    """Return the digest of what is to be approved; it must hold everything a yes is meant to cover."""
    return hashlib.sha256(chain.canonical(content).encode()).hexdigest()
