"""Agree what is done so that somebody can work well: what to do, never why."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import policies
from wellserved.apps.people.models import Adjustment
from wellserved.apps.people.queries import adjustments
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin

KIND = adjustments.KIND
LONGEST = 500


@transaction.atomic
def agree_adjustment(*, actor: Actor, user_id: int, text: str, review_on: dt.date, now: dt.datetime) -> int:
    """Agree with somebody what is done, until when it is looked at again; return its id."""
    person = accounts.person(actor=actor, user_id=user_id)
    policies.check_leads(actor, person)
    if not 1 <= len(text.strip()) <= LONGEST:
        raise Invalid(
            f"Say in 1 to {LONGEST} characters what is done; leave out why.", code="adjustment_text", field="text"
        )
    if review_on <= now.date():
        raise Invalid("Give a day that is still to come.", code="adjustment_review", field="review_on")
    row = Adjustment.objects.create(
        user_id=user_id,
        text=text.strip(),
        review_on=review_on,
        agreed_at=now,
        agreed_by_id=actor.user_id,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="people.agree_adjustment",
        subject=(KIND, row.pk),
        now=now,
        changes={"review_on": (None, review_on.isoformat())},
    )
    return row.pk


@transaction.atomic
def end_adjustment(*, actor: Actor, adjustment_id: int, now: dt.datetime) -> int:
    """End what was agreed, by herself or whoever leads her; return whose it was."""
    found = adjustments.find(actor=actor, adjustment_id=adjustment_id)
    row = Adjustment.objects.select_for_update().get(pk=found.pk)
    if row.ended_at:
        raise Conflict("This has ended already.", code="adjustment_ended")
    row.ended_at, row.version = now, row.version + 1
    row.save(update_fields=["ended_at", "version"])
    ledger.record(
        actor=actor,
        action="people.end_adjustment",
        subject=(KIND, row.pk),
        now=now,
        changes={"ended_at": (None, now)},
    )
    return row.user_id
