"""Reads of risks: the register ranked by expected loss, its figures, one whole."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.queries import contingencies
from wellserved.apps.standards.types import losses as rules
from wellserved.apps.standards.types import risks as types
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("-expected_loss", "-id")
VIEWS: dict[str, str] = {
    "open": "Open",
    "pressing": "At or above the threshold",
    "uncovered": "Without a rehearsed playbook",
    "review_due": "To be reviewed",
    "closed": "Closed",
}
CURVE = (0.5, 0.75, 0.9, 0.95, 0.99)


def register(
    *,
    actor: Actor,
    view: str = "open",
    category: str = "",
    search: str = "",
    cell: tuple[int, int] | None = None,
    cursor: str | None = None,
    limit: int = 50,
    now: dt.datetime,
) -> tuple[tuple[types.RiskRow, ...], str | None]:
    """Return one page of risks, the largest expected loss first, and the cursor of the next. One query."""
    rows = _shown(_of(actor), view, today=now.date())
    if category:
        rows = rows.filter(category=category)
    if search:
        rows = rows.filter(title__icontains=search)
    if cell:
        rows = rows.filter(likelihood=cell[0], impact=cell[1])
    page = ORDER.page(_loaded(rows, now.date()), cursor=cursor, limit=limit)
    return tuple(risk_row(row, now) for row in page.rows), page.next_cursor


def _shown(rows: QuerySet[models.Risk], view: str, *, today: dt.date) -> QuerySet[models.Risk]:
    if view not in VIEWS:
        raise Invalid(f"There is no view called {view}; use one of {', '.join(VIEWS)}.", code="view")
    rows = rows.filter(is_open=view != "closed")
    if view in ("pressing", "uncovered"):
        rows = rows.filter(_pressing())
    if view == "uncovered":
        rows = rows.filter(~_rehearsed(today))
    return rows.filter(review_on__lte=today) if view == "review_due" else rows


def _pressing() -> Q:
    return Q(score__gte=types.THRESHOLD_SCORE) | Q(expected_loss__gte=types.THRESHOLD_LOSS)


def _rehearsed(today: dt.date) -> Exists:
    return Exists(models.Contingency.objects.filter(risks=OuterRef("pk"), is_active=True, rehearsal_due__gt=today))


def _of(actor: Actor) -> QuerySet[models.Risk]:
    return in_world(models.Risk.objects.all(), actor.world)


def _loaded(rows: QuerySet[models.Risk], today: dt.date) -> QuerySet[models.Risk]:
    answered = Exists(models.Contingency.objects.filter(risks=OuterRef("pk"), is_active=True))
    return rows.select_related("owner").annotate(is_answered=answered, is_rehearsed=_rehearsed(today))


def summary(*, actor: Actor, now: dt.datetime) -> types.RiskSummary:
    """Return the open risks in figures, with the matrix. Two queries."""
    today = now.date()
    rows = _of(actor).filter(is_open=True)
    figures: dict[str, Any] = rows.annotate(is_rehearsed=_rehearsed(today)).aggregate(
        total=Count("pk"),
        pressing=Count("pk", filter=_pressing()),
        uncovered=Count("pk", filter=_pressing() & Q(is_rehearsed=False)),
        review_due=Count("pk", filter=Q(review_on__lte=today)),
        expected_loss=Sum("expected_loss"),
    )
    counted = {
        (likelihood, impact): n
        for likelihood, impact, n in rows.order_by().values_list("likelihood", "impact").annotate(n=Count("pk"))
    }
    cells = tuple(tuple(counted.get((line, place), 0) for place in range(1, 6)) for line in range(1, 6))
    return types.RiskSummary(
        matrix=types.Matrix(cells=cells, total=figures["total"]),
        **figures | {"expected_loss": figures["expected_loss"] or Decimal(0)},
    )


def uncovered(*, actor: Actor, now: dt.datetime, limit: int = 101) -> tuple[tuple[int, str], ...]:
    """Return id and title of pressing risks without a rehearsed playbook, the costliest first. One query."""
    rows = _shown(_of(actor), "uncovered", today=now.date()).order_by(*ORDER.fields)
    return tuple(rows.values_list("pk", "title")[:limit])


def find(*, actor: Actor, risk_id: int, now: dt.datetime) -> models.Risk:
    """Return the row, or say there is none; for this app alone."""
    row = _loaded(_of(actor).filter(pk=risk_id), now.date()).first()
    if row is None:
        raise NotFound("There is no such risk.", code="risk_not_found")
    return row


def risk(*, actor: Actor, risk_id: int, now: dt.datetime) -> types.RiskDetail:
    """Return a risk with its figures, what each control is worth, and its playbooks. Two queries."""
    row = find(actor=actor, risk_id=risk_id, now=now)
    assessment = types.Assessment(
        events_a_year=row.events_a_year,
        loss_low=row.loss_low,
        loss_mode=row.loss_mode,
        loss_high=row.loss_high,
        customers=row.customers,
        controls=rules.from_data(row.controls),
    )
    quantiles = {float(share): Decimal(loss) for share, loss in row.figures["quantiles"].items()}
    playbooks = contingencies.loaded(row.playbooks.filter(is_active=True)).order_by("name", "pk")
    return types.RiskDetail(
        row=risk_row(row, now),
        description=row.description,
        assessment=assessment,
        controls=rules.value_controls(assessment),
        inherent_loss=Decimal(row.figures["inherent_loss"]),
        inherent_score=row.figures["inherent_score"],
        p50_loss=quantiles[0.5],
        p95_loss=quantiles[0.95],
        curve=tuple((quantiles[share], 1 - share) for share in CURVE),
        seed=row.seed,
        playbooks=tuple(contingencies.playbook_row(each, now) for each in playbooks),
        closed_because=row.closed_because,
    )


def risk_row(row: models.Risk, now: dt.datetime) -> types.RiskRow:
    """Return a risk as the register shows it; its owner and playbooks are loaded."""
    standing, words = rules.say_standing(
        score=row.score,
        expected_loss=row.expected_loss,
        has_playbook=row.is_answered,  # type: ignore[attr-defined]
        is_rehearsed=row.is_rehearsed,  # type: ignore[attr-defined]
        is_open=row.is_open,
    )
    return types.RiskRow(
        id=row.pk,
        title=row.title,
        category=row.category,
        likelihood=row.likelihood,
        impact=row.impact,
        score=row.score,
        expected_loss=row.expected_loss,
        p90_loss=row.p90_loss,
        proximity=row.proximity,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        trigger=row.trigger,
        review_on=row.review_on,
        is_review_due=row.is_open and row.review_on <= now.date(),
        is_open=row.is_open,
        standing=standing,
        words=words,
        version=row.version,
    )


def named(*, actor: Actor) -> dict[str, int]:
    """Return how many open risks there are of each category. One query."""
    rows = _of(actor).filter(is_open=True).order_by().values_list("category").annotate(n=Count("pk"))
    return dict(rows.values_list("category", F("n")))
