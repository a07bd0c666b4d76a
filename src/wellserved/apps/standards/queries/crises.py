"""Reads of crises: the list, one with its log, and what the status page says."""

import datetime as dt

from django.db.models import Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.types import crises as types
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import World, in_world
from wellserved.platform.paging import Keyset

ORDER = Keyset("-declared_at", "-id")
VIEWS: dict[str, str] = {"all": "All", "open": "Open", "over": "Stood down"}
FIXED_SHOWN = dt.timedelta(days=7)
MOST_ENTRIES = 500
MOST_PROBLEMS = 20


def register(
    *, actor: Actor, view: str = "all", cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.CrisisRow, ...], str | None]:
    """Return one page of crises, the newest first, and the cursor of the next. One query."""
    if view not in VIEWS:
        raise Invalid(f"There is no view called {view}; use one of {', '.join(VIEWS)}.", code="view")
    rows = _of(actor)
    if view != "all":
        rows = rows.filter(stood_down_at__isnull=view == "open")
    page = ORDER.page(rows.select_related("declared_by"), cursor=cursor, limit=limit)
    return tuple(_row(row) for row in page.rows), page.next_cursor


def running(*, actor: Actor, limit: int = 5) -> tuple[types.CrisisRow, ...]:
    """Return the crises that are open, the newest first. One query."""
    rows = _of(actor).filter(stood_down_at=None).select_related("declared_by").order_by(*ORDER.fields)
    return tuple(_row(row) for row in rows[:limit])


def crisis(*, actor: Actor, crisis_id: int) -> types.CrisisDetail:
    """Return a crisis with its log, the newest line first. Two queries."""
    rows = _of(actor).filter(pk=crisis_id).select_related("declared_by", "activation__contingency")
    row = rows.first()
    if row is None:
        raise NotFound("There is no such crisis.", code="crisis_not_found")
    lines = list(row.entries.select_related("by").order_by("-at", "-pk")[:MOST_ENTRIES])
    decisions = {line.decides_id: _decision(line) for line in lines if line.decides_id}
    playbook = row.activation.contingency if row.activation else None
    return types.CrisisDetail(
        row=_row(row),
        activation_id=row.activation_id,
        contingency_id=playbook.pk if playbook else None,
        contingency=playbook.name if playbook else "",
        public_since=row.public_since,
        public_expected_at=row.public_expected_at,
        public_fixed_at=row.public_fixed_at,
        stood_down_at=row.stood_down_at,
        worked=row.worked,
        to_change=row.to_change,
        cost=row.cost,
        entries=tuple(_entry(line, decisions.get(line.pk)) for line in lines),
    )


def public_problems(*, world: World, now: dt.datetime) -> tuple[types.PublicProblem, ...]:
    """Return what customers may know: problems that stand, and those fixed in the last seven days. One query."""
    shown = Q(public_fixed_at=None, stood_down_at=None) | Q(public_fixed_at__gt=now - FIXED_SHOWN)
    rows = in_world(models.Crisis.objects.filter(shown, public_since__isnull=False), world).exclude(public_line="")
    return tuple(
        types.PublicProblem(
            line=row.public_line,
            since=row.public_since,  # type: ignore[arg-type]
            expected_at=row.public_expected_at,
            fixed_at=row.public_fixed_at,
        )
        for row in rows.order_by("-public_since", "-pk")[:MOST_PROBLEMS]
    )


def _of(actor: Actor) -> QuerySet[models.Crisis]:
    return in_world(models.Crisis.objects.all(), actor.world)


def _row(row: models.Crisis) -> types.CrisisRow:
    return types.CrisisRow(
        id=row.pk,
        title=row.title,
        what=row.what,
        declared_at=row.declared_at,
        declared_by=row.declared_by.name if row.declared_by else "",
        is_open=row.stood_down_at is None,
        to_proposal_seconds=_seconds(row.declared_at, row.proposed_at),
        lasted_seconds=_seconds(row.declared_at, row.stood_down_at),
        public_line=row.public_line,
        version=row.version,
    )


def _seconds(start: dt.datetime, end: dt.datetime | None) -> int | None:
    return int((end - start).total_seconds()) if end else None


def _decision(line: models.CrisisEntry) -> types.Decision:
    return types.Decision(
        is_accepted=bool(line.is_accepted), words=line.body, by=line.by.name if line.by else "", at=line.at
    )


def _entry(line: models.CrisisEntry, decision: types.Decision | None) -> types.Entry:
    said = [(label, line.detail.get(key, "")) for key, (label, _) in types.PROPOSAL.items()]
    return types.Entry(
        id=line.pk,
        kind=line.kind,
        label=line.get_kind_display(),
        body=line.body,
        parts=tuple((label, words) for label, words in said if words) if line.detail else (),
        by=line.by.name if line.by else "",
        at=line.at,
        decision=decision,
    )
