"""Carry a plan out: what was done and looked at, what was spent, who is to reach what."""

import datetime as dt
import decimal

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.policies import EDIT_PLANS, READ_PLANS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import models
from wellserved.apps.standards.actions import plans
from wellserved.apps.standards.policies import plans as rules
from wellserved.apps.standards.policies import targets as target_rules
from wellserved.apps.standards.queries import budgets, calendar_of_plans
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.apps.standards.types import plans as types
from wellserved.apps.standards.types.targets import Baseline
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world
from wellserved.platform.ui.formatting import format_day

KIND = queries.KIND
# A month this far from its plan is explained in a sentence.
EXPLAIN_FROM = decimal.Decimal("0.10")


@transaction.atomic
def mark(*, actor: Actor, plan_id: int, kind: str, key: str, on: dt.date, note: str = "", now: dt.datetime) -> int:
    """Say that an action was done, or that a review took place and what it found."""
    row = plans.locked(actor, plan_id, None)
    latest = row.versions.order_by("-number").first()
    content = types.Content.from_data(latest.content) if latest else None
    shown = queries.row_of(row)
    wanted = calendar_of_plans.occasions(plan=shown, content=content, marks=row.marks.all(), names={}, today=now.date())
    found = next((each for each in wanted if (each.kind, each.key, each.on) == (kind, key, on)), None)
    is_hers = found is not None and found.person_id == actor.user_id
    if not is_hers and not actor.can(READ_PLANS):
        raise NotFound("There is no such plan.", code="plan_not_found")
    if found is None:
        raise Invalid("The plan asks for nothing of the kind on that day.", code="no_occasion")
    if not is_hers and not actor.can(EDIT_PLANS):
        raise Refused("Only whoever is to do this, or a manager, says that it is done.", code="not_yours")
    if found.done_on:
        raise Conflict(f"This was marked done on {format_day(found.done_on)}.", code="already_done")
    if kind == "review" and on > now.date():
        raise Conflict("Nobody can have looked at this yet: its day lies ahead.", code="too_early")
    if kind == "review" and not note.strip():
        raise Invalid("Say what you saw: a review without a finding was none.", code="reason", field="note")
    made = models.Mark.objects.create(
        plan=row, kind=kind, key=key, on=on, done_at=now, done_by_id=actor.user_id, note=note.strip()[:500]
    )
    ledger.record(
        actor=actor,
        action="standards.mark_plan",
        subject=(KIND, row.pk),
        now=now,
        changes={models.Mark.Kind(kind).value: (None, f"{found.what}, {on.isoformat()}")},
        reason=note,
    )
    return made.pk


@transaction.atomic
def enter_spending(
    *,
    actor: Actor,
    plan_id: int,
    line: str,
    month: dt.date,
    amount: decimal.Decimal,
    note: str = "",
    now: dt.datetime,
) -> None:
    """Keep what a line of an agreed plan cost in a month; more than a tenth off its plan needs a sentence."""
    row = plans.locked(actor, plan_id, None)
    rules.require_edit(actor)
    if not row.agreed_number:
        raise Conflict("Money is spent on plans that were agreed; this one is not yet.", code="plan_not_agreed")
    planned = next((each for each in queries.row_of(row).content.lines if each.key == line), None)
    if planned is None:
        raise NotFound("The budget has no such line.", code="no_line")
    month = month.replace(day=1)
    if month not in budgets.months_of(row.starts_on, row.ends_on) or month > now.date():
        raise Invalid("Choose a month of the plan that has begun.", code="month", field="month")
    amount = rules.read_amount(amount, field="amount")
    if abs(amount - planned.monthly) > planned.monthly * EXPLAIN_FROM and not note.strip():
        raise Invalid(
            f"{planned.monthly} was planned for this month: say in a sentence why it is {amount}.",
            code="variance",
            field="note",
        )
    kept, _ = models.Spending.objects.update_or_create(
        plan=row,
        line=line,
        month=month,
        defaults={"amount": amount, "note": note.strip()[:300], "entered_at": now, "entered_by_id": actor.user_id},
    )
    ledger.record(
        actor=actor,
        action="standards.enter_spending",
        subject=(KIND, row.pk),
        now=now,
        changes={"spent": (None, f"{planned.label}, {month:%Y-%m}: {kept.amount}")},
        reason=note,
    )


