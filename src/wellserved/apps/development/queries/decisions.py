"""Decisions: who may read one, the register with its shares, one whole, and which outcomes are asked for."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import CAPABILITIES, DECIDE, EDIT_PEOPLE
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import promise_summary
from wellserved.apps.development import models
from wellserved.apps.development.types import decisions as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("-needed_by", "-id")
_MOST = 50


def visible(*, actor: Actor) -> "QuerySet[models.Decision]":
    """Return the decisions this actor may read: a restricted one is for whoever opened it and whoever decides it."""
    rows = in_world(models.Decision.objects.all(), actor.world)
    if not actor.can(READ_STANDARDS):
        return rows.none()
    if actor.user_id is None:
        return rows.filter(is_restricted=False)
    return rows.filter(Q(is_restricted=False) | Q(opened_by=actor.user_id) | Q(decider=actor.user_id))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may read. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each decision is about. One query."""
    return dict(models.Decision.objects.filter(pk__in=ids).values_list("pk", "question"))


def absent() -> NotFound:
    """Return what is said of a decision that is not there, or not hers to see."""
    return NotFound("There is no such decision, or it is not yours to see.", code="decision_not_found")


def decisions(
    *, actor: Actor, view: str = "all", on: dt.date, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.DecisionRow, ...], str | None]:
    """Return a page of decisions, those needed last first, and the cursor of the next. Two queries."""
    rows = _named(visible(actor=actor))
    if view == "open":
        rows = rows.filter(decided_at=None)
    if view == "review":
        rows = rows.filter(outcome="", review_on__lte=on)
    if view == "mine":
        rows = rows.filter(Q(decider=actor.user_id) | Q(opened_by=actor.user_id))
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row, on) for row in page.rows), page.next_cursor


def decision(*, actor: Actor, decision_id: int, on: dt.date) -> types.DecisionDetail:
    """Return one decision whole, or say there is none. Two queries."""
    row = _named(visible(actor=actor).filter(pk=decision_id)).first()
    if row is None:
        raise absent()
    options = tuple(
        types.OptionRow(
            id=each.pk,
            words=each.words,
            advantages=each.advantages,
            disadvantages=each.disadvantages,
            is_chosen=each.is_chosen,
        )
        for each in row.options.all()
    )
    return types.DecisionDetail(
        row=_row(row, on),
        opened_by_id=row.opened_by_id,
        opened_by=row.opened_by.name if row.opened_by else "",
        known=row.known,
        unknown=row.unknown,
        options=options,
        reasons=row.reasons,
        expected=row.expected,
        measure=row.measure,
        before=_measured(row.before),
        found=row.found,
        after=_measured(row.after),
        reviewed_at=row.reviewed_at,
    )


def shares(*, actor: Actor, on: dt.date) -> types.Shares:
    """Return how many were decided in time and came out as expected, of those this actor may read. One query."""
    decided, reviewed = Q(decided_at__isnull=False), ~Q(outcome="")
    found = (
        visible(actor=actor)
        .order_by()
        .aggregate(
            decided=Count("pk", filter=decided),
            in_time=Count("pk", filter=decided & Q(decided_on__lte=F("needed_by"))),
            reviewed=Count("pk", filter=reviewed),
            as_expected=Count("pk", filter=Q(outcome="as_expected")),
            overdue=Count("pk", filter=Q(decided_at=None, needed_by__lt=on)),
            to_review=Count("pk", filter=Q(outcome="", review_on__lte=on)),
        )
    )
    return types.Shares(**found)


def asked_of(*, actor: Actor, on: dt.date) -> tuple[tuple[int, str, bool], ...]:
    """Return what waits for whoever decides: id, question, and whether its outcome is asked for. One query.

    Outcomes from their day on, and what is to be decided by tomorrow or is late.
    """
    rows = asking(actor=actor, on=on)
    found = rows.order_by("needed_by", "pk").values_list("pk", "question", "decided_at")[:_MOST]
    return tuple((pk, question, decided_at is not None) for pk, question, decided_at in found)


def asking(*, actor: Actor, on: dt.date) -> "QuerySet[models.Decision]":
    """Return the decisions that wait for this person. No query of its own."""
    asked = Q(outcome="", review_on__lte=on) | Q(decided_at=None, needed_by__lte=on + dt.timedelta(days=1))
    return in_world(models.Decision.objects.filter(asked, decider=actor.user_id), actor.world)


def deciders(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return by name who may decide: those who lead, and those who approve. One query."""
    may = {role for role, rights in CAPABILITIES.items() if {EDIT_PEOPLE, DECIDE} & rights}
    found = [user for user in accounts.active_staff(world=actor.world) if user.role in may]
    return tuple((user.pk, user.name) for user in sorted(found, key=lambda user: (user.name, user.pk)))


def measure_now(*, actor: Actor, measure: str, now: dt.datetime) -> list[int] | None:
    """Return what a figure of the desk shows now: kept and total of the last 30 days. Eight queries at most."""
    if not measure:
        return None
    found = [each for each in promise_summary(actor=actor, now=now).metrics if each.metric == measure]
    return [found[0].kept, found[0].total] if found else [0, 0]


def _named(rows: "QuerySet[models.Decision]") -> Any:
    options = models.DecisionOption.objects.order_by("pk")
    return rows.select_related("decider", "opened_by").prefetch_related(Prefetch("options", queryset=options))


def _measured(found: list[int] | None) -> types.Measured | None:
    return types.Measured(kept=found[0], total=found[1]) if found else None


def _row(row: models.Decision, on: dt.date) -> types.DecisionRow:
    return types.DecisionRow(
        id=row.pk,
        question=row.question,
        needed_by=row.needed_by,
        decider_id=row.decider_id,
        decider=row.decider.name if row.decider else "",
        is_restricted=row.is_restricted,
        decided_on=row.decided_on,
        chosen=next((each.words for each in row.options.all() if each.is_chosen), ""),
        is_late=(row.decided_on or on) > row.needed_by,
        review_on=row.review_on,
        outcome=row.outcome,
        is_review_due=not row.outcome and row.review_on is not None and row.review_on <= on,
        version=row.version,
    )
