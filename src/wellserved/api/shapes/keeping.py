"""Referrals, comfort checks and notices on the wire."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from wellserved.api.shapes.wire import After, Given, Id, Limit, Moment, Told
from wellserved.apps.desk.types.referrals import ReferralKind

Question = Annotated[str, Field(min_length=1, max_length=2000)]
Answer = Annotated[str, Field(max_length=2000)]
Money = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
Remedy = Annotated[str, Field(max_length=40)]


class NoticeQuery(Given):
    """Which page of notices."""

    after: After | None = None
    limit: Limit = 50


class ReferralQuery(NoticeQuery):
    """Which referrals: open, mine, asked or decided."""

    view: str = Field("open", max_length=20)


class SilenceQuery(NoticeQuery):
    """Which silences: overdue, due or all."""

    view: str = Field("overdue", max_length=20)


class Asked(Given):
    """A matter put to a colleague: what is asked, of whom, by when, and what is proposed."""

    kind: ReferralKind = ReferralKind.DECISION
    question: Question
    asked_of_id: Id
    due_at: Moment
    remedy: Remedy = ""
    amount: Money | None = None


class ReferralDecision(Given):
    """What becomes of it: granted as proposed, on other terms, or refused; the last two with a reason."""

    outcome: Literal["granted", "other", "refused"]
    answer: Answer = ""
    remedy: Remedy = ""
    amount: Money | None = None


class Advice(Given):
    """What whoever was asked says."""

    answer: Question


class Back(Given):
    """Why a referral comes back undecided."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class Onward(Given):
    """To whom a referral goes, and why."""

    to_id: Id
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class Referral(Told):
    """A matter put to a colleague; the ticket keeps its owner."""

    id: int
    ticket_id: int
    number: int
    subject: str
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


class Silence(Told):
    """An open ticket, and how long its customer has heard nothing."""

    ticket_id: int
    number: int
    subject: str
    customer: str
    assignee: str
    last_told_at: dt.datetime
    silent_seconds: int
    due_at: dt.datetime | None
    is_overdue: bool


class Comfort(Told):
    """What a customer was asked, and what she answered."""

    id: int
    moment: str
    about: str
    asked_by: str
    asked_at: dt.datetime
    answer: str
    words: str
    answered_at: dt.datetime | None
    settled_at: dt.datetime | None
    settled_how: str
    is_uneasy: bool


class NoticeItem(Told):
    """A notice to many customers."""

    id: int
    title: str
    created_by: str
    created_at: dt.datetime
    sent_at: dt.datetime | None
    tickets: int
    told: int
