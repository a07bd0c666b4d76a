"""Ask for more, negotiate, and settle: what is granted, and what that means."""

import datetime as dt
import decimal
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import approving
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.queries import approvals as approval_queries
from wellserved.apps.standards import events, models
from wellserved.apps.standards.actions import plans
from wellserved.apps.standards.actions.agreeing import offer_of
from wellserved.apps.standards.policies import plans as rules
from wellserved.apps.standards.policies import spending
from wellserved.apps.standards.queries import bids as queries
from wellserved.apps.standards.types.measures import MEASURES
from wellserved.apps.standards.types.resources import RESOURCE_KINDS, UNITS
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin
from wellserved.platform.ui import formatting

KIND = queries.KIND
State = models.Bid.State
DAYS_TO_ANSWER = 14
MOST_FALLBACKS = 5


@transaction.atomic
def save(
    *,
    actor: Actor,
    bid_id: int | None,
    name: str,
    plan_id: int,
    kind: str,
    asked: decimal.Decimal,
    monthly: decimal.Decimal,
    months: int,
    justification: str,
    fallbacks: Sequence[Mapping[str, Any]],
    needed_from: dt.date,
    measure: str = "",
    aim: float | None = None,
    interests: str = "",
    trades: str = "",
    alternative: str = "",
    walk_away: decimal.Decimal | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Write a bid: what is asked for, why, what would still do, and how it is to be negotiated.

    `interests` and `trades` are said to whoever decides: what the other side needs, and what is given in return.
    """
    row = _locked(actor, bid_id, version) if bid_id else None
    rules.require_edit(actor)
    if row is not None and row.state != State.DRAFT:
        raise Conflict("Only a draft is changed: withdraw the question first.", code="bid_not_draft")
    plan = plans.locked(actor, plan_id, None)
    _check_words(name, justification, kind, measure)
    if not asked.is_finite() or not 0 < asked <= 100_000 or not 1 <= months <= 60:
        raise Invalid("Say how much, such as 6, and for how many months, up to 60.", code="quantity", field="asked")
    if aim is not None and not 0 < aim <= 1:
        raise Invalid("The share aimed at lies above 0 and at most at 100 per cent.", code="bid_aim", field="aim")
    if walk_away is not None and not (walk_away.is_finite() and 0 < walk_away <= asked and alternative.strip()):
        raise Invalid(
            "Say what you do instead, and below how much of what you ask for that is better.",
            code="bid_walk_away",
            field="walk_away",
        )
    row = row or models.Bid(origin=live_origin(actor.world), version=0, owner_id=actor.user_id)
    row.name, row.plan, row.kind, row.months = name.strip(), plan, kind, months
    row.asked, row.monthly = asked.quantize(decimal.Decimal("0.01")), rules.read_amount(monthly, field="monthly")
    row.justification, row.fallbacks = justification.strip(), _fallbacks(fallbacks, row.asked)
    row.measure, row.needed_from = measure, needed_from
    row.interests, row.trades, row.alternative = (each.strip()[:500] for each in (interests, trades, alternative))
    row.walk_away = walk_away
    row.aim = decimal.Decimal(str(round(aim, 4))) if aim is not None else None
    row.version += 1
    row.save()
    thread.link(actor=actor, start=(KIND, row.pk), verb="supports", end=(plans.KIND, plan.pk), now=now)
    ledger.record(
        actor=actor,
        action="standards.save_bid",
        subject=(KIND, row.pk),
        now=now,
        changes={"asked": (None, f"{float(row.asked):g} {UNITS[kind]}"), "justification": (None, row.justification)},
    )
    return row.pk


def _check_words(name: str, justification: str, kind: str, measure: str) -> None:
    if not name.strip() or len(name.strip()) > 120:
        raise Invalid("Give the bid a name of up to 120 letters.", code="bid_name", field="name")
    if kind not in RESOURCE_KINDS:
        raise Invalid(f"Choose one of {', '.join(RESOURCE_KINDS)}.", code="resource_kind", field="kind")
    if not justification.strip() or len(justification.strip()) > 2000:
        raise Invalid("Say why it is needed, in figures where you have them.", code="reason", field="justification")
    if measure and measure not in MEASURES:
        raise Invalid(f"Choose one of {', '.join(MEASURES)}.", code="bid_measure", field="measure")


def _fallbacks(given: Sequence[Mapping[str, Any]], asked: decimal.Decimal) -> list[dict[str, str]]:
    """Return the positions one could fall back to, best first: each less than the one before, and what it means."""
    found: list[dict[str, str]] = []
    last = asked
    for each in list(given)[: MOST_FALLBACKS + 1]:
        quantity, means = decimal.Decimal(str(each.get("quantity") or 0)), str(each.get("means") or "").strip()
        if not 0 <= quantity < last or not means or len(found) == MOST_FALLBACKS:
            raise Invalid(
                f"Each of up to {MOST_FALLBACKS} fallback positions is less than the one before, and says what it "
                "would mean.",
                code="bid_fallback",
                field="fallbacks",
            )
        found.append({"quantity": f"{float(quantity):g}", "means": means[:300]})
        last = quantity
    return found


@transaction.atomic
def send(
    *,
    actor: Actor,
    bid_id: int,
    approver_id: int,
    days: int = DAYS_TO_ANSWER,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Put a bid to somebody who may grant it and return the approval's id."""
    row = _locked(actor, bid_id, version)
    rules.require_edit(actor)
    if row.state != State.DRAFT:
        raise Conflict("Only a draft is sent.", code="bid_not_draft")
    if row.owner_id != actor.user_id:
        raise Refused("Only whoever wrote the bid sends it: she negotiates it too.", code="not_yours")
    if not 1 <= days <= 90:
        raise Invalid("Leave between one and 90 days to answer.", code="plan_days", field="days")
    shown = queries.row_of(row)
    plans.require_colleagues(actor, [approver_id])
    question = approving.Question(approval_id=0, subject_id=row.pk, amount=shown.amount, currency=row.currency, now=now)
    objection = spending.weigh_bid(accounts.actor_by_id(approver_id, world=actor.world), question)
    if objection:
        raise Invalid(objection, code="approver_without_authority", field="approver_id")
    approval_id = approvals.request(
        actor=actor,
        purpose=queries.PURPOSE,
        subject=(KIND, row.pk),
        summary=f"Grant {float(row.asked):g} {shown.unit}: {row.name}",
        digest=queries.digest_of(row.pk),
        expires_at=now + dt.timedelta(days=days),
        now=now,
        approver_ids=[approver_id],
        amount=shown.amount,
        currency=row.currency,
        detail=[
            ("Asked for", "", f"{float(row.asked):g} {shown.unit} for {row.months} months"),
            ("Why", "", row.justification),
            *(("Would still do", "", f"{each['quantity']}: {each['means']}") for each in row.fallbacks),
            *([("What it does for you", "", row.interests)] if row.interests else []),
            *([("In return", "", row.trades)] if row.trades else []),
        ],
    )
    row.state, row.approval_id, row.version = State.ASKED, approval_id, row.version + 1
    row.save(update_fields=["state", "approval_id", "version"])
    ledger.record(
        actor=actor,
        action="standards.send_bid",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (State.DRAFT.label, State.ASKED.label)},
    )
    return approval_id


