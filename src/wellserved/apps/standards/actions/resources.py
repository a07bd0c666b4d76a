"""Keep the register of resources, say what can be kept up, and give them to plans with reasons."""

import datetime as dt
import decimal
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Sum

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import events, models
from wellserved.apps.standards.actions import plans
from wellserved.apps.standards.policies import plans as rules
from wellserved.apps.standards.queries import budgets
from wellserved.apps.standards.queries import resources as queries
from wellserved.apps.standards.types.resources import BASES, RESOURCE_KINDS, UNITS
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin
from wellserved.platform.ui import formatting

KIND = queries.KIND
LARGEST_QUANTITY = decimal.Decimal(1_000_000)


@transaction.atomic
def save(
    *,
    actor: Actor,
    resource_id: int | None,
    name: str,
    kind: str,
    quantity: decimal.Decimal,
    monthly: decimal.Decimal,
    available_from: dt.date,
    available_until: dt.date | None = None,
    team_id: int | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Write a resource; a new price begins today and the old ones stay, so that a trend can be seen."""
    row = _locked(actor, resource_id, version) if resource_id else None
    rules.require_edit(actor)
    name = name.strip()
    if not name or len(name) > 120:
        raise Invalid("Give it a name of up to 120 letters.", code="resource_name", field="name")
    if kind not in RESOURCE_KINDS:
        raise Invalid(f"Choose one of {', '.join(RESOURCE_KINDS)}.", code="resource_kind", field="kind")
    if available_until is not None and available_until < available_from:
        raise Invalid("It ends after it begins.", code="resource_days", field="available_until")
    if team_id is not None and team_id not in accounts.visible_team_ids(actor=actor, team_ids=[team_id]):
        raise NotFound("There is no such team.", code="team_not_found")
    quantity, monthly = _quantity(quantity), rules.read_amount(monthly, field="monthly")
    row = row or models.Resource(origin=live_origin(actor.world), version=0)
    before = {"quantity": row.quantity, "monthly": row.monthly} if row.pk else {}
    row.name, row.kind, row.quantity, row.monthly, row.team_id = name, kind, quantity, monthly, team_id
    row.available_from, row.available_until, row.version = available_from, available_until, row.version + 1
    row.save()
    if before.get("monthly") != monthly:
        models.Price.objects.update_or_create(resource=row, from_on=now.date(), defaults={"monthly": monthly})
    ledger.record(
        actor=actor,
        action="standards.save_resource",
        subject=(KIND, row.pk),
        now=now,
        changes={
            "name": (None, name),
            "quantity": (_said(before.get("quantity")), str(quantity)),
            "monthly": (_said(before.get("monthly")), str(monthly)),
        },
    )
    return row.pk


def _said(value: decimal.Decimal | None) -> str | None:
    return str(value) if value is not None else None


def _quantity(given: decimal.Decimal) -> decimal.Decimal:
    if not given.is_finite() or not 0 < given < LARGEST_QUANTITY:
        raise Invalid("Say how much of it there is, such as 6 or 2.5.", code="quantity", field="quantity")
    return given.quantize(decimal.Decimal("0.01"))


@transaction.atomic
def comment(*, actor: Actor, resource_id: int, words: str, version: int | None = None, now: dt.datetime) -> None:
    """Say what the figures mean for whether a resource can be kept up."""
    row = _locked(actor, resource_id, version)
    rules.require_edit(actor)
    if not words.strip():
        raise Invalid("Say what the figures mean.", code="reason", field="words")
    row.comment, row.commented_at, row.commented_by_id = words.strip()[:1000], now, actor.user_id
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="standards.comment_resource",
        subject=(KIND, row.pk),
        now=now,
        changes={"comment": (None, row.comment)},
    )


@transaction.atomic
def allocate(
    *,
    actor: Actor,
    resource_id: int,
    plan_id: int,
    quantity: decimal.Decimal,
    starts_on: dt.date,
    ends_on: dt.date,
    figures: Mapping[str, str],
    comments: Mapping[str, str],
    objective_id: int | None = None,
    now: dt.datetime,
) -> models.Allocation:
    """Give some of a resource to a plan; each basis has its figure, worked out, and a person's comment.

    It cites the objective it serves as soon as one is open.

    What goes beyond the plan's budget is given and warned of. Morale is no basis.
    """
    row = _locked(actor, resource_id, None)
    plan = plans.locked(actor, plan_id, None)
    rules.require_edit(actor)
    quantity = _quantity(quantity)
    if ends_on < starts_on or starts_on < row.available_from or (row.available_until or ends_on) < ends_on:
        raise Invalid("Choose days on which it is available.", code="resource_days", field="starts_on")
    if unknown := sorted(set(comments) - set(BASES)):
        raise Invalid(f"An allocation does not rest on {', '.join(unknown)}.", code="allocation_basis")
    if missing := [label for key, label in BASES.items() if not comments.get(key, "").strip()]:
        raise Invalid(
            f"Nothing is said about {', '.join(missing)}: each figure needs a person's word.",
            code="allocation_basis",
            missing=missing,
        )
    objective = _cited(actor, objective_id)
    _require_free(row, quantity, starts_on, ends_on)
    cost = quantity * row.monthly * len(budgets.months_of(starts_on, ends_on))
    made = models.Allocation.objects.create(
        resource=row,
        plan=plan,
        objective=objective,
        quantity=quantity,
        cost=cost,
        starts_on=starts_on,
        ends_on=ends_on,
        bases={key: {"figure": figures.get(key, ""), "comment": comments[key].strip()[:1000]} for key in BASES},
        warning=over_budget(actor=actor, plan=plan, cost=cost),
        made_at=now,
        made_by_id=actor.user_id,
    )
    thread.link(actor=actor, start=(KIND, row.pk), verb="supports", end=(plans.KIND, plan.pk), now=now)
    ledger.record(
        actor=actor,
        action="standards.allocate",
        subject=(KIND, row.pk),
        now=now,
        changes={
            "allocated": (None, f"{float(quantity):g} to {plan.name}"),
            "objective": (None, objective.name if objective else None),
            "warning": (None, made.warning or None),
        },
        event=events.ResourceAllocated(resource_id=row.pk, plan_id=plan.pk, allocation_id=made.pk),
    )
    return made


def _cited(actor: Actor, objective_id: int | None) -> models.Objective | None:
    """Return the open objective an allocation cites; without one only while none is open."""
    opened = in_world(models.Objective.objects.filter(state="open"), actor.world)
    if objective_id is None:
        if opened.exists():
            raise Invalid("Say which objective it serves.", code="allocation_objective", field="objective_id")
        return None
    found = opened.filter(pk=objective_id).first()
    if found is None:
        raise NotFound("There is no such open objective.", code="objective_not_found", field="objective_id")
    return found


def _require_free(row: models.Resource, quantity: decimal.Decimal, starts_on: dt.date, ends_on: dt.date) -> None:
    running = row.allocations.filter(queries.overlap(starts_on=starts_on, ends_on=ends_on))
    taken = running.aggregate(total=Sum("quantity"))["total"] or decimal.Decimal(0)
    if taken + quantity > row.quantity:
        left = max(row.quantity - taken, decimal.Decimal(0))
        raise Conflict(
            f"{float(left):g} {UNITS[row.kind]} are free in that time; {float(quantity):g} were asked for. "
            "Bid for more, or take an allocation back.",
            code="not_free",
            left=left,
        )


def over_budget(*, actor: Actor, plan: models.Plan, cost: decimal.Decimal) -> str:
    """Return the warning of an allocation that goes beyond a plan's budget, or nothing."""
    given = budgets.allocated(actor=actor, plan_id=plan.pk)
    if given + cost <= plan.amount:
        return ""
    over, budget = (
        formatting.format_money(value, plan.currency) for value in (given + cost - plan.amount, plan.amount)
    )
    return f"Over budget: with it, allocations exceed the plan's {budget} by {over}."


@transaction.atomic
def take_back(*, actor: Actor, allocation_id: int, reason: str, now: dt.datetime) -> None:
    """End an allocation."""
    found = queries.find_allocation(actor=actor, allocation_id=allocation_id)
    row = _locked(actor, found.resource_id, None)
    rules.require_edit(actor)
    if found.ended_at is not None:
        raise Conflict("This allocation was taken back before.", code="already_ended")
    if not reason.strip():
        raise Invalid("Say why: somebody counted on it.", code="reason", field="reason")
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    ledger.record(
        actor=actor,
        action="standards.take_back",
        subject=(KIND, row.pk),
        now=now,
        changes={"allocated": (f"{float(found.quantity):g} to {found.plan.name}", None)},
        reason=reason,
    )


def _locked(actor: Actor, resource_id: int, version: int | None) -> models.Resource:
    row = in_world(models.Resource.objects.select_for_update().filter(pk=resource_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such resource.", code="resource_not_found")
    if version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} meanwhile. Nothing of yours is saved; compare and save again.",
            code="stale",
            version=row.version,
        )
    return row
