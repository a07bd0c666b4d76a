"""Take responsibility for a referral, or pass it on with a reason."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions.referrals import holding
from wellserved.apps.desk.events import ReferralAccepted, ReferralPassedOn
from wellserved.apps.desk.models import ReferralPass
from wellserved.apps.desk.policies import referrals as policies
from wellserved.apps.desk.queries import advisers
from wellserved.apps.desk.types.referrals import ReferralState
from wellserved.platform.errors import Conflict, Invalid


@transaction.atomic
def accept(*, actor: Actor, referral_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Say that one will answer it; return the version."""
    row = holding.locked(actor=actor, referral_id=referral_id, version=version)
    holding.require_open(row)
    policies.require_asked(actor, asked_of_id=row.asked_of_id)
    if row.state == ReferralState.ACCEPTED:
        raise Conflict("You have accepted this already.", code="accepted_already")
    row.state, row.accepted_at, row.version = ReferralState.ACCEPTED, now, row.version + 1
    row.save(update_fields=["state", "accepted_at", "version"])
    holding.tell(
        row,
        actor=actor,
        action="desk.accept_referral",
        now=now,
        changes={"referral_state": (ReferralState.WAITING.value, ReferralState.ACCEPTED.value)},
        sentence=f"{actor.name} accepted the referral.",
        event=ReferralAccepted(ticket_id=row.ticket_id, referral_id=row.pk),
        call=row.asked_by_id,
        said="I have this and will answer it.",
    )
    return row.version


@transaction.atomic
def pass_on(
    *, actor: Actor, referral_id: int, to_id: int, reason: str, version: int | None = None, now: dt.datetime
) -> int:
    """Put the matter to another colleague, with a reason, or as a leader take it over; return the version."""
    row = holding.locked(actor=actor, referral_id=referral_id, version=version)
    holding.require_open(row)
    policies.require_may_pass(actor, asked_of_id=row.asked_of_id, asked_by_id=row.asked_by_id)
    reason = holding.read_words(
        reason,
        missing="Say why it goes to somebody else: a referral is never passed on without a reason.",
        code="reason_required",
        longest=holding.LONGEST_REASON,
    )
    able = {
        a.id
        for a in advisers.able_to_answer(actor=actor, ticket_id=row.ticket_id, remedy=row.remedy, amount=row.amount)
    }
    if actor.user_id is not None and advisers.may_answer(actor=actor, remedy=row.remedy, amount=row.amount):
        able.add(actor.user_id)
    if to_id not in able - {row.asked_by_id, row.asked_of_id}:
        raise Invalid(
            "Choose somebody else who sees this ticket and may decide this, and who did not ask it herself.",
            code="not_an_adviser",
            field="asked_of",
        )
    before, after = advisers.name_of(row.asked_of_id), advisers.name_of(to_id)
    ReferralPass.objects.create(
        referral=row,
        passed_by_id=actor.person_id,
        passed_from_id=row.asked_of_id,
        passed_to_id=to_id,
        reason=reason,
        passed_at=now,
    )
    row.asked_of_id, row.state, row.accepted_at, row.version = to_id, ReferralState.WAITING, None, row.version + 1
    row.save(update_fields=["asked_of", "state", "accepted_at", "version"])
    event = ReferralPassedOn(ticket_id=row.ticket_id, referral_id=row.pk, asked_of_id=to_id)
    holding.tell(
        row,
        actor=actor,
        action="desk.pass_referral_on",
        now=now,
        changes={"asked_of": (before, after)},
        reason=reason,
        sentence=f"Referral passed on from {before} to {after}: {reason}",
        event=event,
        call=to_id,
        said=f"{row.question}\n\n{reason}",
    )
    return row.version
