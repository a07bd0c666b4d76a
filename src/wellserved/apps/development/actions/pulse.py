"""Ask the staff, count what they answer without keeping who answered what, and plan what follows."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import pulse as queries
from wellserved.apps.development.types.pulse import HIGHEST, ITEMS, LOWEST, PULSE
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin, world_of


@transaction.atomic
def open_pulse(*, actor: Actor, closes_on: dt.date, now: dt.datetime) -> int:
    """Ask the whole staff until a day and return the pulse's id; one is open at a time."""
    rows = in_world(models.Pulse.objects.select_for_update(), actor.world)
    if rows.filter(closed_at=None).exists():
        raise Conflict("A pulse is open already; close it first.", code="pulse_open")
    policies.require_answer(actor)
    row = models.Pulse.objects.create(
        opened_at=now,
        opened_by_id=actor.user_id,
        closes_on=rules.day(closes_on, after=clock.day_of(now), field="closes_on"),
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.open_pulse",
        subject=(PULSE, row.pk),
        now=now,
        changes={"closes_on": (None, closes_on.isoformat())},
        event=events.PulseOpened(pulse_id=row.pk),
    )
    return row.pk


@transaction.atomic
def answer(*, actor: Actor, pulse_id: int, scores: Mapping[str, int], now: dt.datetime) -> None:
    """Count somebody's answers and keep that she has answered: two rows that know nothing of each other.

    History has the product count an answer, so that no entry of hers stands beside the moment a count went up.
    """
    row = _locked(actor, pulse_id)
    if row.closed_at or row.closes_on < clock.day_of(now):
        raise Conflict("This pulse is closed.", code="pulse_closed")
    person_id = policies.require_belonging(actor)
    for key in ITEMS:
        if not LOWEST <= scores.get(key, 0) <= HIGHEST:
            raise Invalid(f"Answer each statement with {LOWEST} to {HIGHEST}.", code="pulse_scores", field=key)
    _, is_new = models.PulseAnswerer.objects.get_or_create(pulse=row, user_id=person_id)
    if not is_new:
        raise Conflict(
            "You have answered already. Nobody can tell which answers are yours, so they cannot be changed.",
            code="pulse_answered",
        )
    team = queries.home_teams(world=actor.world)[person_id]
    for key in ITEMS:
        tally, _ = models.PulseTally.objects.get_or_create(pulse=row, team_key=team, item=key, score=scores[key])
        models.PulseTally.objects.filter(pk=tally.pk).update(answers=F("answers") + 1)
    ledger.record(
        actor=accounts.system_actor(world=actor.world),
        action="development.count_pulse",
        subject=(PULSE, row.pk),
        now=now,
    )


@transaction.atomic
def close(*, actor: Actor, pulse_id: int, now: dt.datetime) -> None:
    """Take no more answers; from now on the results can be read, where at least six answered."""
    row = _locked(actor, pulse_id)
    if row.closed_at:
        raise Conflict("This pulse is closed.", code="pulse_closed")
    policies.require_answer(actor)
    row.asked = {str(team): count for team, count in Counter(queries.home_teams(world=actor.world).values()).items()}
    row.closed_at, row.version = now, row.version + 1
    row.save(update_fields=["asked", "closed_at", "version"])
    ledger.record(
        actor=actor,
        action="development.close_pulse",
        subject=(PULSE, row.pk),
        now=now,
        event=events.PulseClosed(pulse_id=row.pk),
    )


def close_due(*, now: dt.datetime) -> int:
    """Close every pulse whose last day is over and return how many."""
    due = models.Pulse.objects.filter(closed_at=None, closes_on__lt=clock.day_of(now)).values_list("pk", "origin")
    for pulse_id, origin in list(due):
        close(actor=accounts.system_actor(world=world_of(origin)), pulse_id=pulse_id, now=now)
    return len(due)


@transaction.atomic
def plan(*, actor: Actor, pulse_id: int, item: str, what: str, due_on: dt.date, now: dt.datetime) -> int:
    """Say what is done about the answers to an item, by when, and return the id; the whole staff reads it."""
    row = _locked(actor, pulse_id)
    if not row.closed_at:
        raise Conflict("Wait for the answers: this pulse is still open.", code="pulse_open")
    policies.require_answer(actor)
    made = models.PulseAction.objects.create(
        pulse=row,
        item=rules.choice(item, ITEMS, field="item"),
        what=rules.said(what, 300, field="what", missing="Say what is done."),
        due_on=rules.day(due_on, after=clock.day_of(now), field="due_on"),
        set_by_id=actor.user_id,
        set_at=now,
    )
    ledger.record(
        actor=actor,
        action="development.plan_on_pulse",
        subject=(PULSE, row.pk),
        now=now,
        changes={"item": (None, ITEMS[item].name), "what": (None, made.what)},
    )
    return made.pk


def _locked(actor: Actor, pulse_id: int) -> models.Pulse:
    row = in_world(models.Pulse.objects.select_for_update().filter(pk=pulse_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such pulse.", code="pulse_not_found")
    return row
