"""Judge the triggers of playbooks: read the measure, and propose activation where the rule has held long enough."""

import datetime as dt

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import readings
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.standards.actions import activations
from wellserved.apps.standards.policies.contingencies import judge
from wellserved.apps.standards.queries import contingencies
from wellserved.apps.standards.types.risks import Watch
from wellserved.platform.origin import World


def judge_all(*, now: dt.datetime) -> int:
    """Judge every trigger of both worlds once and return how many activations were proposed."""
    return sum(judge_world(world=world, now=now) for world in World)


def judge_world(*, world: World, now: dt.datetime) -> int:
    """Judge every trigger of one world; a staffing gap waits for figures of staffing and proposes nothing."""
    actor = accounts.system_actor(world=world)
    proposed = 0
    for watch in contingencies.watches(world=world):
        if "event" in watch.trigger:
            proposed += _judge_event(watch, actor=actor, now=now)
        elif "measure" in watch.trigger:
            proposed += _judge_measure(watch, actor=actor, now=now)
    return proposed


def _judge_measure(watch: Watch, *, actor: Actor, now: dt.datetime) -> bool:
    trigger = watch.trigger
    reading = readings.reading(actor=actor, measure=trigger["measure"], now=now, with_days=trigger["rule"] == "runs")
    finding = judge(trigger, reading)
    if finding.holds is None or _is_settled(watch, holds=finding.holds):
        return False
    made = activations.watch(
        actor=actor,
        contingency_id=watch.contingency_id,
        holds=finding.holds,
        evidence=finding.words,
        for_minutes=trigger["for_minutes"],
        now=now,
    )
    return made is not None


def _is_settled(watch: Watch, *, holds: bool) -> bool:
    """Return whether judging would change nothing, so that nothing is written."""
    if holds:
        return not watch.is_armed
    return watch.is_armed and watch.holding_since is None


def _judge_event(watch: Watch, *, actor: Actor, now: dt.datetime) -> bool:
    if watch.is_running:
        return False
    at = ledger.last_announced(actor=actor, event=watch.trigger["event"], after=watch.last_at)
    if at is None:
        return False
    made = activations.announce(
        actor=actor,
        contingency_id=watch.contingency_id,
        evidence=f"It was announced: {watch.trigger['event'].replace('.', ': ').replace('_', ' ')}.",
        detected_at=at,
        now=now,
    )
    return made is not None
