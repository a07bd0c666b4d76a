"""Reads of resources: the register by kind, what is free, what is known of whether it can be kept up."""

import datetime as dt
import decimal
from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import queries as people
from wellserved.apps.standards import models
from wellserved.apps.standards.types import resources as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui import formatting

KIND = "standards.resource"
ORDER = Keyset("kind", "name", "id")
YEAR = dt.timedelta(days=365)
LOADED = ("plan", "made_by", "resource", "objective")


def register(
    *, actor: Actor, kind: str = "", search: str = "", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.ResourceRow, ...], str | None]:
    """Return one page of resources by kind and name, and the cursor of the next. One query."""
    rows = _loaded(actor, now.date())
    if kind in types.RESOURCE_KINDS:
        rows = rows.filter(kind=kind)
    if search:
        rows = rows.filter(name__icontains=search)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(row_of(row) for row in page.rows), page.next_cursor


def uncommented(*, actor: Actor) -> int:
    """Return how many resources nobody has said a word of sustainability about. One query."""
    return in_world(models.Resource.objects.filter(comment=""), actor.world).count()


def choices(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return resources by name, up to 300. One query."""
    rows = in_world(models.Resource.objects.order_by("kind", "name", "pk"), actor.world)
    return tuple(rows.values_list("pk", "name")[:300])


def _loaded(actor: Actor, today: dt.date) -> "QuerySet[models.Resource]":
    running = models.Allocation.objects.filter(
        resource=OuterRef("pk"), ended_at=None, starts_on__lte=today, ends_on__gte=today
    )
    total = running.order_by().values("resource").annotate(total=Sum("quantity")).values("total")
    rows = models.Resource.objects.select_related("commented_by")
    return in_world(rows, actor.world).annotate(
        allocated=Coalesce(Subquery(total), Value(decimal.Decimal(0)))  # one query for the whole page
    )


def find(*, actor: Actor, resource_id: int, today: dt.date) -> models.Resource:
    """Return the row, or say there is none; for this app alone. One query."""
    row = _loaded(actor, today).filter(pk=resource_id).first()
    if row is None:
        raise NotFound("There is no such resource.", code="resource_not_found")
    return row


def row_of(row: models.Resource) -> types.ResourceRow:
    """Return the row as other layers may know it; what is allocated is annotated."""
    return types.ResourceRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        unit=types.UNITS[row.kind],
        quantity=row.quantity,
        monthly=row.monthly,
        currency=row.currency,
        team_id=row.team_id,
        available_from=row.available_from,
        available_until=row.available_until,
        allocated=row.allocated,  # type: ignore[attr-defined]
        comment=row.comment,
        commented_at=row.commented_at,
        commented_by=row.commented_by.name if row.commented_by else "",
        version=row.version,
    )


def resource(*, actor: Actor, resource_id: int, now: dt.datetime) -> types.ResourceDetail:
    """Return a resource with what is worked out of it and who has it. Eight queries at most."""
    row = find(actor=actor, resource_id=resource_id, today=now.date())
    shown = row_of(row)
    prices = tuple(row.prices.order_by("from_on").values_list("from_on", "monthly"))
    given = row.allocations.select_related(*LOADED).order_by("-starts_on", "-pk")[:100]
    return types.ResourceDetail(
        row=shown,
        figures=sustainability(actor=actor, row=shown, prices=prices, now=now),
        allocations=tuple(allocation_of(each, now.date()) for each in given),
        prices=prices,
    )


def sustainability(
    *, actor: Actor, row: types.ResourceRow, prices: Iterable[tuple[dt.date, decimal.Decimal]], now: dt.datetime
) -> tuple[types.Figure, ...]:
    """Return what is known of whether a resource can be kept up, and what is not. Four queries for people."""
    found = [_use(row), _trend(row, list(prices), now.date()), _end(row, now.date())]
    if row.kind == "people":
        found.append(_cover(actor, now.date()))
        found += [
            types.Figure(label=label, sentence="Not known yet: it needs worked hours and leave.", is_known=False)
            for label in ("Overtime", "Leave untaken")
        ]
    return tuple(found)


def _use(row: types.ResourceRow) -> types.Figure:
    share = row.utilisation
    said = "Nothing there to use." if share is None else f"{share * 100:.0f} % allocated"
    if share is not None and share > 1:
        said += f": {float(row.allocated - row.quantity):g} more than there are."
    elif share is not None:
        said += f", {float(row.free):g} of {float(row.quantity):g} free."
    return types.Figure(label="Utilisation", sentence=said, is_known=True)


def _trend(row: types.ResourceRow, prices: list[tuple[dt.date, decimal.Decimal]], today: dt.date) -> types.Figure:
    year_ago = [monthly for on, monthly in prices if on <= today - YEAR]
    earliest = year_ago[-1] if year_ago else prices[0][1] if len(prices) > 1 else None
    if not earliest:
        return types.Figure(label="Cost trend", sentence="Not known yet: one price is no trend.", is_known=False)
    change = float(row.monthly / earliest - 1)
    since = "in a year" if year_ago else f"since {formatting.format_day(prices[0][0])}"
    now = formatting.format_money(row.monthly, row.currency)
    said = (
        f"{now} a month each, {change * 100:+.1f} % {since}." if change else f"{now} a month each, unchanged {since}."
    )
    return types.Figure(label="Cost trend", sentence=said, is_known=True)


def _end(row: types.ResourceRow, today: dt.date) -> types.Figure:
    if row.available_until is None:
        said = "No end is set."
    else:
        left = (row.available_until - today).days
        said = (
            f"Ends on {formatting.format_day(row.available_until)}, in {left} days."
            if left >= 0
            else (f"Ended on {formatting.format_day(row.available_until)}.")
        )
    return types.Figure(label="Availability", sentence=said, is_known=True)


def _cover(actor: Actor, on: dt.date) -> types.Figure:
    cover = people.cover(actor=actor, on=on)
    if not cover:
        return types.Figure(label="Cover", sentence="Not known yet: no skill is listed.", is_known=False)
    alone = [each.skill.name for each in cover if each.is_single_point]
    short = [each.skill.name for each in cover if each.missing and not each.is_single_point]
    if not alone and not short:
        return types.Figure(label="Cover", sentence=f"All {len(cover)} skills are covered.", is_known=True)
    parts = [
        f"{', '.join(names[:4])} {words}"
        for names, words in ((alone, "on one person alone"), (short, "below the cover needed"))
        if names
    ]
    return types.Figure(label="Cover", sentence=f"{'; '.join(parts)}.", is_known=True)


def allocations(*, actor: Actor, plan_id: int, now: dt.datetime) -> tuple[types.AllocationRow, ...]:
    """Return what a plan has been given, latest first. One query."""
    rows = models.Allocation.objects.filter(plan=plan_id).select_related(*LOADED)
    rows = in_world(rows, actor.world, field="plan__origin").order_by("-made_at", "-pk")[:100]
    return tuple(allocation_of(each, now.date()) for each in rows)


def behind_objective(*, actor: Actor, objective_id: int, now: dt.datetime) -> tuple[types.AllocationRow, ...]:
    """Return what runs, or is to run, for an objective, the latest first. One query."""
    rows = models.Allocation.objects.filter(objective=objective_id, ended_at=None, ends_on__gte=now.date())
    rows = in_world(rows.select_related(*LOADED), actor.world, field="plan__origin").order_by("-starts_on", "-pk")
    return tuple(allocation_of(each, now.date()) for each in rows[:100])


def find_allocation(*, actor: Actor, allocation_id: int) -> models.Allocation:
    """Return the row, or say there is none; for this app alone. One query."""
    rows = models.Allocation.objects.select_related(*LOADED).filter(pk=allocation_id)
    row = in_world(rows, actor.world, field="plan__origin").first()
    if row is None:
        raise NotFound("There is no such allocation.", code="allocation_not_found")
    return row


def allocation_of(row: models.Allocation, today: dt.date) -> types.AllocationRow:
    """Return the row as other layers may know it; resource, plan, objective and maker are loaded."""
    unit = types.UNITS[row.resource.kind]
    who = row.made_by.name if row.made_by else "Wellserved"
    return types.AllocationRow(
        id=row.pk,
        resource_id=row.resource_id,
        resource=row.resource.name,
        plan_id=row.plan_id,
        plan=row.plan.name,
        objective_id=row.objective_id,
        objective=row.objective.name if row.objective else "",
        quantity=row.quantity,
        unit=unit,
        cost=row.cost,
        currency=row.resource.currency,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        bases=row.bases,
        warning=row.warning,
        made_at=row.made_at,
        made_by=who,
        is_running=row.ended_at is None and row.starts_on <= today <= row.ends_on,
        report=report(row, who=who, unit=unit),
    )


def report(row: models.Allocation, *, who: str, unit: str) -> str:
    """Return why this went where it went, in prose: each basis with its figure and what was made of it."""
    cost = formatting.format_money(row.cost, row.resource.currency)
    days = f"from {formatting.format_span(row.starts_on, row.ends_on)}"
    said = [f"{who} gave {float(row.quantity):g} {unit} of {row.resource.name} to {row.plan.name} {days}, for {cost}."]
    if row.objective:
        said.append(f"It serves the objective {row.objective.name}.")
    for key, label in types.BASES.items():
        basis = row.bases.get(key, {})
        said.append(f"{label}: {basis.get('figure', '')} {basis.get('comment', '')}".strip())
    if row.warning:
        said.append(row.warning)
    return " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in said)


def overlap(*, starts_on: dt.date, ends_on: dt.date) -> Q:
    """Return the condition of allocations that run at any time between two days; for this app alone."""
    return Q(starts_on__lte=ends_on, ends_on__gte=starts_on, ended_at=None)


def service(*, actor: Actor, team_id: int | None, on: dt.date) -> tuple[int, float | None]:
    """Return how many colleagues a team has and their mean years of service. Two queries."""
    return people.years_of_service(actor=actor, team_id=team_id, on=on)
