"""Write what is promised. Every save makes a new version; what was promised before stays readable for ever."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import adapters, defaults, events, models, policies
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

ALWAYS = defaults.ALWAYS


@transaction.atomic
def save_calendar(
    *,
    actor: Actor,
    calendar_id: int | None,
    name: str,
    spec: Mapping[str, Any],
    reason: str = "",
    effective_from: dt.datetime | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> models.CalendarVersion:
    """Write a calendar's next version, and with it one of every policy that counts in it.

    Tickets already under a policy keep the version they have; `version` is the one the editor saw.
    """
    row = _locked(models.Calendar, actor, calendar_id, "calendar")
    before = row.versions.order_by("-number").first() if row else None
    if row:
        _check_version(row, version, {"name": row.name, "spec": before.spec if before else None})
    policies.require_edit(actor)
    name = _read_name(name)
    working = adapters.read_calendar(dict(spec))
    _check_name_is_free(models.Calendar, actor, name, row)
    if row is None:
        row = models.Calendar(name=name, origin=live_origin(actor.world))
        row.save()
    else:
        row.name, row.version = name, row.version + 1
        row.save(update_fields=["name", "version"])
    written = models.CalendarVersion.objects.create(
        calendar=row,
        number=before.number + 1 if before else 1,
        spec=working.to_dict(),
        tzdata=adapters.tzdata_version(),
        effective_from=effective_from or (now if before else ALWAYS),
        created_at=now,
        created_by_id=actor.user_id,
        reason=reason,
    )
    ledger.record(
        actor=actor,
        action="standards.save_calendar",
        subject=("standards.calendar", row.pk),
        now=now,
        changes={"spec": (before.spec if before else None, written.spec)},
        reason=reason,
        event=events.CalendarSaved(calendar_id=row.pk, version_id=written.pk),
    )
    if before:
        _carry_into_policies(actor, row, written, now)
    return written


def _carry_into_policies(
    actor: Actor, calendar: models.Calendar, written: models.CalendarVersion, now: dt.datetime
) -> None:
    """Give every policy that counts in this calendar a version that counts in its newest version."""
    older = set(calendar.versions.exclude(pk=written.pk).values_list("pk", flat=True))
    rows = in_world(models.Policy.objects.select_for_update().filter(is_active=True), actor.world)
    for policy in rows:
        latest = policy.versions.order_by("-number").first()
        if latest is None or not any(target["calendar"] in older for target in latest.targets):
            continue
        targets = [{**t, "calendar": written.pk if t["calendar"] in older else t["calendar"]} for t in latest.targets]
        _write_policy_version(
            actor,
            policy,
            conditions=latest.conditions,
            targets=targets,
            escalation=latest.escalation,
            effective_from=written.effective_from,
            reason=f"{calendar.name} changed (version {written.number}).",
            now=now,
        )


@transaction.atomic
def save_policy(
    *,
    actor: Actor,
    policy_id: int | None,
    name: str,
    conditions: Mapping[str, Any],
    targets: Sequence[Mapping[str, Any]],
    escalation: Sequence[Mapping[str, Any]] = (),
    agreement: str = models.Policy.Agreement.SLA,
    reason: str = "",
    effective_from: dt.datetime | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> models.PolicyVersion:
    """Write a policy's next version; a new policy is tried last until it is moved."""
    row = _locked(models.Policy, actor, policy_id, "policy")
    if row:
        latest = row.versions.order_by("-number").first()
        seen = {"conditions": latest.conditions, "targets": latest.targets} if latest else {}
        _check_version(row, version, {"name": row.name, **seen})
    policies.require_edit(actor)
    name = _read_name(name)
    if agreement not in models.Policy.Agreement.values:
        raise Invalid(f"An agreement is one of {', '.join(models.Policy.Agreement.values)}.", code="agreement")
    read_targets = policies.read_targets(targets)
    ladder = policies.read_escalation(escalation, read_targets)
    wanted = policies.read_conditions(conditions)
    _check_calendars(actor, {target["calendar"] for target in read_targets})
    is_first = row is None
    if row is None:
        last = in_world(models.Policy.objects.order_by("-position"), actor.world).first()
        row = models.Policy(position=last.position + 1 if last else 1, origin=live_origin(actor.world), version=0)
    row.name, row.agreement = name, agreement
    row.save()
    return _write_policy_version(
        actor,
        row,
        conditions=wanted,
        targets=read_targets,
        escalation=ladder,
        effective_from=effective_from or (ALWAYS if is_first else now),
        reason=reason,
        now=now,
    )


