"""Ask for approval, decide, offer something else, withdraw, let expire, and carry out."""

import datetime as dt
import decimal
from collections.abc import Collection, Sequence

from django.db import transaction

from wellserved.apps.accounts.policies import CAPABILITIES, DECIDE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import approving, subjects
from wellserved.apps.ledger.actions.record import record
from wellserved.apps.ledger.adapters import people
from wellserved.apps.ledger.events import ApprovalRequested, ApprovalSettled
from wellserved.apps.ledger.models import Approval, Approver, Vote
from wellserved.apps.ledger.queries import approvals as queries
from wellserved.apps.ledger.types import Subject
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin

State = Approval.State
PENDING = frozenset({State.OPEN, State.COUNTERED})


def request(
    *,
    actor: Actor,
    purpose: str,
    subject: Subject,
    summary: str,
    digest: str,
    expires_at: dt.datetime,
    now: dt.datetime,
    needed: int = 1,
    approver_ids: Collection[int] = (),
    capability: str = "",
    amount: decimal.Decimal | None = None,
    currency: str = "",
    detail: Sequence[tuple[str, str, str]] = (),
) -> int:
    """Put a question to named people, or to whoever holds a capability, and return its id.

    `digest` pins what is asked (see `approving.fingerprint`); `detail` lists what would change as label, before, after.
    """
    subjects.require_visible(actor=actor, subject=subject)
    named = frozenset(approver_ids) - {actor.user_id}
    _check_request(named=named, needed=needed, capability=capability, expires_at=expires_at, now=now)
    _check_approvers(actor, named)
    with transaction.atomic():
        approval = Approval.objects.create(
            subject_kind=subject[0],
            subject_id=subject[1],
            purpose=purpose,
            summary=summary[:300],
            detail=[list(line) for line in detail],
            digest=digest,
            needed=needed,
            capability=capability,
            amount=amount,
            currency=currency,
            requested_by_id=actor.user_id,
            requested_at=now,
            expires_at=expires_at,
            origin=live_origin(actor.world),
        )
        Approver.objects.bulk_create(Approver(approval=approval, user_id=i) for i in sorted(named))
        record(
            actor=actor,
            action="ledger.approval_requested",
            subject=subject,
            now=now,
            changes={"request": (None, summary), "amount": (None, amount)},
            event=ApprovalRequested(approval_id=approval.pk, purpose=purpose),
        )
    return approval.pk


def decide(
    *,
    actor: Actor,
    approval_id: int,
    approve: bool,
    now: dt.datetime,
    reason: str = "",
    round_read: int | None = None,
) -> str:
    """Answer yes or no and return the state the approval is in afterwards; a no needs its reason.

    With `round_read`, an answer to terms that have been replaced since is refused.
    """
    with transaction.atomic():
        approval = _locked(actor, approval_id)
        _check_round(approval, round_read)
        _check_open(approval, now, {State.OPEN})
        _check_may_decide(actor, approval, now)
        if not approve and not reason.strip():
            raise Invalid("Say why you refuse: whoever asked needs to know what would work.")
        answer = Vote.Answer.APPROVE if approve else Vote.Answer.REFUSE
        _vote(actor, approval, answer, reason=reason, now=now)
        state = _tally(approval)
        _settle(
            actor,
            approval,
            state,
            now=now,
            action="ledger.approval_voted",
            reason=reason,
            answer=answer.label,
        )
    return state


def counter_offer(
    *,
    actor: Actor,
    approval_id: int,
    now: dt.datetime,
    reason: str,
    amount: decimal.Decimal | None = None,
    round_read: int | None = None,
) -> None:
    """Offer other terms instead of a plain yes or no; whoever asked accepts them or withdraws."""
    with transaction.atomic():
        approval = _locked(actor, approval_id)
        _check_round(approval, round_read)
        _check_open(approval, now, {State.OPEN})
        if not reason.strip():
            raise Invalid("Say what you offer instead.")
        if amount is not None and (amount < 0 or (approval.amount is not None and amount >= approval.amount)):
            raise Invalid("Offer less than was asked for, or approve.")
        _check_may_decide(actor, approval, now, amount=amount)
        _vote(actor, approval, Vote.Answer.COUNTER, reason=reason, now=now, amount=amount)
        _settle(
            actor,
            approval,
            State.COUNTERED,
            now=now,
            action="ledger.approval_countered",
            reason=reason,
            answer=Vote.Answer.COUNTER.label,
        )


