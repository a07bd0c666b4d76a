"""Reads of bids: the register, and one with its negotiation."""

from collections.abc import Iterable
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import approving
from wellserved.apps.standards import models
from wellserved.apps.standards.types.resources import UNITS, BidRow
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

KIND = PURPOSE = "standards.bid"
ORDER = Keyset("name", "id")
VIEWS = {"all": "All bids", "asked": "Under negotiation", "draft": "Draft", "granted": "Granted", "refused": "Refused"}


def register(
    *, actor: Actor, view: str = "all", search: str = "", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[BidRow, ...], str | None]:
    """Return one page of bids by name, and the cursor of the next. One query."""
    rows = in_world(models.Bid.objects.select_related("owner", "plan"), actor.world)
    if view in models.Bid.State.values:
        rows = rows.filter(state=view)
    if search:
        rows = rows.filter(name__icontains=search)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(row_of(row) for row in page.rows), page.next_cursor


def counts(*, actor: Actor) -> dict[str, int]:
    """Return how many bids there are in each state. One query."""
    found = dict.fromkeys(models.Bid.State.values, 0)
    for state in in_world(models.Bid.objects.all(), actor.world).values_list("state", flat=True):
        found[state] += 1
    return found


def granted_shares(*, actor: Actor) -> tuple[tuple[bool, float], ...]:
    """Return of each settled bid whether it named a position to fall back on, and the share granted. One query."""
    rows = in_world(models.Bid.objects.filter(settled_at__isnull=False), actor.world).order_by("-settled_at")
    found = rows.values_list("fallbacks", "granted", "asked")[:500]
    return tuple((bool(fallbacks), float((granted or 0) / asked)) for fallbacks, granted, asked in found)


def find(*, actor: Actor, bid_id: int) -> models.Bid:
    """Return the row, or say there is none; for this app alone. One query."""
    row = in_world(models.Bid.objects.select_related("owner", "plan").filter(pk=bid_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such bid.", code="bid_not_found")
    return row


def bid(*, actor: Actor, bid_id: int) -> BidRow:
    """Return one bid. One query."""
    return row_of(find(actor=actor, bid_id=bid_id))


def of_plan(*, actor: Actor, plan_id: int) -> tuple[BidRow, ...]:
    """Return the bids made for a plan. One query."""
    rows = in_world(models.Bid.objects.filter(plan=plan_id).select_related("owner", "plan"), actor.world)
    return tuple(row_of(row) for row in rows.order_by("pk")[:50])


def row_of(row: models.Bid) -> BidRow:
    """Return the row as other layers may know it; owner and plan are loaded."""
    return BidRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        unit=UNITS[row.kind],
        state=row.state,
        plan_id=row.plan_id,
        plan=row.plan.name if row.plan else "",
        asked=row.asked,
        granted=row.granted,
        monthly=row.monthly,
        months=row.months,
        amount=row.asked * row.monthly * row.months,
        currency=row.currency,
        justification=row.justification,
        fallbacks=tuple(row.fallbacks),
        interests=row.interests,
        trades=row.trades,
        alternative=row.alternative,
        walk_away=row.walk_away,
        measure=row.measure,
        aim=float(row.aim) if row.aim is not None else None,
        needed_from=row.needed_from,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        approval_id=row.approval_id,
        outcome=row.outcome,
        settled_at=row.settled_at,
        version=row.version,
    )


def as_data(row: models.Bid) -> dict[str, Any]:
    """Return everything a yes to a bid covers; for this app alone."""
    return {
        "name": row.name,
        "kind": row.kind,
        "plan": row.plan_id,
        "asked": f"{row.asked:.2f}",
        "monthly": f"{row.monthly:.2f}",
        "months": row.months,
        "currency": row.currency,
        "justification": row.justification,
        "fallbacks": row.fallbacks,
        "interests": row.interests,
        "trades": row.trades,
        "measure": row.measure,
        "aim": f"{row.aim:.4f}" if row.aim is not None else "",
        "needed_from": row.needed_from.isoformat(),
    }


def digest_of(bid_id: int) -> str:
    """Return the fingerprint of a bid as it stands, for its approval. One query."""
    row = models.Bid.objects.filter(pk=bid_id).first()
    return approving.fingerprint(as_data(row)) if row else ""


def owner_of(bid_id: int) -> int | None:
    """Return who wrote a bid and negotiates it; for this app alone. One query."""
    return models.Bid.objects.filter(pk=bid_id).values_list("owner", flat=True).first()


def plans_of(*, bid_ids: Iterable[int]) -> dict[int, int | None]:
    """Return the plan each of these bids is for; for this app alone. One query."""
    return dict(models.Bid.objects.filter(pk__in=set(bid_ids)).values_list("pk", "plan_id"))
