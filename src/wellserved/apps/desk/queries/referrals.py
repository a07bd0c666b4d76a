"""Referrals: the register, one of them, those of a ticket, and how far authority reaches."""

import datetime as dt
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Referral, ReferralPass
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.referrals import (
    DECIDED,
    OPEN_REFERRALS,
    VIEWS,
    PassRow,
    ReferralFigures,
    ReferralKind,
    ReferralPage,
    ReferralRow,
    ReferralState,
)
from wellserved.apps.people import queries as people
from wellserved.platform.errors import NotFound
from wellserved.platform.paging import Keyset

DAYS = 90
_OPEN_ORDER = Keyset("due_at", "id")
_CLOSED_ORDER = Keyset("-closed_at", "-id")
_NAMED = ("ticket__customer", "ticket__assignee", "asked_by", "asked_of", "closed_by")


def visible_referrals(*, actor: Actor) -> QuerySet[Referral]:
    """Return the referrals on tickets staff may read; a customer knows of none."""
    if not actor.can("desk.work") and not actor.can("desk.read"):
        return Referral.objects.none()
    return scope.of_visible_tickets(Referral.objects.all(), actor=actor)


def visible_referral(*, actor: Actor, referral_id: int) -> Referral:
    """Return the referral, or say there is none. One query."""
    row = visible_referrals(actor=actor).select_related(*_NAMED).filter(pk=referral_id).first()
    if row is None:
        raise NotFound("There is no such referral, or it is not yours to see.", code="referral_not_found")
    return row


def referrals(
    *, actor: Actor, view: str = "open", q: str = "", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> ReferralPage:
    """Return one page of the register: what waits by its due time, what is over the latest first. Two queries."""
    rows = visible_referrals(actor=actor)
    is_open = Q(closed_at=None)
    narrowed = {
        "mine": is_open & Q(asked_of=actor.user_id),
        "asked": Q(asked_by=actor.user_id) & (is_open | Q(used_at=None, granted_amount__isnull=False)),
        "decided": Q(closed_at__isnull=False),
    }
    rows = rows.filter(narrowed.get(view if view in VIEWS else "open", is_open))
    if q := q.strip():
        by_number = Q(ticket__number=int(q)) if q.isascii() and q.isdigit() and len(q) < 16 else Q()
        rows = rows.filter(by_number | Q(question__icontains=q) | Q(ticket__subject__icontains=q))
    order = _CLOSED_ORDER if view == "decided" else _OPEN_ORDER
    page = order.page(rows.select_related(*_NAMED), cursor=cursor, limit=limit)
    return ReferralPage(rows=tuple(_row(row, now) for row in page.rows), next_cursor=page.next_cursor)


def referral(*, actor: Actor, referral_id: int, now: dt.datetime) -> ReferralRow:
    """Return one referral. One query."""
    return _row(visible_referral(actor=actor, referral_id=referral_id), now)


def of_ticket(*, actor: Actor, ticket_id: int, now: dt.datetime) -> tuple[ReferralRow, ...]:
    """Return the referrals of a ticket, the latest first. One query."""
    rows = visible_referrals(actor=actor).filter(ticket=ticket_id).select_related(*_NAMED).order_by("-asked_at", "-pk")
    return tuple(_row(row, now) for row in rows)


def passes(*, actor: Actor, referral_id: int) -> tuple[PassRow, ...]:
    """Return through whose hands a referral went. Two queries."""
    row = visible_referral(actor=actor, referral_id=referral_id)
    found = ReferralPass.objects.filter(referral=row).select_related("passed_by", "passed_from", "passed_to")
    return tuple(
        PassRow(
            at=step.passed_at,
            by=step.passed_by.name,
            before=step.passed_from.name,
            after=step.passed_to.name,
            reason=step.reason,
        )
        for step in found.order_by("passed_at", "pk")
    )


def figures(*, actor: Actor, now: dt.datetime, days: int = DAYS) -> ReferralFigures:
    """Return how many were solved without asking anybody, and decided otherwise than proposed. Three queries."""
    since = now - dt.timedelta(days=days)
    rows = visible_referrals(actor=actor)
    decisions = Q(kind=ReferralKind.DECISION)
    decided = decisions & Q(closed_at__gte=since, state__in=DECIDED)
    waits = Q(state__in=OPEN_REFERRALS)
    counted = rows.aggregate(
        decided=Count("pk", filter=decided),
        otherwise=Count("pk", filter=decided & ~Q(state=ReferralState.GRANTED)),
        open=Count("pk", filter=waits),
        overdue=Count("pk", filter=waits & Q(due_at__lt=now)),
        mine=Count("pk", filter=waits & Q(asked_of=actor.user_id)),
    )
    solved = scope.tickets_in_reach(actor=actor).filter(resolved_at__gte=since, resolved_at__lte=now)
    referred = Referral.objects.filter(decisions, ticket=OuterRef("pk"))
    return ReferralFigures(
        days=days,
        solved=(total := solved.count()),
        solved_first=total - solved.filter(Exists(referred)).count(),
        decided=counted["decided"],
        decided_otherwise=counted["otherwise"],
        open=counted["open"],
        overdue=counted["overdue"],
        mine=counted["mine"],
    )


def limits_used(*, actor: Actor, now: dt.datetime, days: int = DAYS) -> tuple[tuple[str, str, int, Decimal], ...]:
    """Return by role how often and how much of each remedy was granted: no figure here names a person. Two queries."""
    return people.used_by_role(actor=actor, since=now - dt.timedelta(days=days), now=now)


def _row(row: Referral, now: dt.datetime) -> ReferralRow:
    ticket = row.ticket
    return ReferralRow(
        id=row.pk,
        ticket_id=row.ticket_id,
        number=ticket.number,
        subject=ticket.subject,
        customer=ticket.customer.name,
        owner=ticket.assignee.name if ticket.assignee else "",
        asked_by=row.asked_by.name,
        asked_of=row.asked_of.name,
        closed_by=row.closed_by.name if row.closed_by else "",
        is_overdue=row.closed_at is None and row.due_at < now,
        **{field: getattr(row, field) for field in _SAME},
    )


_SAME = (
    *("kind", "state", "question", "remedy", "amount", "asked_by_id", "asked_at", "asked_of_id", "due_at"),
    *("accepted_at", "closed_at", "answer", "granted_remedy", "granted_amount", "used_at", "version"),
)
