"""Write playbooks and rehearse them."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.actions.risks import PLAYBOOK as KIND
from wellserved.apps.standards.actions.risks import owner_of, text
from wellserved.apps.standards.policies import contingencies as rules
from wellserved.apps.standards.policies.risks import require_run
from wellserved.apps.standards.types import playbooks
from wellserved.apps.standards.types.risks import Result, Stage, Step
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

MOST_MONTHS = 36


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookFacts:
    """What somebody writes of a playbook."""

    name: str
    steps: Sequence[Step]
    summary: str = ""
    trigger: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    owner_id: int | None = None
    rehearse_months: int = 6


@transaction.atomic
def save_playbook(
    *,
    actor: Actor,
    contingency_id: int | None,
    facts: PlaybookFacts,
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Write a playbook's next version and return the playbook's id; a new one is due to be rehearsed at once."""
    row = (
        locked_playbook(actor, contingency_id)
        if contingency_id
        else models.Contingency(origin=live_origin(actor.world), current=0, version=0, rehearsal_due=now.date())
    )
    check_version(row, version)
    policies.require_edit(actor)
    content = _write(row, facts, actor=actor)
    said = text(reason, 300, field="reason")
    before = (row.current or None) and _content_of(row)
    if row.current and not said:
        raise Invalid("Say why the playbook changes; whoever rehearsed it wants to know.", code="playbook_reason",
                      field="reason")  # fmt: skip
    row.current, row.version, row.is_armed, row.holding_since = row.current + 1, row.version + 1, True, None
    row.save()
    models.ContingencyVersion.objects.create(
        contingency=row,
        number=row.current,
        content=content,
        created_at=now,
        created_by_id=actor.user_id,
        reason=said,
    )
    ledger.record(
        actor=actor,
        action="standards.save_contingency",
        subject=(KIND, row.pk),
        now=now,
        changes=_changed(before, content),
        reason=said,
        event=events.ContingencySaved(contingency_id=row.pk, number=row.current),
    )
    return row.pk


def _write(row: models.Contingency, facts: PlaybookFacts, *, actor: Actor) -> dict[str, Any]:
    row.name = text(facts.name, 160, field="name")
    if not row.name:
        raise Invalid("Give the playbook a name, such as Website down.", code="playbook_name", field="name")
    same_name = models.Contingency.objects.filter(name=row.name, origin=row.origin).exclude(pk=row.pk)
    if same_name.exists():
        raise Conflict(f"There is a playbook called {row.name} already.", code="name_taken", field="name")
    if not 1 <= facts.rehearse_months <= MOST_MONTHS:
        raise Invalid(
            f"Rehearse it at least every {MOST_MONTHS} months.", code="playbook_months", field="rehearse_months"
        )
    steps = rules.read_steps(facts.steps)
    row.trigger = rules.read_trigger(facts.trigger)
    row.owner_id = owner_of(actor, facts.owner_id)
    row.rehearse_months = facts.rehearse_months
    summary = text(facts.summary, 500, field="summary")
    return {"summary": summary, "steps": playbooks.steps_as_data(steps), "trigger": row.trigger}


def _changed(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    told = [None if content is None else _say(content) for content in (before, after)]
    return {key: (told[0][key] if told[0] else None, words) for key, words in (told[1] or {}).items()}


def _say(content: dict[str, Any]) -> dict[str, str]:
    return {
        "steps": "; ".join(step["what"] for step in content["steps"]),
        "trigger": playbooks.say_trigger(content["trigger"]),
    }


def _content_of(row: models.Contingency) -> Any:
    return row.versions.values_list("content", flat=True).get(number=row.current)


@transaction.atomic
def retire_playbook(*, actor: Actor, contingency_id: int, reason: str, now: dt.datetime) -> None:
    """Put a playbook away; one at work is brought to its end first."""
    row = locked_playbook(actor, contingency_id)
    if not row.is_active:
        raise Conflict("This playbook is put away already.", code="playbook_retired")
    if row.activations.filter(stage__in=[Stage.PROPOSED, Stage.ACTIVE]).exists():
        raise Conflict("It is at work; say first that the service is back to normal.", code="playbook_running")
    policies.require_edit(actor)
    said = text(reason, 300, field="reason")
    if not said:
        raise Invalid("Say why nobody needs it any more.", code="playbook_reason", field="reason")
    row.is_active, row.version = False, row.version + 1
    row.save(update_fields=["is_active", "version"])
    ledger.record(
        actor=actor,
        action="standards.retire_contingency",
        subject=(KIND, row.pk),
        now=now,
        changes={"is_active": (True, False)},
        reason=said,
        event=events.ContingencySaved(contingency_id=row.pk, number=row.current),
    )


@transaction.atomic
def rehearse(
    *,
    actor: Actor,
    contingency_id: int,
    held_on: dt.date,
    who: str,
    result: str,
    findings: str,
    to_change: str = "",
    now: dt.datetime,
) -> int:
    """Keep what a rehearsal showed; one that did not fail sets the day of the next."""
    row = locked_playbook(actor, contingency_id)
    if not row.is_active:
        raise Conflict("This playbook is put away; nobody rehearses it.", code="playbook_retired")
    require_run(actor)
    if result not in Result.values:
        raise Invalid(
            f"A rehearsal ends as one of {', '.join(Result.values)}.", code="rehearsal_result", field="result"
        )
    if held_on > now.date() or held_on < now.date() - dt.timedelta(days=366):
        raise Invalid("Give the day it was held, within the last year.", code="rehearsal_day", field="held_on")
    named, found = text(who, 300, field="who"), text(findings, 1000, field="findings")
    wanted = text(to_change, 500, field="to_change")
    if not named or not found:
        raise Invalid("Say who took part and what was found.", code="rehearsal_words", field="findings")
    if result != Result.WORKED and not wanted:
        raise Invalid(
            "Say what is to change, since it did not wholly work.", code="rehearsal_change", field="to_change"
        )
    kept = models.Rehearsal.objects.create(
        contingency=row,
        number=row.current,
        held_on=held_on,
        who=named,
        result=result,
        findings=found,
        to_change=wanted,
        recorded_at=now,
        recorded_by_id=actor.user_id,
    )
    before, row.rehearsal_due = row.rehearsal_due, _next_due(row, held_on=held_on, result=result)
    row.version += 1
    row.save(update_fields=["rehearsal_due", "version"])
    ledger.record(
        actor=actor,
        action="standards.rehearse",
        subject=(KIND, row.pk),
        now=now,
        changes={
            "result": (None, result),
            "rehearsal_due": (before.isoformat(), row.rehearsal_due.isoformat()),
        },
        event=events.ContingencyRehearsed(contingency_id=row.pk, rehearsal_id=kept.pk),
    )
    return kept.pk


def _next_due(row: models.Contingency, *, held_on: dt.date, result: str) -> dt.date:
    if result == Result.FAILED:
        return held_on
    return max(row.rehearsal_due, held_on + dt.timedelta(days=row.rehearse_months * 365 // 12))


def locked_playbook(actor: Actor, contingency_id: int) -> models.Contingency:
    """Return the playbook, held for this transaction, or say there is none."""
    row = in_world(models.Contingency.objects.select_for_update().filter(pk=contingency_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such playbook.", code="contingency_not_found")
    return row


def check_version(row: models.Contingency, version: int | None) -> None:
    """Refuse a change made to a version that is no longer the latest."""
    if row.pk and version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {version}; compare and save again.",
            code="stale",
            version=row.version,
        )
