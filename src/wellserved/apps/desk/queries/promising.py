"""Promises: what is due, what was missed and why, and how many each team keeps."""

import datetime as dt
from collections import Counter, defaultdict

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Promise
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.promises import (
    SHOWS,
    Cause,
    DuePromise,
    PromiseFigures,
    PromisePage,
    TeamPromises,
)
from wellserved.platform.paging import Keyset
from wellserved.science.statistics import wilson

DAYS = 90
_DUE = Keyset("due_at", "id")
_LATEST = Keyset("-due_at", "-id")
_OVER = (Promise.State.KEPT, Promise.State.BROKEN)


def due_list(
    *,
    actor: Actor,
    view: str = "mine",
    show: str = "due",
    cursor: str | None = None,
    limit: int = 50,
    now: dt.datetime,
) -> PromisePage:
    """Return one page of promises: those due, soonest first, or those missed or kept, the latest first. One query.

    `missed` holds what was broken, and what is past its time and nobody has settled.
    """
    rows = scope.of_visible_tickets(Promise.objects.all(), actor=actor)
    if view == "mine":
        rows = rows.filter(made_by=actor.user_id)
    elif view == "team":
        rows = rows.filter(ticket__queue__team__in=actor.team_ids)
    is_open = Q(state=Promise.State.OPEN)
    shown = {
        "missed": Q(state=Promise.State.BROKEN) | (is_open & Q(due_at__lt=now)),
        "kept": Q(state=Promise.State.KEPT),
    }
    rows = rows.filter(shown.get(show if show in SHOWS else "due", is_open))
    order = _LATEST if show in shown else _DUE
    page = order.page(rows.select_related("ticket__customer", "made_by"), cursor=cursor, limit=limit)
    return PromisePage(rows=tuple(_row(row, now) for row in page.rows), next_cursor=page.next_cursor)


def figures(*, actor: Actor, now: dt.datetime, days: int = DAYS) -> PromiseFigures:
    """Return how promises stand and how many each team kept in the last `days` days. Three queries.

    A promise past its time that nobody has settled counts as not kept.
    """
    rows = scope.of_visible_tickets(Promise.objects.all(), actor=actor)
    since = now - dt.timedelta(days=days)
    came_due = rows.filter(due_at__gte=since, due_at__lte=now).exclude(state=Promise.State.WITHDRAWN)
    tallies: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    causes: Counter[str] = Counter()
    settled_early = rows.filter(settled_at__gte=since, due_at__gt=now, state__in=_OVER)
    for team, state, cause in _facts(came_due | settled_early):
        tallies[team][0] += state == Promise.State.KEPT
        tallies[team][1] += 1
        causes[cause] += bool(cause)
    ends = now + dt.timedelta(days=1)
    waits = list(rows.filter(state=Promise.State.OPEN).values_list("due_at", flat=True))
    names = accounts.team_names(team_ids=[team for team in tallies if team])
    teams = [_team(names.get(team, "No team") if team else "No team", *tally) for team, tally in tallies.items()]
    return PromiseFigures(
        days=days,
        open=len(waits),
        overdue=sum(due < now for due in waits),
        due_in_a_day=sum(now <= due < ends for due in waits),
        kept=sum(kept for kept, _ in tallies.values()),
        total=sum(total for _, total in tallies.values()),
        teams=tuple(sorted(teams, key=lambda team: team.team)),
        causes=tuple((str(Cause(cause).label), n) for cause, n in causes.most_common() if cause),
    )


def made_to_customer(*, ticket_id: int) -> QuerySet[Promise]:
    """Return the promises made to the customer of a ticket; for this app alone."""
    return Promise.objects.filter(ticket=ticket_id, made_to="customer").exclude(state=Promise.State.WITHDRAWN)


def _facts(rows: QuerySet[Promise]) -> list[tuple[int | None, str, str]]:
    return list(rows.order_by().values_list("ticket__queue__team", "state", "cause"))


def _team(name: str, kept: int, total: int) -> TeamPromises:
    interval = wilson(kept, total) if total else None
    return TeamPromises(
        team=name,
        kept=kept,
        total=total,
        share=kept / total if total else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )


def _row(row: Promise, now: dt.datetime) -> DuePromise:
    ticket = row.ticket
    return DuePromise(
        number=ticket.number,
        subject=ticket.subject,
        customer=ticket.customer.name,
        made_by=row.made_by.name if row.made_by else "",
        is_overdue=row.state == Promise.State.OPEN and row.due_at < now,
        **{field: getattr(row, field) for field in _SAME},
    )


_SAME = (
    *("text", "made_to", "to_name", "made_by_id", "made_at", "due_at", "state", "settled_at", "cause", "cause_note"),
    "id",
)
