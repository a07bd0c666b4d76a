"""Coaching and mentoring: begun with a goal, carried by sessions, ended with what came of it."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.queries import private
from wellserved.apps.development.types.guiding import COACHING, CoachingKind, CoachingState, SessionForm
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin


@transaction.atomic
def begin(
    *,
    actor: Actor,
    person_id: int,
    guide_id: int,
    kind: str = CoachingKind.COACHING,
    goal: str,
    ends_on: dt.date,
    criterion: str = "",
    observation_id: int | None = None,
    task: str = "",
    now: dt.datetime,
) -> int:
    """Begin coaching towards a goal; `criterion` of an observation is what later ones are read for. Return its id."""
    source = private.find(models.Observation, actor=actor, pk=observation_id) if observation_id else None
    guiding.check_may_begin(actor, person_id=person_id, guide_id=guide_id)
    _check_source(source, person_id, criterion)
    row = models.Coaching.objects.create(
        person_id=person_id,
        guide_id=guide_id,
        kind=words.choice(kind, CoachingKind.values, field="kind"),
        goal=words.said(goal, 300, field="goal", missing="Say what she wants to be able to do."),
        criterion=criterion,
        observation=source,
        starts_on=clock.day_of(now),
        ends_on=words.day(ends_on, after=clock.day_of(now), field="ends_on"),
        origin=live_origin(actor.world),
    )
    if task.strip():
        models.Task.objects.create(
            coaching=row,
            words=words.said(task, 300, field="task"),
            owner_id=person_id,
            due_on=row.ends_on,
            origin=row.origin,
        )
    ledger.record(
        actor=actor,
        action="development.begin_coaching",
        subject=(COACHING, row.pk),
        now=now,
        changes={"member": (None, person_id), "coaching_kind": (None, row.kind)},
    )
    return row.pk


def _check_source(source: models.Observation | None, person_id: int, criterion: str) -> None:
    if source is None and criterion:
        raise Invalid("A criterion comes from an observation: name it.", code="criterion_alone", field="criterion")
    if source is not None and source.person_id != person_id:
        raise Invalid("That observation is of somebody else.", code="other_observation", field="observation_id")
    if source is not None and criterion not in source.ratings:
        raise Invalid("Choose one of the criteria that were observed.", code="unknown_criterion", field="criterion")


@transaction.atomic
def add_session(
    *,
    actor: Actor,
    coaching_id: int,
    held_on: dt.date,
    form: str,
    what: str,
    scenario: str = "",
    next_step: str = "",
    now: dt.datetime,
) -> None:
    """Keep what was done in a session; a conversation that was played through names what it was about."""
    row = holding.locked(models.Coaching, actor=actor, pk=coaching_id)
    guiding.check_is_one_of_two(actor, row)
    if row.state != CoachingState.OPEN:
        raise Conflict("This coaching is over. Begin another for a new goal.", code="coaching_over")
    if held_on > clock.day_of(now):
        raise Invalid("A session is written down once it was held.", code="session_to_come", field="held_on")
    if words.choice(form, SessionForm.values, field="form") == SessionForm.PLAY and not scenario.strip():
        raise Invalid("Say which conversation you played through.", code="no_scenario", field="scenario")
    models.CoachingSession.objects.create(
        coaching=row,
        held_on=held_on,
        form=form,
        scenario=words.said(scenario, 300, field="scenario"),
        words=words.said(what, 1000, field="what", missing="Say in a line or two what you did and saw."),
        next_step=words.said(next_step, 300, field="next_step"),
    )
    ledger.record(
        actor=actor,
        action="development.add_session",
        subject=(COACHING, row.pk),
        now=now,
        changes={"session_form": (None, form)},
    )


@transaction.atomic
def end(
    *, actor: Actor, coaching_id: int, state: str, outcome: str, version: int | None = None, now: dt.datetime
) -> None:
    """Say that the goal is reached, or that coaching stops, and what came of it."""
    row = holding.locked(models.Coaching, actor=actor, pk=coaching_id, version=version)
    guiding.check_is_one_of_two(actor, row)
    if row.state != CoachingState.OPEN:
        raise Conflict("This coaching is over already.", code="coaching_over")
    row.state = words.choice(state, [CoachingState.REACHED, CoachingState.STOPPED], field="state")
    row.outcome = words.said(outcome, 500, field="outcome", missing="Say what came of it.")
    row.ends_on, row.version = clock.day_of(now), row.version + 1
    row.save(update_fields=["state", "outcome", "ends_on", "version"])
    ledger.record(
        actor=actor,
        action="development.end_coaching",
        subject=(COACHING, row.pk),
        now=now,
        changes={"coaching_state": (CoachingState.OPEN.value, row.state)},
    )
