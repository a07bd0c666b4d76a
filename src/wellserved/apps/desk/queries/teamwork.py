"""Who helps with a ticket, and what colleagues have learnt this week."""

import datetime as dt

from django.db.models import QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Collaborator, Solution
from wellserved.apps.desk.queries import scope
from wellserved.platform.paging import Keyset

SHOWN_FOR = dt.timedelta(days=7)
_NEWEST = Keyset("-shared_at", "-id")


def collaborators(*, actor: Actor, ticket_id: int) -> tuple[types.CollaboratorRow, ...]:
    """Return everybody who was asked to help with a ticket, in that order. Two queries."""
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    rows = Collaborator.objects.filter(ticket=ticket).select_related("asked_by").order_by("asked_at", "pk")
    return tuple(
        types.CollaboratorRow(
            id=row.pk,
            user_id=row.user_id,
            name=row.name,
            email=row.email,
            organisation=row.organisation,
            ask=row.ask,
            asked_by=row.asked_by.name if row.asked_by else "",
            asked_at=row.asked_at,
            contribution=row.contribution,
            done_at=row.done_at,
        )
        for row in rows
    )


def hands(*, actor: Actor, ticket_id: int) -> tuple[tuple[int, str], ...]:
    """Return the colleagues whose work this ticket is, its owner first, as (id, name). Three queries."""
    rows = scope.visible_tickets(actor=actor).filter(pk=ticket_id).exclude(assignee=None)
    owner = list(rows.values_list("assignee", "assignee__name"))
    helpers = [(row.user_id, row.name) for row in collaborators(actor=actor, ticket_id=ticket_id) if row.user_id]
    return tuple(dict([*owner, *helpers]).items())


def solutions(
    *, actor: Actor, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.SolutionRow, ...], str | None]:
    """Return one page of what was shared on tickets the actor may see, newest first. Three queries."""
    page = _NEWEST.page(_visible(actor), cursor=cursor, limit=limit)
    return tuple(_row(actor, row) for row in page.rows), page.next_cursor


def latest_solutions(*, actor: Actor, now: dt.datetime, limit: int = 5) -> tuple[types.SolutionRow, ...]:
    """Return what was shared this week and this person has not taken note of, newest first. Three queries at most."""
    rows = _visible(actor).filter(shared_at__gt=now - SHOWN_FOR, shared_at__lte=now)
    fresh = rows.exclude(reads__user=actor.user_id).exclude(shared_by=actor.user_id)
    return tuple(_row(actor, row) for row in fresh.order_by("-shared_at", "-pk")[:limit])


def _visible(actor: Actor) -> QuerySet[Solution]:
    rows = Solution.objects.filter(ticket__in=scope.visible_tickets(actor=actor))
    return rows.select_related("ticket", "shared_by").prefetch_related("reads__user")


def _row(actor: Actor, row: Solution) -> types.SolutionRow:
    reads = sorted(row.reads.all(), key=lambda read: read.read_at)
    return types.SolutionRow(
        id=row.pk,
        ticket_number=row.ticket.number,
        subject=row.ticket.subject,
        text=row.text,
        shared_by=row.shared_by.name if row.shared_by else "",
        shared_at=row.shared_at,
        read_by=tuple(read.user.name for read in reads),
        is_new=row.shared_by_id != actor.user_id and all(read.user_id != actor.user_id for read in reads),
    )
