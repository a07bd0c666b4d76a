"""Reads of targets: the cascade of a plan, and what concerns one person."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.types.measures import MEASURES
from wellserved.apps.standards.types.targets import Baseline, TargetRow
from wellserved.apps.standards.types.wording import say_share
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

_PLACE = {"organisation": 0, "team": 1, "person": 2}


def show_value(measure: str, value: float) -> str:
    """Return a target's value as it is read.

    >>> show_value("first_reply", 0.92), show_value("cost_per_transaction", 6.5)
    ('92 %', '£6.50')
    """
    known = MEASURES.get(measure)
    return f"£{value:,.2f}" if known is not None and known.shape == "amount" else say_share(value)


def as_data(rows: Iterable[models.Target]) -> list[dict[str, Any]]:
    """Return targets as data, for the digest and the version; for this app alone."""
    return [
        {
            "key": str(row.pk),
            "parent": row.parent_id,
            "level": row.level,
            "team": row.team_id,
            "user": row.user_id,
            "who": _who(row),
            "statement": row.statement,
            "measure": row.measure,
            "value": f"{row.value:.4f}",
            "shown": show_value(row.measure, float(row.value)),
            "due_on": row.due_on.isoformat(),
            "change": row.change,
        }
        for row in rows
    ]


def _who(row: models.Target) -> str:
    if row.level == models.Target.Level.TEAM:
        return row.team.name if row.team else "A team"
    if row.level == models.Target.Level.PERSON:
        return row.user.name if row.user else "A person"
    return "Organisation"


def cascade(*, actor: Actor, plan_id: int) -> tuple[TargetRow, ...]:
    """Return the targets of a plan from the organisation down; persons' only to those persons and who manages them.

    Within a parent they stand in the order in which they were set: nothing orders people by a figure. One query.
    """
    rows = list(_visible(actor, _loaded(actor).filter(plan=plan_id)).order_by("pk"))
    children: dict[int | None, list[models.Target]] = {}
    known = {row.pk for row in rows}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    found: list[TargetRow] = []

    def walk(parent: int | None) -> None:
        for row in children.get(parent, ()):
            found.append(row_of(row))
            walk(row.pk)

    walk(None)
    return tuple(found)


def mine(*, actor: Actor) -> tuple[TargetRow, ...]:
    """Return the targets of agreed plans that concern a person: hers, her teams' and the organisation's. One query."""
    hers = Q(user=actor.user_id) | Q(team__in=actor.team_ids, level="team") | Q(level="organisation")
    rows = _loaded(actor).filter(hers, plan__agreed_number__gt=0)
    return tuple(sorted((row_of(row) for row in rows), key=lambda each: (-_PLACE[each.level], each.due_on, each.id)))


def _loaded(actor: Actor) -> "QuerySet[models.Target]":
    return in_world(models.Target.objects.select_related("plan", "team", "user"), actor.world)


def _visible(actor: Actor, rows: "QuerySet[models.Target]") -> "QuerySet[models.Target]":
    """A person's target is hers, her team leader's and the managers'."""
    if actor.sees_all_teams and actor.can("plans.edit"):
        return rows
    led = Q(parent__team__in=actor.team_ids) if actor.can("people.edit") else Q(pk=None)
    return rows.filter(~Q(level="person") | Q(user=actor.user_id) | led)


def find(*, actor: Actor, target_id: int) -> models.Target:
    """Return the row, or say there is none; for this app alone. One query."""
    row = _loaded(actor).filter(pk=target_id).first()
    if row is None:
        raise NotFound("There is no such target.", code="target_not_found")
    return row


def of_standards(*, actor: Actor, measure: str, today: dt.date) -> tuple[float, ...]:
    """Return the organisation's running targets for a measure. One query."""
    rows = in_world(models.Target.objects.filter(level="organisation", measure=measure, due_on__gte=today), actor.world)
    return tuple(float(value) for value in rows.values_list("value", flat=True))


def row_of(row: models.Target) -> TargetRow:
    """Return the row as other layers may know it; plan, team and person are loaded."""
    baseline = Baseline(**row.baseline) if row.baseline else None
    value = float(row.value)
    measure = MEASURES.get(row.measure)
    return TargetRow(
        id=row.pk,
        plan_id=row.plan_id,
        plan=row.plan.name,
        parent_id=row.parent_id,
        level=row.level,
        who=_who(row),
        team_id=row.team_id,
        user_id=row.user_id,
        statement=row.statement,
        measure=row.measure,
        measure_label=measure.label if measure else row.measure,
        value=value,
        shown=show_value(row.measure, value),
        due_on=row.due_on,
        change=row.change,
        baseline=baseline,
        is_unrealistic=baseline is not None and value > baseline.upper,
        depth=_PLACE[row.level],
    )