def accept_counter(*, actor: Actor, approval_id: int, digest: str, now: dt.datetime) -> str:
    """Take the counter-offer: a new round in which whoever offered has already said yes. Return the new state."""
    with transaction.atomic():
        approval = _locked(actor, approval_id)
        _check_open(approval, now, {State.COUNTERED})
        _check_requester(actor, approval)
        offer = approval.votes.get(round=approval.round, answer=Vote.Answer.COUNTER)
        approval.round += 1
        approval.digest = digest
        approval.amount = offer.amount if offer.amount is not None else approval.amount
        approval.save(update_fields=["round", "digest", "amount"])
        Vote.objects.create(
            approval=approval,
            voter_id=offer.voter_id,
            round=approval.round,
            answer=Vote.Answer.APPROVE,
            reason=offer.reason,
            cast_at=now,
        )
        state = _tally(approval)
        _settle(actor, approval, state, now=now, action="ledger.approval_counter_accepted")
    return state


def withdraw(*, actor: Actor, approval_id: int, now: dt.datetime, reason: str = "") -> None:
    """Take the question back."""
    with transaction.atomic():
        approval = _locked(actor, approval_id)
        _check_open(approval, now, PENDING)
        _check_requester(actor, approval)
        _settle(actor, approval, State.WITHDRAWN, now=now, action="ledger.approval_withdrawn", reason=reason)


def take_effect(
    *,
    actor: Actor,
    approval_id: int,
    digest: str,
    now: dt.datetime,
    amount: decimal.Decimal | None = None,
) -> None:
    """Use up an approval inside the action it allows: once, for exactly what was approved, within limit and time."""
    with transaction.atomic():
        approval = _locked(actor, approval_id)
        _check_open(approval, now, {State.APPROVED})
        if not actor.automatic:
            _check_requester(actor, approval)
        if digest != approval.digest:
            raise Conflict(
                "What was approved is not what is about to happen: ask again.", code="approved_thing_changed"
            )
        if approval.amount is not None and (amount is None or amount > approval.amount):
            raise Refused(
                f"Approved up to {approval.amount} {approval.currency}: ask again for more.",
                code="over_approved_amount",
                limit=approval.amount,
                asked=amount,
            )
        _check_yes_still_counts(actor, approval, now)
        _settle(actor, approval, State.USED, now=now, action="ledger.approval_used")


def lapse(*, actor: Actor, approval_id: int, now: dt.datetime, reason: str) -> bool:
    """Let a question fall, answered or not, because what it was about has changed; return whether it still stood.

    The app that owns the record calls this inside the action that changes it, whoever asked.
    """
    with transaction.atomic():
        rows = in_world(Approval.objects.select_for_update(), actor.world)
        approval = rows.filter(pk=approval_id, state__in=PENDING | {State.APPROVED}).first()
        if approval is None:
            return False
        _settle(actor, approval, State.WITHDRAWN, now=now, action="ledger.approval_lapsed", reason=reason)
    return True


def expire(*, actor: Actor, now: dt.datetime, limit: int = 50) -> int:
    """Close what nobody answered in time and return how many; each in a short transaction of its own."""
    due = in_world(Approval.objects.filter(state__in=PENDING, expires_at__lte=now), actor.world)
    closed = 0
    for approval_id in due.order_by("expires_at").values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            approval = Approval.objects.select_for_update().get(pk=approval_id)
            if approval.state not in PENDING:
                continue
            _settle(actor, approval, State.EXPIRED, now=now, action="ledger.approval_expired")
            closed += 1
    return closed


def _locked(actor: Actor, approval_id: int) -> Approval:
    approval = in_world(Approval.objects.select_for_update(), actor.world).filter(pk=approval_id).first()
    if approval is None or not queries.may_see(actor, approval):
        raise NotFound("There is no such request, or it is not yours to see.")
    return approval


def _check_round(approval: Approval, round_read: int | None) -> None:
    if round_read is not None and round_read != approval.round:
        raise Conflict(
            "The terms have changed since you read them. Read them again and answer those.",
            code="stale",
            version=approval.round,
        )


def _check_open(approval: Approval, now: dt.datetime, wanted: Collection[str]) -> None:
    if approval.state not in wanted:
        raise Conflict(
            f"This request is already settled: {State(approval.state).label.lower()}.",
            code="already_settled",
            state=approval.state,
        )
    if approval.expires_at <= now:
        raise Conflict("This request ran out of time: ask again.", code="expired", state=State.EXPIRED.value)


def _check_requester(actor: Actor, approval: Approval) -> None:
    if actor.user_id is None or approval.requested_by_id != actor.user_id:
        raise Refused("Only whoever asked may do this.")