@transaction.atomic
def offer(*, actor: Actor, bid_id: int, quantity: decimal.Decimal, reason: str, now: dt.datetime) -> None:
    """Offer less than was asked for, in the bid's own unit."""
    row = _locked(actor, bid_id, None)
    if row.approval_id is None or row.state != State.ASKED:
        raise Conflict("This bid is not under negotiation.", code="bid_not_asked")
    if not quantity.is_finite() or not 0 < quantity < row.asked:
        raise Invalid(f"Offer less than {float(row.asked):g}, or grant it.", code="quantity", field="quantity")
    amount = (quantity * row.monthly * row.months).quantize(decimal.Decimal("0.01"))
    words = f"{float(quantity):g} of {float(row.asked):g}. {reason.strip()}".strip()
    approvals.counter_offer(actor=actor, approval_id=row.approval_id, now=now, reason=words, amount=amount)


@transaction.atomic
def accept(
    *, actor: Actor, bid_id: int, means: str, reason: str = "", version: int | None = None, now: dt.datetime
) -> decimal.Decimal:
    """Take what was offered or granted and return how much that is; `means` says what it does to the target.

    Less than the owner's alternative is worth is taken with a reason alone.
    """
    row = _locked(actor, bid_id, version)
    rules.require_edit(actor)
    if row.state != State.ASKED or row.approval_id is None:
        raise Conflict("This bid is not under negotiation.", code="bid_not_asked")
    approval = approval_queries.approval(actor=actor, approval_id=row.approval_id, now=now)
    digest = queries.digest_of(row.pk)
    offered = offer_of(approval)
    if offered is not None:
        approvals.accept_counter(actor=actor, approval_id=approval.id, digest=digest, now=now)
    elif approval.state != "approved":
        raise Conflict("Nothing has been granted or offered yet.", code="bid_not_granted")
    granted = _granted(row, offered.amount if offered else approval.amount)
    _require_better(row, granted, reason)
    amount = (granted * row.monthly * row.months).quantize(decimal.Decimal("0.01"))
    approvals.take_effect(actor=actor, approval_id=approval.id, digest=digest, now=now, amount=amount)
    money = formatting.format_money(amount, row.currency)
    said = (
        f"{float(granted):g} of {float(row.asked):g} {UNITS[row.kind]} granted, for {money}. {means} {reason}".strip()
    )
    _settle(actor, row, State.GRANTED, granted=granted, outcome=said, now=now)
    return granted


