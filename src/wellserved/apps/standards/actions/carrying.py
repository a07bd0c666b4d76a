"""Carry a standard's clock in the policies, and put it down again; called inside the actions on standards."""

import datetime as dt
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.actions import clocks
from wellserved.apps.standards.queries import commitments, consequences
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.apps.standards.types.commitments import Answers

# Somebody is warned while a quarter of the time is left.
_WARNED_AT = 4


def carry(*, actor: Actor, standard: models.Standard, answers: Answers, reason: str, now: dt.datetime) -> None:
    """Write the policy that makes new tickets run this standard's clock, beside the clocks they already had.

    A policy for the same tickets gets a new version; else a new policy stands before the first more general one and
    keeps what that one promises, so that nobody loses a promise. A measure without a clock writes nothing.
    """
    if answers.measure not in METRIC_LABELS or not answers.calendar or not answers.seconds:
        return
    place = consequences.place_for(actor=actor, conditions=answers.conditions)
    if standard.policy_id and (place.policy is None or place.policy.pk != standard.policy_id):
        put_down(actor=actor, standard=standard, reason=reason, now=now)
        place = consequences.place_for(actor=actor, conditions=answers.conditions)
    calendar = commitments.calendar_version_for(actor=actor, calendar_id=answers.calendar, at=now)
    starts = consequences.starts_at(answers=answers, zone=calendar.working.tz, now=now)
    base = place.latest or place.base
    targets = [*_others(base, answers.measure), _target(answers, calendar.id, base)]
    metrics = {target["metric"] for target in targets}
    written = clocks.save_policy(
        actor=actor,
        policy_id=place.policy.pk if place.policy else None,
        name=place.policy.name if place.policy else standard.name,
        conditions={field: list(values) for field, values in answers.conditions.items()},
        targets=targets,
        escalation=[step for step in (base.escalation if base else ()) if _fits(step, targets, metrics)],
        agreement=place.policy.agreement if place.policy else models.Policy.Agreement.SLA,
        reason=reason,
        # A version already planned for later stays in it: this one comes no sooner than that.
        effective_from=max(starts, place.latest.effective_from) if place.latest else starts,
        now=now,
    )
    if place.policy is None and place.general is not None:
        at = place.order.index(place.general.pk)
        order = (*place.order[:at], written.policy_id, *place.order[at:])
        clocks.reorder_policies(actor=actor, policy_ids=order, now=now)
    if standard.policy_id != written.policy_id:
        standard.policy_id, standard.carried_from = written.policy_id, written.number
        standard.owns_policy = place.policy is None
        standard.save(update_fields=["policy", "carried_from", "owns_policy"])


def put_down(*, actor: Actor, standard: models.Standard, reason: str, now: dt.datetime) -> None:
    """Take the clock out of its policy; a policy made for this standard, or left without a clock, is retired."""
    policy = standard.policy
    if policy is None or not policy.is_active:
        return
    latest = policy.versions.order_by("-number").first()
    targets = _others(latest, standard.measure, with_priorities=False)
    shared = policy.standards.filter(state=models.Standard.State.LIVE).exclude(pk=standard.pk).exists()
    if not targets or latest is None or (standard.owns_policy and not shared):
        clocks.retire_policy(actor=actor, policy_id=policy.pk, reason=reason, now=now)
        return
    metrics = {target["metric"] for target in targets}
    clocks.save_policy(
        actor=actor,
        policy_id=policy.pk,
        name=policy.name,
        conditions=latest.conditions,
        targets=targets,
        escalation=[step for step in latest.escalation if step["metric"] in metrics],
        agreement=policy.agreement,
        reason=reason,
        effective_from=max(now, latest.effective_from),
        now=now,
    )


def _others(version: models.PolicyVersion | None, metric: str, *, with_priorities: bool = True) -> list[dict[str, Any]]:
    """Return the targets that stay: of other metrics, and those of this one that a priority has for itself."""
    return [
        target
        for target in (version.targets if version else ())
        if target["metric"] != metric or (with_priorities and target["priority"] is not None)
    ]


def _target(answers: Answers, calendar: int, base: models.PolicyVersion | None) -> dict[str, Any]:
    seconds = answers.seconds or 0
    before = [t for t in (base.targets if base else ()) if t["metric"] == answers.measure and t["priority"] is None]
    warned = seconds // _WARNED_AT
    return {
        "metric": answers.measure,
        "priority": None,
        "seconds": seconds,
        "calendar": calendar,
        "pause_on": list(answers.pause_on),
        "pause_reasons": before[0]["pause_reasons"] if before else [],
        "warn_before": [warned] if warned else [],
        "reopen": before[0]["reopen"] if before else "resume",
        "aim": answers.target,
    }


def _fits(step: dict[str, Any], targets: list[dict[str, Any]], metrics: set[str]) -> bool:
    """Return whether a step of the ladder still comes after its clock has started."""
    if step["metric"] not in metrics:
        return False
    shortest = min(target["seconds"] for target in targets if target["metric"] == step["metric"])
    return "before_seconds" not in step or step["before_seconds"] < shortest
