"""Set up reward schemes, give what they promise, and judge them by what they were for."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.types import recognition as types
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin

LARGEST = Decimal("9999999999.99")


@transaction.atomic
def set_up_scheme(*, actor: Actor, given: types.SchemeGiven, now: dt.datetime) -> int:
    """Set up a scheme and return its id: what for, by which rules, from which budget, judged by what."""
    policies.require_rewards(actor)
    rules.choice(given.kind, types.SCHEME_KINDS, field="kind")
    if not 0 <= given.budget <= LARGEST:
        raise Invalid("Give the budget as an amount, 0 if it costs nothing.", code="scheme_budget", field="budget")
    if given.ends_on < given.starts_on or given.ends_on.year > 2100:
        raise Invalid("It ends on or after the day it starts.", code="scheme_days", field="ends_on")
    row = models.Scheme.objects.create(
        name=rules.said(given.name, 160, field="name", missing="Give it a name."),
        kind=given.kind,
        purpose=rules.said(given.purpose, 500, field="purpose", missing="Say what it is for."),
        rules=rules.said(given.rules, 2000, field="rules", missing="Say who gets what for what; all read it."),
        criterion=rules.said(
            given.criterion, 300, field="criterion", missing="Say by what you will see whether it worked."
        ),
        budget=given.budget,
        currency=given.currency,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        created_at=now,
        created_by_id=actor.user_id,
        origin=live_origin(actor.world),
    )
    told = ("name", "purpose", "criterion")
    ledger.record(
        actor=actor,
        action="development.set_up_scheme",
        subject=(types.SCHEME, row.pk),
        now=now,
        changes={field: (None, getattr(row, field)) for field in told} | {"budget": (None, str(row.budget))},
    )
    return row.pk


@transaction.atomic
def award(*, actor: Actor, scheme_id: int, user_id: int, what: str, amount: Decimal, why: str, now: dt.datetime) -> int:
    """Give somebody what the scheme promises, within its budget, and return the id; it stands on her Today."""
    row = _locked(actor, scheme_id)
    today = clock.day_of(now)
    if row.outcome or not row.starts_on <= today <= row.ends_on:
        raise Conflict("This scheme does not run today.", code="scheme_not_running")
    policies.require_rewards(actor)
    policies.require_staff(actor, user_id)
    if user_id == actor.user_id:
        raise Refused("Nobody rewards herself. Ask a colleague with the same rights.", code="own_award")
    spent = row.awards.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    if amount < 0 or spent + amount > row.budget:
        raise Invalid(
            f"{row.budget - spent:.2f} {row.currency} of the budget are left.", code="over_budget", field="amount"
        )
    made = models.Award.objects.create(
        scheme=row,
        user_id=user_id,
        what=rules.said(what, 160, field="what", missing="Say what she gets."),
        amount=amount,
        why=rules.said(why, 300, field="why", missing="Say why she gets it, by the rules of the scheme."),
        given_at=now,
        given_by_id=actor.user_id,
    )
    ledger.record(
        actor=actor,
        action="development.award",
        subject=(types.SCHEME, row.pk),
        now=now,
        changes={"award": (None, made.pk)},
        event=events.AwardGiven(scheme_id=row.pk, award_id=made.pk),
    )
    return made.pk


@transaction.atomic
def evaluate(
    *, actor: Actor, scheme_id: int, outcome: str, findings: str, version: int | None = None, now: dt.datetime
) -> None:
    """Say whether a scheme reached what it was for, and what shows it; it ends with that."""
    row = _locked(actor, scheme_id)
    policies.check_version(row.version, version)
    if row.outcome:
        raise Conflict("This scheme is evaluated already.", code="scheme_evaluated")
    policies.require_rewards(actor)
    row.outcome = rules.choice(outcome, types.OUTCOMES, field="outcome")
    row.findings = rules.said(
        findings, 1000, field="findings", missing="Say what shows it, held against the criterion."
    )
    row.evaluated_at, row.version = now, row.version + 1
    row.save(update_fields=["outcome", "findings", "evaluated_at", "version"])
    ledger.record(
        actor=actor,
        action="development.evaluate_scheme",
        subject=(types.SCHEME, row.pk),
        now=now,
        changes={"outcome": (None, outcome), "findings": (None, row.findings)},
        event=events.SchemeEvaluated(scheme_id=row.pk),
    )


def _locked(actor: Actor, scheme_id: int) -> models.Scheme:
    row = in_world(models.Scheme.objects.select_for_update().filter(pk=scheme_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such scheme.", code="scheme_not_found")
    return row