def _require_better(row: models.Bid, granted: decimal.Decimal, reason: str) -> None:
    if row.walk_away is not None and granted < row.walk_away and not reason.strip():
        raise Invalid(
            f"Below {float(row.walk_away):g} you wanted to do something else: {row.alternative} Say why you take "
            f"{float(granted):g} all the same, or close the bid.",
            code="bid_below_alternative",
            field="reason",
        )


def _granted(row: models.Bid, amount: decimal.Decimal | None) -> decimal.Decimal:
    """Return how much an amount buys: whole people, pieces and seats, or exactly what was asked."""
    each = row.monthly * row.months
    if amount is None or not each or amount >= row.asked * each:
        return row.asked
    step = decimal.Decimal("0.5") if row.kind == "people" else decimal.Decimal(1)
    return (amount / each / step).to_integral_value(rounding=decimal.ROUND_FLOOR) * step


@transaction.atomic
def close(*, actor: Actor, bid_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Withdraw a bid, or take note that it was refused."""
    row = _locked(actor, bid_id, version)
    rules.require_edit(actor)
    if row.state not in {State.DRAFT, State.ASKED}:
        raise Conflict("This bid is settled.", code="bid_settled")
    if not reason.strip():
        raise Invalid("Say how it ended.", code="reason", field="reason")
    if row.approval_id is not None:
        approvals.lapse(actor=actor, approval_id=row.approval_id, now=now, reason=reason)
    _settle(actor, row, State.REFUSED, granted=decimal.Decimal(0), outcome=reason.strip(), now=now)


def _settle(
    actor: Actor, row: models.Bid, state: str, *, granted: decimal.Decimal, outcome: str, now: dt.datetime
) -> None:
    before = row.state
    row.state, row.granted, row.outcome, row.settled_at = state, granted, outcome[:1000], now
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.settle_bid",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (State(before).label, State(state).label), "granted": (None, f"{float(granted):g}")},
        reason=row.outcome,
        event=events.BidSettled(bid_id=row.pk, state=str(state)),
    )


def _locked(actor: Actor, bid_id: int, version: int | None) -> models.Bid:
    rows = models.Bid.objects.select_for_update().filter(pk=bid_id)
    row = in_world(rows, actor.world).first()
    if row is None:
        raise NotFound("There is no such bid.", code="bid_not_found")
    if version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} meanwhile. Nothing of yours is saved; compare and save again.",
            code="stale",
            version=row.version,
        )
    return row
