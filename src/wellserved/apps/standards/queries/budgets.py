"""Reads of budgets: planned, spent, expected, and the sentence that says what the difference means."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Iterable, Sequence

from django.db.models import Sum

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.types.plans import Budget, BudgetLine, Content, Line, Month, PlanRow
from wellserved.platform.origin import in_world
from wellserved.platform.ui import formatting

Decimal = decimal.Decimal
ZERO = Decimal("0.00")
# The run rate is that of the latest months entered.
RATE_MONTHS = 3


def months_of(starts_on: dt.date, ends_on: dt.date) -> tuple[dt.date, ...]:
    """Return the first day of every month a plan touches.

    >>> [day.isoformat() for day in months_of(dt.date(2026, 11, 20), dt.date(2027, 1, 2))]
    ['2026-11-01', '2026-12-01', '2027-01-01']
    """
    found, day = [], starts_on.replace(day=1)
    while day <= ends_on:
        found.append(day)
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return tuple(found)


def cost_of(content: Content, starts_on: dt.date, ends_on: dt.date) -> Decimal:
    """Return what the whole plan costs: each line, every month."""
    return sum((line.monthly for line in content.lines), ZERO) * len(months_of(starts_on, ends_on))


def budget_of(*, plan: PlanRow, spendings: Sequence[models.Spending]) -> Budget:
    """Return the budget of a plan; what is spent is held against the plan of the months that were entered."""
    months = months_of(plan.starts_on, plan.ends_on)
    entered = sorted({each.month for each in spendings})
    lines = tuple(
        _line(line, months, entered, [s for s in spendings if s.line == line.key]) for line in plan.content.lines
    )
    monthly = sum((line.monthly for line in plan.content.lines), ZERO)
    shown = []
    for month in months:
        of_month = [each for each in spendings if each.month == month]
        actual = sum((each.amount for each in of_month), ZERO) if of_month else None
        notes = " ".join(each.note for each in of_month if each.note)
        shown.append(Month(starts_on=month, planned=monthly, actual=actual, note=notes))
    budget = Budget(
        lines=lines,
        months=tuple(shown),
        planned=sum((line.planned for line in lines), ZERO),
        planned_to_date=sum((line.planned_to_date for line in lines), ZERO),
        actual=sum((line.actual for line in lines), ZERO),
        forecast=sum((line.forecast for line in lines), ZERO),
        sentence="",
    )
    return dataclasses.replace(budget, sentence=say(budget, len(entered), plan.currency))


def _line(
    line: Line, months: Sequence[dt.date], entered: Sequence[dt.date], spent: Iterable[models.Spending]
) -> BudgetLine:
    by_month = {each.month: each for each in spent}
    actual = sum((each.amount for each in by_month.values()), ZERO)
    latest = list(entered)[-RATE_MONTHS:]
    rate = (
        sum((by_month[month].amount for month in latest if month in by_month), ZERO) / len(latest)
        if latest
        else line.monthly
    )
    ahead = len(months) - len(entered)
    newest = by_month.get(entered[-1]) if entered else None
    return BudgetLine(
        key=line.key,
        label=line.label,
        kind=line.kind,
        monthly=line.monthly,
        planned=line.monthly * len(months),
        planned_to_date=line.monthly * len(entered),
        actual=actual,
        forecast=(actual + rate * ahead).quantize(Decimal("0.01")),
        note=newest.note if newest else "",
    )


def say(budget: Budget, months: int, currency: str) -> str:
    """Return what the budget shows in one or two sentences."""
    if not budget.lines:
        return "No budget line yet: a plan that costs nothing says so by having none."
    whole = formatting.format_money(budget.planned, currency)
    if not months:
        return f"{whole} planned; no month has been entered yet."
    over = budget.actual - budget.planned_to_date
    noun = "month" if months == 1 else "months"
    planned = formatting.format_money(budget.planned_to_date, currency)
    if not over:
        said = f"Spent exactly the {planned} planned for {months} {noun}."
    else:
        side = "over" if over > 0 else "under"
        parts = [
            f"{line.label} {'+' if line.variance > 0 else '-'}{formatting.format_money(abs(line.variance), currency)}"
            for line in sorted(budget.lines, key=lambda each: -abs(each.variance))
            if line.variance
        ]
        said = (
            f"{formatting.format_money(abs(over), currency)} {side} the {planned} planned for {months} {noun}: "
            f"{', '.join(parts[:3])}."
        )
    return f"{said} At this rate it ends at {formatting.format_money(budget.forecast, currency)} of {whole}."


def allocated(*, actor: Actor, plan_id: int) -> Decimal:
    """Return what allocations that were not taken back cost a plan. One query."""
    rows = in_world(models.Allocation.objects.filter(plan=plan_id, ended_at=None), actor.world, field="plan__origin")
    return rows.aggregate(total=Sum("cost"))["total"] or ZERO
