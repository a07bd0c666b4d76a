"""Referrals as they leave the desk."""

import dataclasses
import datetime as dt
from decimal import Decimal

from django.db import models


class ReferralKind(models.TextChoices):
    """What is asked for."""

    DECISION = "decision", "Decision"
    ADVICE = "advice", "Advice"


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    WAITING = "waiting", "Waiting"
    ACCEPTED = "accepted", "Accepted"
    GRANTED = "granted", "Granted"
    OTHER = "other", "Other terms"
    REFUSED = "refused", "Refused"
    ADVISED = "advised", "Advised"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN_REFERRALS = (ReferralState.WAITING, ReferralState.ACCEPTED)
GRANTING = (ReferralState.GRANTED, ReferralState.OTHER)
DECIDED = (ReferralState.GRANTED, ReferralState.OTHER, ReferralState.REFUSED)
VIEWS = {"mine": "Put to me", "asked": "Asked by me", "open": "All open", "decided": "Decided"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """A referral as a list, a ticket and its own page show it."""

    id: int
    ticket_id: int
    number: int
    subject: str
    customer: str
    kind: str
    state: str
    question: str
    remedy: str
    amount: Decimal | None
    asked_by_id: int
    asked_by: str
    asked_at: dt.datetime
    asked_of_id: int
    asked_of: str
    due_at: dt.datetime
    accepted_at: dt.datetime | None
    closed_at: dt.datetime | None
    closed_by: str
    answer: str
    granted_remedy: str
    granted_amount: Decimal | None
    used_at: dt.datetime | None
    owner: str
    is_overdue: bool
    version: int

    @property
    def is_open(self) -> bool:
        """Return whether somebody still has to answer."""
        return self.state in OPEN_REFERRALS

    @property
    def is_usable(self) -> bool:
        """Return whether something was granted that the customer has not been given yet."""
        return self.state in GRANTING and self.granted_amount is not None and self.used_at is None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PassRow:
    """One step of a referral from hand to hand."""

    at: dt.datetime
    by: str
    before: str
    after: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """One page of the register."""

    rows: tuple[ReferralRow, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFigures:
    """How far authority reaches: counts of the last `days` days."""

    days: int
    solved: int
    solved_first: int
    decided: int
    decided_otherwise: int
    open: int
    overdue: int
    mine: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Adviser:
    """A colleague who may be asked: what she knows, whether she is here, what she may decide, how high she stands.

    `limits` holds (remedy, amount, currency) of all she may grant alone.
    """

    id: int
    name: str
    role_name: str
    level: int
    job_title: str
    topics: tuple[str, ...]
    teams: tuple[str, ...]
    cover: str
    is_here: bool
    limits: tuple[tuple[str, Decimal, str], ...]
