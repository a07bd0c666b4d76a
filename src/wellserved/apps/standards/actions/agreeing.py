"""Get a plan agreed: sent, re-costed to an offer, put in force exactly as approved, taken up again with a reason."""

import dataclasses
import datetime as dt
import decimal

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import approving
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.queries import approvals as approval_queries
from wellserved.apps.ledger.types import ApprovalRow, VoteRow
from wellserved.apps.standards import events, models
from wellserved.apps.standards.actions import plans
from wellserved.apps.standards.policies import plans as rules
from wellserved.apps.standards.policies import spending
from wellserved.apps.standards.queries import budgets
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.types import plans as types
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.ui import formatting

KIND = queries.KIND
State = models.Plan.State
DAYS_TO_ANSWER = 14


@transaction.atomic
def send(
    *,
    actor: Actor,
    plan_id: int,
    approver_id: int,
    days: int = DAYS_TO_ANSWER,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Put a whole plan to a person with the authority for it and return the approval's id."""
    row = plans.locked(actor, plan_id, version)
    rules.require_edit(actor)
    if row.state != State.DRAFT:
        raise Conflict("Only a draft is sent; this one is on its way or agreed.", code="plan_not_draft")
    rules.require_complete(queries.missing(types.Content.from_data(row.content)))
    if not 1 <= days <= 90:
        raise Invalid("Leave between one and 90 days to answer.", code="plan_days", field="days")
    refusal = objection_of(
        actor=actor, approver_id=approver_id, plan_id=row.pk, amount=row.amount, currency=row.currency, now=now
    )
    if refusal:
        raise Invalid(refusal, code="approver_without_authority", field="approver_id")
    approval_id = approvals.request(
        actor=actor,
        purpose=queries.PURPOSE,
        subject=(KIND, row.pk),
        summary=f"Agree the plan “{row.name}”",
        digest=queries.digest_of(row.pk),
        expires_at=now + dt.timedelta(days=days),
        now=now,
        approver_ids=[approver_id],
        amount=row.amount,
        currency=row.currency,
        detail=queries.changes_since_agreed(actor=actor, plan_id=row.pk),
    )
    row.state, row.approval_id, row.version = State.ASKED, approval_id, row.version + 1
    row.save(update_fields=["state", "approval_id", "version"])
    ledger.record(
        actor=actor,
        action="standards.send_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (State.DRAFT.label, State.ASKED.label)},
        event=events.PlanSent(plan_id=row.pk, approval_id=approval_id),
    )
    return approval_id


def objection_of(
    *, actor: Actor, approver_id: int, plan_id: int, amount: decimal.Decimal, currency: str, now: dt.datetime
) -> str:
    """Return why this person could not agree to this much for this plan, or nothing."""
    asked = approving.Question(approval_id=0, subject_id=plan_id, amount=amount, currency=currency, now=now)
    if approver_id == actor.user_id:
        return "You ask for this, so somebody else decides."
    plans.require_colleagues(actor, [approver_id])
    return spending.weigh_plan(accounts.actor_by_id(approver_id, world=actor.world), asked)


@transaction.atomic
def put_in_force(*, actor: Actor, plan_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Let an approved plan take effect, exactly as approved, and lock it; return the version's id."""
    row = plans.locked(actor, plan_id, version)
    rules.require_edit(actor)
    if row.state != State.ASKED or row.approval_id is None:
        raise Conflict("There is no approval of this plan to use.", code="plan_not_approved")
    return _take_effect(actor, row, now)


@transaction.atomic
def accept_offer(*, actor: Actor, plan_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Take a counter-offer: bring every line down to it, and let the re-costed plan take effect; return the version."""
    row = plans.locked(actor, plan_id, version)
    rules.require_edit(actor)
    approval = _approval(actor, row, now)
    offer = offer_of(approval)
    if approval is None or offer is None:
        raise Conflict("No other offer was made for this plan.", code="plan_no_offer")
    offered = offer.amount if offer.amount is not None else row.amount
    content = types.Content.from_data(row.content)
    months = len(budgets.months_of(row.starts_on, row.ends_on))
    lines = rules.recost(content.lines, months=months, amount=offered)
    recosted = dataclasses.replace(content, lines=lines)
    before = row.amount
    row.content = recosted.as_data()
    row.amount = budgets.cost_of(recosted, row.starts_on, row.ends_on)
    row.save(update_fields=["content", "amount"])
    ledger.record(
        actor=actor,
        action="standards.recost_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={"amount": (_money(before, row), _money(row.amount, row))},
    )
    approvals.accept_counter(actor=actor, approval_id=approval.id, digest=queries.digest_of(row.pk), now=now)
    return _take_effect(actor, row, now)


def offer_of(approval: ApprovalRow | None) -> VoteRow | None:
    """Return the counter-offer that waits for an answer, or nothing."""
    if approval is None or approval.state != "countered":
        return None
    return next((vote for vote in reversed(approval.votes) if vote.answer == "counter"), None)


def _approval(actor: Actor, row: models.Plan, now: dt.datetime) -> ApprovalRow | None:
    if row.approval_id is None:
        return None
    return approval_queries.approval(actor=actor, approval_id=row.approval_id, now=now)


def _money(amount: decimal.Decimal, row: models.Plan) -> str:
    return formatting.format_money(amount, row.currency)


def _take_effect(actor: Actor, row: models.Plan, now: dt.datetime) -> int:
    approval_id = row.approval_id or 0
    digest = queries.digest_of(row.pk)
    approvals.take_effect(actor=actor, approval_id=approval_id, digest=digest, now=now, amount=row.amount)
    approval = approval_queries.approval(actor=actor, approval_id=approval_id, now=now)
    yes = [vote for vote in approval.votes if vote.answer == "approve"]
    row.agreed_number += 1
    written = models.PlanVersion.objects.create(
        plan=row,
        number=row.agreed_number,
        content=queries.approved_content(row),
        amount=row.amount,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        digest=digest,
        approval_id=approval_id,
        agreed_at=now,
        requested_by_id=actor.user_id,
        approved_by=", ".join(dict.fromkeys(vote.voter for vote in yes))[:300],
        condition=" ".join(vote.reason for vote in yes if vote.reason)[:500],
        reason=row.reason,
        evaluation_id=row.evaluation_id,
    )
    row.state, row.version = State.AGREED, row.version + 1
    row.reason, row.evaluation = "", None
    row.save()
    ledger.record(
        actor=actor,
        action="standards.agree_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (State.ASKED.label, State.AGREED.label), "amount": (None, _money(row.amount, row))},
        event=events.PlanAgreed(plan_id=row.pk, version_id=written.pk),
    )
    return written.pk


@transaction.atomic
def reopen(
    *, actor: Actor, plan_id: int, reason: str, evaluation_id: int, version: int | None = None, now: dt.datetime
) -> None:
    """Take an agreed plan up again, for a reason and on an evaluation; what was agreed holds until the next yes."""
    row = plans.locked(actor, plan_id, version)
    rules.require_edit(actor)
    if row.state != State.AGREED:
        raise Conflict("Only an agreed plan is taken up again.", code="plan_not_agreed")
    if not reason.strip():
        raise Invalid("Say why it changes: whoever agreed to it will ask.", code="reason", field="reason")
    evaluation = row.evaluations.filter(pk=evaluation_id).first()
    if evaluation is None:
        raise Invalid(
            "Choose the evaluation that shows why: a plan changes on what was found.",
            code="plan_evaluation",
            field="evaluation_id",
        )
    row.state, row.approval_id, row.version = State.DRAFT, None, row.version + 1
    row.reason, row.evaluation = reason.strip()[:500], evaluation
    row.save()
    ledger.record(
        actor=actor,
        action="standards.reopen_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (State.AGREED.label, State.DRAFT.label)},
        reason=reason,
    )
