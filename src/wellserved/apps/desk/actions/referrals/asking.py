"""Put a matter to a colleague with more authority or more knowledge."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.actions.referrals import holding
from wellserved.apps.desk.events import ReferralAsked
from wellserved.apps.desk.models import Referral
from wellserved.apps.desk.queries import advisers
from wellserved.apps.desk.types.referrals import OPEN_REFERRALS, ReferralKind
from wellserved.apps.people.queries import REMEDIES
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin, world_of

CENT = Decimal("0.01")


@transaction.atomic
def refer(
    *,
    actor: Actor,
    ticket_id: int,
    kind: str = ReferralKind.DECISION,
    asked_of_id: int,
    question: str,
    due_at: dt.datetime,
    remedy: str = "",
    amount: Decimal | None = None,
    now: dt.datetime,
) -> int:
    """Ask a colleague to decide, or to advise; return the referral's id. The ticket keeps its owner and its clocks."""
    ticket = locking.locked_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    if kind not in ReferralKind.values:
        raise Invalid("A referral asks for a decision or for advice.", code="referral_kind", field="kind")
    question = holding.read_words(question, missing="Say what you ask.", code="referral_question")
    remedy, amount = _proposed(kind, remedy, amount)
    if due_at <= now:
        raise Invalid("Give a time ahead by which you need the answer.", code="referral_due", field="due_at")
    _check_asked(actor, ticket_id=ticket_id, asked_of_id=asked_of_id, remedy=remedy, amount=amount)
    if kind == ReferralKind.DECISION and _waits(ticket_id, remedy):
        raise Conflict(
            "A referral about this waits for its decision already; withdraw it, or add to its discussion.",
            code="referred_already",
        )
    row = Referral.objects.create(
        ticket=ticket,
        kind=kind,
        question=question,
        remedy=remedy,
        amount=amount,
        asked_by_id=actor.person_id,
        asked_at=now,
        asked_of_id=asked_of_id,
        due_at=due_at,
        origin=live_origin(world_of(ticket.origin)),
    )
    asked_of = advisers.name_of(asked_of_id)
    what = f" ({REMEDIES.get(remedy, remedy).lower()} of £{amount:.2f})" if amount else ""
    verb = "Put to" if kind == ReferralKind.DECISION else "Advice asked of"
    holding.tell(
        row,
        actor=actor,
        action="desk.refer",
        now=now,
        changes={
            "asked_of": (None, asked_of),
            "question": (None, question),
            "proposed": (None, f"{remedy} {amount:.2f}" if amount else None),
            "due_at": (None, due_at.isoformat()),
        },
        sentence=f"{verb} {asked_of}{what}.",
        event=ReferralAsked(ticket_id=ticket.pk, referral_id=row.pk, kind=kind, asked_of_id=asked_of_id),
        call=asked_of_id,
        said=question,
    )
    return row.pk


def _proposed(kind: str, remedy: str, amount: Decimal | None) -> tuple[str, Decimal | None]:
    if kind == ReferralKind.ADVICE or not (remedy or amount):
        return "", None
    if remedy not in REMEDIES:
        raise Invalid(f"What is proposed is one of {', '.join(REMEDIES)}.", code="unknown_remedy", field="remedy")
    check_amount(amount)
    return remedy, amount


def check_amount(amount: Decimal | None) -> None:
    """Refuse what is no sum of money."""
    if amount is None or not amount.is_finite() or not 0 < amount < 10**10 or amount != amount.quantize(CENT):
        raise Invalid("Give an amount above 0 with at most two decimals.", code="amount", field="amount")


def _check_asked(actor: Actor, *, ticket_id: int, asked_of_id: int, remedy: str, amount: Decimal | None) -> None:
    """Refuse oneself, a stranger to the ticket, and for money somebody whose own limit does not reach so far."""
    if asked_of_id == actor.user_id:
        raise Invalid("Put it to somebody else: nobody decides her own request.", code="own_referral", field="asked_of")
    able = advisers.able_to_answer(actor=actor, ticket_id=ticket_id, remedy=remedy, amount=amount)
    is_able = asked_of_id in {adviser.id for adviser in able}
    # Some tickets are kept from people whose team they are in.
    if not is_able or not advisers.sees(user_id=asked_of_id, ticket_id=ticket_id, world=actor.world):
        names = ", ".join(adviser.name for adviser in able) or "nobody at present"
        raise Invalid(
            f"Choose somebody who sees this ticket and may decide this: {names}.",
            code="not_an_adviser",
            field="asked_of",
        )


def _waits(ticket_id: int, remedy: str) -> bool:
    rows = Referral.objects.filter(ticket=ticket_id, kind=ReferralKind.DECISION, state__in=OPEN_REFERRALS)
    return rows.filter(remedy=remedy).exists()
