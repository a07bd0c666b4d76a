"""End a referral: decide it, advise, give it back with a reason, or withdraw it."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import granting
from wellserved.apps.desk.actions.referrals import holding, using
from wellserved.apps.desk.actions.referrals.asking import check_amount
from wellserved.apps.desk.events import ReferralAnswered
from wellserved.apps.desk.models import Referral
from wellserved.apps.desk.policies import referrals as policies
from wellserved.apps.desk.types.referrals import DECIDED, GRANTING, ReferralKind, ReferralState
from wellserved.apps.people.queries import REMEDIES
from wellserved.platform.errors import Invalid

_FIELDS = ("state", "closed_at", "closed_by", "answer", "version")


@transaction.atomic
def decide(
    *,
    actor: Actor,
    referral_id: int,
    outcome: str,
    answer: str = "",
    remedy: str = "",
    amount: Decimal | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Decide what was asked: granted as proposed, on other terms, or refused with a reason; return the version.

    What is granted uses the decider's own authority at this moment, whatever it was when she was asked; the referrer
    then gives it to the customer.
    """
    row = holding.locked(actor=actor, referral_id=referral_id, version=version)
    holding.require_open(row)
    policies.require_asked(actor, asked_of_id=row.asked_of_id)
    policies.require_not_own(actor, asked_by_id=row.asked_by_id)
    if row.kind != ReferralKind.DECISION or outcome not in DECIDED:
        raise Invalid("Grant it, grant it on other terms, or refuse it.", code="referral_outcome", field="outcome")
    if outcome != ReferralState.GRANTED or not row.amount:
        answer = holding.read_words(
            answer, missing="Say why: whoever asked has to tell the customer.", code="reason_required"
        )
    if outcome == ReferralState.GRANTED:
        remedy, amount = row.remedy, row.amount
    elif outcome == ReferralState.OTHER and (remedy or amount):
        if remedy not in REMEDIES:
            raise Invalid(f"What is granted is one of {', '.join(REMEDIES)}.", code="unknown_remedy", field="remedy")
        check_amount(amount)
    if outcome in GRANTING and amount is not None:
        granting.grant(
            actor=actor,
            ticket_id=row.ticket_id,
            kind=remedy,
            amount=amount,
            asked_by=row.asked_by_id,
            note=using.NOTE,
            now=now,
        )
        row.granted_remedy, row.granted_amount = remedy, amount
    return _end(row, outcome, actor=actor, answer=answer.strip(), now=now)


@transaction.atomic
def give_advice(*, actor: Actor, referral_id: int, answer: str, version: int | None = None, now: dt.datetime) -> int:
    """Advise whoever asked; the decision stays with her. Return the version."""
    row = holding.locked(actor=actor, referral_id=referral_id, version=version)
    holding.require_open(row)
    policies.require_asked(actor, asked_of_id=row.asked_of_id)
    if row.kind != ReferralKind.ADVICE:
        raise Invalid("This asks for a decision: grant it or refuse it.", code="referral_outcome", field="outcome")
    answer = holding.read_words(answer, missing="Write your advice.", code="referral_advice")
    return _end(row, ReferralState.ADVISED, actor=actor, answer=answer, now=now)


@transaction.atomic
def give_back(*, actor: Actor, referral_id: int, reason: str, version: int | None = None, now: dt.datetime) -> int:
    """Give it back to whoever asked, undecided; never without a reason. Return the version."""
    row = holding.locked(actor=actor, referral_id=referral_id, version=version)
    holding.require_open(row)
    policies.require_asked(actor, asked_of_id=row.asked_of_id)
    reason = holding.read_words(
        reason,
        missing="Say why you give it back: a referral never comes back without a reason.",
        code="reason_required",
        longest=holding.LONGEST_REASON,
    )
    return _end(row, ReferralState.RETURNED, actor=actor, answer=reason, now=now)


@transaction.atomic
def withdraw(*, actor: Actor, referral_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Take back what one has asked, because it is no longer needed. Return the version."""
    row = holding.locked(actor=actor, referral_id=referral_id, version=version)
    holding.require_open(row)
    policies.require_asker(actor, asked_by_id=row.asked_by_id)
    return _end(row, ReferralState.WITHDRAWN, actor=actor, answer="", now=now)


def _end(row: Referral, state: ReferralState | str, *, actor: Actor, answer: str, now: dt.datetime) -> int:
    before = row.state
    row.state, row.answer = ReferralState(state), answer
    row.closed_at, row.closed_by_id, row.version = now, actor.user_id, row.version + 1
    row.save(update_fields=[*_FIELDS, "granted_remedy", "granted_amount"])
    granted = f"{row.granted_remedy} {row.granted_amount:.2f}" if row.granted_amount else None
    sentence = say_end(row, by=actor.name)
    other = row.asked_of_id if state == ReferralState.WITHDRAWN else row.asked_by_id
    holding.tell(
        row,
        actor=actor,
        action="desk.answer_referral",
        now=now,
        changes={"referral_state": (before, row.state)} | ({"granted": (None, granted)} if granted else {}),
        reason=answer[: holding.LONGEST_REASON],
        sentence=sentence,
        event=ReferralAnswered(ticket_id=row.ticket_id, referral_id=row.pk, state=row.state),
        call=other,
        said=sentence,
    )
    return row.version


def say_end(row: Referral, *, by: str) -> str:
    """Return in one sentence how a referral ended."""
    money = f"{REMEDIES.get(row.granted_remedy, row.granted_remedy).lower()} of £{row.granted_amount or 0:.2f}"
    words = {
        ReferralState.GRANTED: f"{by} granted {money if row.granted_amount else 'it'}.",
        ReferralState.OTHER: f"{by} decided otherwise{f': {money}' if row.granted_amount else ''}.",
        ReferralState.REFUSED: f"{by} refused it.",
        ReferralState.ADVISED: f"{by} advised.",
        ReferralState.RETURNED: f"{by} gave the referral back.",
        ReferralState.WITHDRAWN: f"{by} withdrew the referral.",
    }
    sentence = words[ReferralState(row.state)]
    return f"{sentence} {row.answer}".strip()