def _check_may_decide(
    actor: Actor, approval: Approval, now: dt.datetime, *, amount: decimal.Decimal | None = None
) -> None:
    if approval.requested_by_id == actor.user_id:
        raise Refused("You asked for this, so somebody else decides.", code="own_request")
    if not queries.may_decide(actor, approval):
        raise Refused("This was put to other people.", code="not_an_approver")
    if approval.votes.filter(voter_id=actor.user_id, round=approval.round).exists():
        raise Conflict("You have already answered this.", code="already_voted")
    purpose = approving.registry.get(approval.purpose)
    if purpose is None:
        return
    if purpose.digest_now and purpose.digest_now(approval.subject_id) != approval.digest:
        raise Conflict("What you would approve has changed since: let it be asked anew.", code="approved_thing_changed")
    objection = purpose.refusal(actor, _question(approval, now, amount))
    if objection:
        raise Refused(objection, code="over_authority", asked=approval.amount)


def _question(approval: Approval, now: dt.datetime, amount: decimal.Decimal | None = None) -> approving.Question:
    return approving.Question(
        approval_id=approval.pk,
        subject_id=approval.subject_id,
        amount=approval.amount if amount is None else amount,
        currency=approval.currency,
        now=now,
    )


def _check_yes_still_counts(actor: Actor, approval: Approval, now: dt.datetime) -> None:
    """Refuse an effect whose approver has since left, changed role or lost the authority she decided with."""
    purpose = approving.registry.get(approval.purpose)
    said_yes = approval.votes.filter(round=approval.round, answer=Vote.Answer.APPROVE).select_related("voter")
    for vote in said_yes:
        name = vote.voter.name if vote.voter else "Whoever approved this"
        here = people.staff(actor.world, [vote.voter_id]) if vote.voter_id else []
        voter = people.actor_of(here[0], actor.world) if here else None
        if voter is None or not queries.may_decide(voter, approval):
            raise Refused(f"{name} may no longer approve this: ask again.", code="approver_gone")
        if purpose and (objection := purpose.refusal(voter, _question(approval, now))):
            raise Refused(
                f"{name} no longer has the authority for this, so it does not take effect. {objection}",
                code="authority_lost",
                asked=approval.amount,
            )


def _check_request(
    *, named: frozenset[int], needed: int, capability: str, expires_at: dt.datetime, now: dt.datetime
) -> None:
    if needed < 1:
        raise Invalid("At least one person must approve.")
    if not named and not capability:
        raise Invalid("Name who may approve besides yourself, or a capability.")
    if named and needed > len(named):
        raise Invalid(f"{needed} approvals are needed, but only {len(named)} people besides you are named.")
    if expires_at <= now:
        raise Invalid("Leave time to answer: the end lies in the past.")


def _check_approvers(actor: Actor, named: frozenset[int]) -> None:
    able = {person.id for person in people.staff(actor.world, named) if DECIDE in CAPABILITIES[person.role]}
    if named - able:
        unable = sorted(named - able)
        raise Invalid("Everybody named must be somebody who may approve.", code="not_approvers", ids=unable)


def _vote(
    actor: Actor,
    approval: Approval,
    answer: str,
    *,
    reason: str,
    now: dt.datetime,
    amount: decimal.Decimal | None = None,
) -> None:
    Vote.objects.create(
        approval=approval,
        voter_id=actor.user_id,
        round=approval.round,
        answer=answer,
        reason=reason,
        amount=amount,
        cast_at=now,
    )


def _tally(approval: Approval) -> str:
    answers = list(approval.votes.filter(round=approval.round).values_list("answer", flat=True))
    if answers.count(Vote.Answer.APPROVE) >= approval.needed:
        return State.APPROVED
    # Where nobody is named, everybody who might still say yes is unknown: the first no settles it.
    asked = approval.named.count() or approval.needed
    return State.REFUSED if answers.count(Vote.Answer.REFUSE) > asked - approval.needed else State.OPEN


def _settle(
    actor: Actor,
    approval: Approval,
    state: str,
    *,
    now: dt.datetime,
    action: str,
    reason: str = "",
    answer: str = "",
) -> None:
    before, approval.state = approval.state, state
    ended = state not in PENDING
    approval.settled_at = now if ended else None
    approval.save(update_fields=["state", "settled_at"])
    changes: dict[str, tuple[object, object]] = {"approval": (State(before).label, State(state).label)}
    if answer:
        changes["answer"] = (None, answer)
    record(
        actor=actor,
        action=action,
        subject=(approval.subject_kind, approval.subject_id),
        now=now,
        changes=changes,
        reason=reason,
        event=ApprovalSettled(approval_id=approval.pk, purpose=approval.purpose, state=str(state)) if ended else None,
    )