@transaction.atomic
def set_target(
    *,
    actor: Actor,
    plan_id: int,
    level: str,
    statement: str,
    measure: str,
    value: float,
    due_on: dt.date,
    parent_id: int | None = None,
    team_id: int | None = None,
    user_id: int | None = None,
    change: str = "",
    baseline: Baseline | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Add a target to a plan's cascade; what past weeks do not allow is kept and flagged, not refused."""
    row = plans.locked(actor, plan_id, version)
    rules.require_edit(actor)
    plans.require_open(row)
    parent = row.targets.filter(pk=parent_id).first() if parent_id else None
    if parent_id and parent is None:
        raise NotFound("There is no such target in this plan.", code="target_not_found")
    target_rules.require_cascade(level, parent.level if parent else None)
    team_id, user_id = _whose(actor, level, team_id, user_id, parent)
    content = types.Content.from_data(row.content)
    measures = {key for _, key in queries.standard_measures(actor=actor, ids=content.standards).values()}
    target_rules.require_smart(
        target_rules.check(
            statement=statement,
            measure=measure,
            value=value,
            due_on=due_on,
            plan_days=(row.starts_on, row.ends_on),
            measures_of_standards=measures,
            baseline=baseline,
            change=change,
        )
    )
    made = models.Target.objects.create(
        plan=row,
        parent=parent,
        level=level,
        team_id=team_id,
        user_id=user_id,
        statement=statement.strip()[:300],
        measure=measure,
        value=decimal.Decimal(str(value)),
        due_on=due_on,
        change=change.strip()[:300],
        baseline=_as_data(baseline),
        origin=row.origin,
    )
    plans.altered(actor, row, now)
    row.save()
    ledger.record(
        actor=actor,
        action="standards.set_target",
        subject=(KIND, row.pk),
        now=now,
        changes={"target": (None, f"{made.statement}: {target_queries.show_value(measure, value)}")},
    )
    return made.pk


def _as_data(baseline: Baseline | None) -> dict[str, float] | None:
    return {name: getattr(baseline, name) for name in Baseline.__slots__} if baseline else None


def _whose(
    actor: Actor, level: str, team_id: int | None, user_id: int | None, parent: models.Target | None
) -> tuple[int | None, int | None]:
    """Return the team or person a target is for, authorised like everything else a request names."""
    if level == "team":
        if team_id is None:
            raise Invalid("Choose the team.", code="target_who", field="team_id")
        if team_id not in accounts.visible_team_ids(actor=actor, team_ids=[team_id]):
            raise NotFound("There is no such team.", code="team_not_found")
        return team_id, None
    if level == "person":
        if user_id is None:
            raise Invalid("Choose the person.", code="target_who", field="user_id")
        person = accounts.person(actor=actor, user_id=user_id)
        if parent is not None and parent.team_id not in person.team_ids:
            raise Invalid(f"{person.name} is not in that team.", code="target_who", field="user_id")
        return None, user_id
    return None, None


@transaction.atomic
def remove_target(*, actor: Actor, target_id: int, version: int | None = None, now: dt.datetime) -> None:
    """Take a target, and those below it, out of a plan that is not agreed."""
    found = in_world(models.Target.objects.filter(pk=target_id), actor.world).first()
    if found is None:
        raise NotFound("There is no such target.", code="target_not_found")
    row = plans.locked(actor, found.plan_id, version)
    rules.require_edit(actor)
    plans.require_open(row)
    said = f"{found.statement}: {target_queries.show_value(found.measure, float(found.value))}"
    found.delete()
    plans.altered(actor, row, now)
    row.save()
    ledger.record(
        actor=actor,
        action="standards.remove_target",
        subject=(KIND, row.pk),
        now=now,
        changes={"target": (said, None)},
    )
