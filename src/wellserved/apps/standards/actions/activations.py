"""Propose a playbook, put it to work, tick its steps, and say that the service is back to normal."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models
from wellserved.apps.standards.actions.contingencies import locked_playbook
from wellserved.apps.standards.actions.risks import PLAYBOOK as KIND
from wellserved.apps.standards.actions.risks import text
from wellserved.apps.standards.policies.contingencies import has_held
from wellserved.apps.standards.policies.risks import require_run
from wellserved.apps.standards.types.risks import Stage
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

RUNNING = (Stage.PROPOSED, Stage.ACTIVE)


@transaction.atomic
def watch(
    *, actor: Actor, contingency_id: int, holds: bool, evidence: str, for_minutes: int = 0, now: dt.datetime
) -> int | None:
    """Remember what a trigger says, and propose activation once it has held long enough; return the proposal's id.

    A trigger proposes once: it is armed again when it no longer holds. Nothing is ever activated by itself.
    """
    row = locked_playbook(actor, contingency_id)
    if not row.is_active:
        return None
    if not holds:
        if not row.is_armed or row.holding_since:
            row.is_armed, row.holding_since = True, None
            row.save(update_fields=["is_armed", "holding_since"])
        return None
    since = row.holding_since or now
    if not row.is_armed or not has_held(since=since, now=now, for_minutes=for_minutes):
        if row.holding_since != since:
            row.holding_since = since
            row.save(update_fields=["holding_since"])
        return None
    row.is_armed, row.holding_since = False, None
    row.save(update_fields=["is_armed", "holding_since"])
    if row.activations.filter(stage__in=RUNNING).exists():
        return None
    return _open(row, actor=actor, stage=Stage.PROPOSED, evidence=evidence, detected_at=since, now=now).pk


@transaction.atomic
def announce(
    *, actor: Actor, contingency_id: int, evidence: str, detected_at: dt.datetime, now: dt.datetime
) -> int | None:
    """Propose activation because of an event, unless the playbook is running; return the proposal's id."""
    row = locked_playbook(actor, contingency_id)
    if not row.is_active or row.activations.filter(stage__in=RUNNING).exists():
        return None
    return _open(row, actor=actor, stage=Stage.PROPOSED, evidence=evidence, detected_at=detected_at, now=now).pk


@transaction.atomic
def activate(*, actor: Actor, contingency_id: int, evidence: str = "", now: dt.datetime) -> int:
    """Put a playbook to work, proposed or not, and return the activation's id."""
    row = locked_playbook(actor, contingency_id)
    if not row.is_active:
        raise Conflict("This playbook is put away.", code="playbook_retired")
    found = row.activations.filter(stage__in=RUNNING).first()
    if found and found.stage == Stage.ACTIVE:
        raise Conflict("This playbook is at work already.", code="playbook_running")
    require_run(actor)
    said = text(evidence, 300, field="evidence") or "Activated by hand."
    found = found or _open(row, actor=actor, stage=Stage.ACTIVE, evidence=said, detected_at=now, now=now)
    before, found.stage = found.stage, Stage.ACTIVE
    found.activated_at, found.activated_by_id, found.number = now, actor.user_id, row.current
    content = row.versions.get(number=row.current).content
    found.steps = [{"step": step, "done_at": None, "done_by": ""} for step in content["steps"]]
    found.save(update_fields=["stage", "activated_at", "activated_by", "number", "steps"])
    ledger.record(
        actor=actor,
        action="standards.activate",
        subject=(KIND, row.pk),
        now=now,
        changes={"stage": (before if before == Stage.PROPOSED else None, Stage.ACTIVE)},
        event=events.ContingencyActivated(activation_id=found.pk, contingency_id=row.pk),
    )
    return found.pk


def _open(
    row: models.Contingency, *, actor: Actor, stage: Stage, evidence: str, detected_at: dt.datetime, now: dt.datetime
) -> models.Activation:
    made = models.Activation.objects.create(
        contingency=row,
        number=row.current,
        stage=stage,
        evidence=evidence[:300],
        detected_at=detected_at,
        origin=live_origin(actor.world),
    )
    if stage == Stage.PROPOSED:
        ledger.record(
            actor=actor,
            action="standards.propose_activation",
            subject=(KIND, row.pk),
            now=now,
            changes={"evidence": (None, made.evidence)},
            event=events.ActivationProposed(activation_id=made.pk, contingency_id=row.pk),
        )
    return made


@transaction.atomic
def dismiss(*, actor: Actor, activation_id: int, reason: str, now: dt.datetime) -> None:
    """Say why a proposed playbook stays at rest; it is proposed again only after its trigger was over."""
    row = _locked(actor, activation_id)
    if row.stage != Stage.PROPOSED:
        raise Conflict("There is no proposal to dismiss any more.", code="activation_stage")
    require_run(actor)
    said = _need(reason, "Say why the playbook is not needed.", field="reason")
    row.stage, row.outcome = Stage.DISMISSED, said
    row.save(update_fields=["stage", "outcome"])
    _tell(row, "standards.dismiss", before=Stage.PROPOSED, actor=actor, reason=said, now=now)


@transaction.atomic
def tick(*, actor: Actor, activation_id: int, index: int, now: dt.datetime) -> None:
    """Say that a step is done; a step that is done stays so."""
    row = _locked(actor, activation_id)
    if row.stage != Stage.ACTIVE:
        raise Conflict("This playbook is not at work.", code="activation_stage")
    require_run(actor)
    if not 0 <= index < len(row.steps):
        raise NotFound("There is no such step.", code="step_not_found")
    if row.steps[index]["done_at"]:
        raise Conflict("This step is done already.", code="step_done")
    row.steps[index] |= {"done_at": now.isoformat(), "done_by": actor.name}
    row.save(update_fields=["steps"])
    ledger.record(
        actor=actor,
        action="standards.tick_step",
        subject=(KIND, row.contingency_id),
        now=now,
        changes={"step_done": (None, row.steps[index]["step"]["what"])},
    )


@transaction.atomic
def recover(*, actor: Actor, activation_id: int, outcome: str, now: dt.datetime) -> None:
    """Say that the service is back to normal, and what came of it."""
    row = _locked(actor, activation_id)
    if row.stage != Stage.ACTIVE:
        raise Conflict("This playbook is not at work.", code="activation_stage")
    require_run(actor)
    said = _need(outcome, "Say what came of it, for whoever rehearses next.", field="outcome")
    row.stage, row.outcome, row.recovered_at = Stage.RECOVERED, said, now
    row.save(update_fields=["stage", "outcome", "recovered_at"])
    event = events.ContingencyRecovered(activation_id=row.pk, contingency_id=row.contingency_id)
    _tell(row, "standards.recover", before=Stage.ACTIVE, actor=actor, reason=said, now=now, event=event)


def _tell(
    row: models.Activation,
    action: str,
    *,
    before: Stage,
    actor: Actor,
    reason: str,
    now: dt.datetime,
    event: events.ContingencyRecovered | None = None,
) -> None:
    ledger.record(
        actor=actor,
        action=action,
        subject=(KIND, row.contingency_id),
        now=now,
        changes={"stage": (before, row.stage)},
        reason=reason,
        event=event,
    )


def _locked(actor: Actor, activation_id: int) -> models.Activation:
    row = in_world(models.Activation.objects.select_for_update().filter(pk=activation_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such activation.", code="activation_not_found")
    return row


def _need(given: str, sentence: str, *, field: str) -> str:
    said = text(given, 500 if field == "outcome" else 300, field=field)
    if not said:
        raise Invalid(sentence, code="activation_words", field=field)
    return said