def _write_policy_version(
    actor: Actor,
    policy: models.Policy,
    *,
    conditions: Mapping[str, Any],
    targets: Sequence[Mapping[str, Any]],
    escalation: Sequence[Mapping[str, Any]],
    effective_from: dt.datetime,
    reason: str,
    now: dt.datetime,
) -> models.PolicyVersion:
    before = policy.versions.order_by("-number").first()
    policy.version += 1
    policy.save(update_fields=["version"])
    written = models.PolicyVersion.objects.create(
        policy=policy,
        number=before.number + 1 if before else 1,
        conditions=dict(conditions),
        targets=list(targets),
        escalation=list(escalation),
        effective_from=effective_from,
        created_at=now,
        created_by_id=actor.user_id,
        reason=reason[:300],
    )
    ledger.record(
        actor=actor,
        action="standards.save_policy",
        subject=("standards.policy", policy.pk),
        now=now,
        changes={
            field: (getattr(before, field) if before else None, getattr(written, field))
            for field in ("conditions", "targets", "escalation")
        },
        reason=reason,
        event=events.PolicySaved(policy_id=policy.pk, version_id=written.pk),
    )
    return written


@transaction.atomic
def reorder_policies(*, actor: Actor, policy_ids: Sequence[int], now: dt.datetime) -> None:
    """Try the active policies in this order; the list names each of them once."""
    rows = {
        row.pk: row for row in in_world(models.Policy.objects.select_for_update().filter(is_active=True), actor.world)
    }
    if sorted(policy_ids) != sorted(rows):
        raise Conflict(
            "The list of policies has changed; read it again and put each of them in its place.", code="stale"
        )
    policies.require_edit(actor)
    before = sorted(rows, key=lambda pk: (rows[pk].position, pk))
    for position, policy_id in enumerate(policy_ids, start=1):
        rows[policy_id].position = position
    models.Policy.objects.bulk_update(rows.values(), ["position"])
    if policy_ids:
        ledger.record(
            actor=actor,
            action="standards.reorder_policies",
            subject=("standards.policy", policy_ids[0]),
            now=now,
            changes={"order": (before, list(policy_ids))},
            event=events.PoliciesReordered(policy_ids=tuple(policy_ids)),
        )


@transaction.atomic
def retire_policy(*, actor: Actor, policy_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Let no further ticket come under this policy; tickets under it keep their clocks."""
    row = _locked(models.Policy, actor, policy_id, "policy")
    if row is None:
        raise NotFound("There is no such policy.")
    if not row.is_active:
        raise Conflict("This policy is retired already.", code="policy_retired")
    _check_version(row, version, {"name": row.name})
    policies.require_edit(actor)
    row.is_active, row.version = False, row.version + 1
    row.save(update_fields=["is_active", "version"])
    ledger.record(
        actor=actor,
        action="standards.retire_policy",
        subject=("standards.policy", row.pk),
        now=now,
        changes={"is_active": (True, False)},
        reason=reason,
        event=events.PolicyRetired(policy_id=row.pk),
    )


def create_default_standards(*, actor: Actor, now: dt.datetime) -> models.PolicyVersion:
    """Give a world office hours with England's holidays and one policy for every ticket.

    First reply within one working day, next reply within one, resolution within five; urgent tickets sooner.
    """
    calendar = save_calendar(
        actor=actor,
        calendar_id=None,
        name=defaults.CALENDAR,
        spec=defaults.calendar_spec(now=now),
        reason=defaults.REASON,
        now=now,
    )
    return save_policy(
        actor=actor,
        policy_id=None,
        name=defaults.POLICY,
        conditions={},
        targets=defaults.targets(calendar=calendar.pk),
        escalation=defaults.ESCALATION,
        reason=defaults.REASON,
        now=now,
    )


def hold_calendar(*, actor: Actor, calendar_id: int) -> None:
    """Keep others from saving a calendar until the transaction ends, so that what is read of it stays true."""
    _locked(models.Calendar, actor, calendar_id, "calendar")


def _locked(model: Any, actor: Actor, pk: int | None, noun: str) -> Any:
    if pk is None:
        return None
    row = in_world(model.objects.select_for_update().filter(pk=pk), actor.world).first()
    if row is None:
        raise NotFound(f"There is no such {noun}.")
    return row


def _check_version(row: Any, given: int | None, now_reads: Mapping[str, Any]) -> None:
    if given is not None and given != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {given}. Nothing of yours is saved; "
            "compare and save again.",
            code="stale",
            difference=dict(now_reads),
            version=row.version,
        )


def _read_name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= 120:
        raise Invalid("Give it a name of 1 to 120 letters.", code="name")
    return name


def _check_name_is_free(model: Any, actor: Actor, name: str, row: Any) -> None:
    rivals = model.objects.filter(name=name, origin=row.origin if row else live_origin(actor.world))
    if rivals.exclude(pk=row.pk if row else None).exists():
        raise Conflict(f"There is a calendar called {name} already; choose another name.", code="name_taken")


def _check_calendars(actor: Actor, version_ids: set[int]) -> None:
    rows = models.CalendarVersion.objects.filter(pk__in=version_ids)
    if in_world(rows, actor.world, field="calendar__origin").count() != len(version_ids):
        raise NotFound("There is no such calendar.", code="calendar_not_found")
