"""Write delivery plans: part by part, and held against what happened."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.standards import events, models
from wellserved.apps.standards.policies import plans as rules
from wellserved.apps.standards.queries import budgets
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.types import plans as types
from wellserved.apps.standards.types.plan_templates import template
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND, STANDARD = queries.KIND, queries.STANDARD
State = models.Plan.State


@transaction.atomic
def create(
    *,
    actor: Actor,
    name: str,
    owner_id: int,
    starts_on: dt.date,
    ends_on: dt.date,
    template_key: str = "",
    standards: Sequence[int] = (),
    now: dt.datetime,
) -> int:
    """Begin a plan, from a template or from nothing, for some standards or none yet, and return its id."""
    rules.require_edit(actor)
    name = rules.read_frame(name=name, starts_on=starts_on, ends_on=ends_on)
    require_colleagues(actor, [owner_id])
    chosen = template(template_key)
    content = chosen.content(owner_id=owner_id, starts_on=starts_on, ends_on=ends_on) if chosen else types.Content()
    content = dataclasses.replace(content, standards=tuple(standards))
    _check_references(actor, "standards", content)
    row = models.Plan.objects.create(
        name=name,
        owner_id=owner_id,
        starts_on=starts_on,
        ends_on=ends_on,
        content=content.as_data(),
        amount=budgets.cost_of(content, starts_on, ends_on),
        origin=live_origin(actor.world),
    )
    _link_standards(actor, row.pk, (), content.standards, now)
    ledger.record(
        actor=actor, action="standards.create_plan", subject=(KIND, row.pk), now=now, changes={"name": (None, name)}
    )
    return row.pk


@transaction.atomic
def save_frame(
    *,
    actor: Actor,
    plan_id: int,
    name: str,
    owner_id: int,
    starts_on: dt.date,
    ends_on: dt.date,
    version: int | None = None,
    now: dt.datetime,
) -> bool:
    """Change what a plan is called, who answers for it, when it runs; return whether an approval was lost."""
    row = locked(actor, plan_id, version)
    rules.require_edit(actor)
    require_open(row)
    name = rules.read_frame(name=name, starts_on=starts_on, ends_on=ends_on)
    require_colleagues(actor, [owner_id])
    content = types.Content.from_data(row.content)
    before = {"name": row.name, "starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    row.name, row.owner_id, row.starts_on, row.ends_on = name, owner_id, starts_on, ends_on
    row.amount = budgets.cost_of(content, starts_on, ends_on)
    after = {"name": name, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    lost = altered(actor, row, now)
    row.save()
    changes = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    ledger.record(actor=actor, action="standards.save_plan", subject=(KIND, row.pk), now=now, changes=changes)
    return lost


@transaction.atomic
def save_section(
    *, actor: Actor, plan_id: int, section: str, given: Any, version: int | None = None, now: dt.datetime
) -> bool:
    """Write one section of a plan; return whether an approval was lost by it."""
    row = locked(actor, plan_id, version)
    rules.require_edit(actor)
    require_open(row)
    before = types.Content.from_data(row.content)
    read = rules.read_section(section, given, before=before, ends_on=row.ends_on)
    field = "lines" if section == "budget" else section
    after = dataclasses.replace(before, **{field: read})
    _check_references(actor, section, after)
    if after == before:
        return False
    row.content = after.as_data()
    row.amount = budgets.cost_of(after, row.starts_on, row.ends_on)
    lost = altered(actor, row, now)
    row.save()
    if section == "standards":
        _link_standards(actor, row.pk, before.standards, after.standards, now)
    ledger.record(
        actor=actor,
        action="standards.save_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={section: (before.as_data()[field], row.content[field])},
    )
    return lost


def _check_references(actor: Actor, section: str, content: types.Content) -> None:
    """Every person and record a section names is authorised like the plan itself."""
    if section in {"actions", "monitoring"}:
        require_colleagues(actor, queries.people_of(content))
    if section == "standards":
        known = queries.standard_measures(actor=actor, ids=content.standards)
        if set(content.standards) - set(known):
            raise NotFound("There is no such standard.", code="standard_not_found")


def require_colleagues(actor: Actor, ids: Any) -> None:
    """Refuse people this actor may not know of."""
    wanted = set(ids)
    if wanted - accounts.visible_staff_ids(actor=actor, user_ids=wanted):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="owner_not_found")


def _link_standards(actor: Actor, plan_id: int, before: Sequence[int], after: Sequence[int], now: dt.datetime) -> None:
    here = (KIND, plan_id)
    for pk in set(before) - set(after):
        thread.unlink(actor=actor, start=here, verb="delivers", end=(STANDARD, pk), now=now)
    for pk in set(after) - set(before):
        thread.link(actor=actor, start=here, verb="delivers", end=(STANDARD, pk), now=now)


def altered(actor: Actor, row: models.Plan, now: dt.datetime) -> bool:
    """Let the approval of a plan fall that has changed since; the caller saves. Return whether one was lost."""
    row.version += 1
    if row.approval_id is None:
        return False
    reason = "The plan was altered after it was sent."
    lost = approvals.lapse(actor=actor, approval_id=row.approval_id, now=now, reason=reason)
    row.approval_id, row.state = None, State.DRAFT
    return lost


@transaction.atomic
def evaluate(
    *,
    actor: Actor,
    plan_id: int,
    finding: str,
    decision: str,
    figures: Sequence[tuple[str, str]],
    now: dt.datetime,
) -> int:
    """Hold an agreed plan against what happened; the figures of the day stay with what was found."""
    row = locked(actor, plan_id, None)
    rules.require_edit(actor)
    if not row.agreed_number:
        raise Conflict("Only a plan that was agreed is held against what happened.", code="plan_not_agreed")
    if not finding.strip():
        raise Invalid("Say what the review found.", code="reason", field="finding")
    if decision not in models.Evaluation.Decision.values:
        raise Invalid("Decide to keep, modify or stop the plan.", code="plan_decision", field="decision")
    made = models.Evaluation.objects.create(
        plan=row,
        at=now,
        by_id=actor.user_id,
        finding=finding.strip()[:1000],
        decision=decision,
        figures=[list(pair) for pair in figures],
    )
    ledger.record(
        actor=actor,
        action="standards.evaluate_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={"decision": (None, models.Evaluation.Decision(decision).label)},
        reason=finding,
        event=events.PlanEvaluated(plan_id=row.pk, evaluation_id=made.pk),
    )
    return made.pk


def locked(actor: Actor, plan_id: int, version: int | None) -> models.Plan:
    """Return the row held for this transaction, in the version that was read."""
    row = in_world(models.Plan.objects.select_for_update().filter(pk=plan_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such plan.", code="plan_not_found")
    if version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {version}. Nothing of yours is "
            "saved; compare and save again.",
            code="stale",
            version=row.version,
        )
    return row


def require_open(row: models.Plan) -> None:
    """Refuse to alter what was agreed: it is taken up again first, with a reason."""
    if row.state == State.AGREED:
        raise Conflict(
            "This plan is agreed and locked. Evaluate it, then take it up again with your reason.", code="plan_locked"
        )
