"""Who may agree to spend how much: limits of authority, and what was agreed before for the same thing."""

import datetime as dt
from decimal import Decimal

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.approving import Question
from wellserved.apps.ledger.queries import approvals
from wellserved.apps.people import queries as people
from wellserved.apps.people.actions import hold_limits
from wellserved.apps.people.counting import period_start
from wellserved.apps.people.types import Limit
from wellserved.apps.standards.queries import bids, plans
from wellserved.platform.ui import formatting

PURPOSES = (plans.PURPOSE, bids.PURPOSE)
# A limit held against each record counts what was agreed for the same standards within a year.
A_YEAR = dt.timedelta(days=365)
_PER_RECORD = "ticket"
_WRITING = (
    "standards.create_plan",
    "standards.save_plan",
    "standards.set_target",
    "standards.remove_target",
    "standards.save_bid",
)


def weigh_plan(actor: Actor, question: Question) -> str:
    """Return why this person may not agree to this plan, or nothing."""
    return _weigh(actor, question, plans.KIND)


def weigh_bid(actor: Actor, question: Question) -> str:
    """Return why this person may not grant this bid, or nothing."""
    return _weigh(actor, question, bids.KIND)


def hold(actor: Actor) -> None:
    """Let one question of spending be weighed at a time, so that two halves agreed at once are seen by each other."""
    hold_limits(actor=actor, remedy=people.SPEND)


def _weigh(actor: Actor, question: Question, kind: str) -> str:
    if actor.user_id in _writers(kind, question.subject_id):
        return f"{actor.name} has written it or answers for it, so somebody else agrees to it."
    asked = question.amount or Decimal(0)
    if not asked:
        return ""
    limit = people.limit_for(actor=actor, remedy=people.SPEND, subject=(kind, question.subject_id), now=question.now)
    if limit is None or limit.currency != question.currency:
        return f"{actor.name} has no limit of authority for spending. {_who(actor, question, asked)}"
    before = _agreed_before(actor, question, kind, limit)
    if before + limit.used + asked <= limit.amount:
        return ""
    said = f"{actor.name} may agree to {formatting.format_money(limit.amount, limit.currency)}"
    if before:
        what = "for the same standards" if limit.period == _PER_RECORD else "in the period"
        said += f", and {formatting.format_money(before, limit.currency)} was agreed {what} before"
    return f"{said}; this is {formatting.format_money(asked, limit.currency)}. {_who(actor, question, before + asked)}"


def _writers(kind: str, subject_id: int) -> set[int]:
    """Return who wrote a plan or bid, and who answers for it."""
    owner = plans.owner_of(subject_id) if kind == plans.KIND else bids.owner_of(subject_id)
    return ledger.actors_of(subject=(kind, subject_id), actions=_WRITING) | ({owner} if owner else set())


def _agreed_before(actor: Actor, question: Question, kind: str, limit: Limit) -> Decimal:
    """Return what was agreed before and counts; an earlier yes to the same record is replaced by this one.

    A limit for each record counts what anybody who may agree to no more agreed for the same standards: two people do
    not agree to two halves of what neither may. Any other limit counts what its holder agreed in the period.
    """
    per_record = limit.period == _PER_RECORD
    since = question.now - A_YEAR
    if not per_record:
        since = period_start(limit.period, zone=actor.time_zone, now=question.now)
    found = approvals.approved(actor=actor, purposes=PURPOSES, since=since, but=question.approval_id)
    others = [
        each for each in found if each.subject != (kind, question.subject_id) and each.currency == question.currency
    ]
    if not per_record:
        return sum((each.amount for each in others if actor.user_id in each.by), Decimal(0))
    related = _related(question.subject_id, kind, [each.subject for each in others])
    held = people.limits_held(actor=actor, remedy=people.SPEND, user_ids={pk for each in others for pk in each.by})
    peers = {pk for pk, amount in held.items() if pk == actor.user_id or amount <= limit.amount}
    return sum((each.amount for each in others if each.subject in related and each.by <= peers), Decimal(0))


def _related(subject_id: int, kind: str, among: list[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return those of the records that spend for the same standards: plans by their standards, bids by their plan."""
    asked = [subject_id] if kind == bids.KIND else []
    plan_of_bid = bids.plans_of(bid_ids=asked + [pk for there, pk in among if there == bids.KIND])
    own = subject_id if kind == plans.KIND else plan_of_bid.get(subject_id)
    if own is None:
        return set()
    plan_ids = {pk for there, pk in among if there == plans.KIND}
    plan_ids |= {plan for pk, plan in plan_of_bid.items() if plan is not None}
    family = plans.family(plan_id=own, among=plan_ids) | {own}
    return {(there, pk) for there, pk in among if (pk if there == plans.KIND else plan_of_bid.get(pk)) in family}


def _who(actor: Actor, question: Question, amount: Decimal) -> str:
    able = people.who_may(actor=actor, remedy=people.SPEND, amount=amount, currency=question.currency)
    return f"{' or '.join(able[:4])} may." if able else "Nobody's limit covers it: an administrator can set one."
