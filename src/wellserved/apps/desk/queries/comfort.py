"""What customers were asked, and the signed link by which they answer."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import ComfortCheck
from wellserved.apps.desk.queries import portal, scope
from wellserved.apps.desk.types.updates import UNEASY, ComfortAsked, ComfortRow
from wellserved.platform.links import Link

_LINK = Link(salt="desk.comfort", days=30, way_on="Write to us and we ask you again.")


def link_for(*, comfort_id: int, now: dt.datetime) -> str:
    """Return the signed token that answers one question for 30 days."""
    return _LINK.sign(comfort_id, now=now)


def open_link(*, token: str, now: dt.datetime) -> tuple[ComfortCheck, Actor]:
    """Return the question a link is for and the customer who holds it; for this app alone. One query."""
    [comfort_id] = _LINK.read(token, now=now)
    row = ComfortCheck.objects.select_related("ticket__customer").filter(pk=comfort_id).first()
    if row is None:
        raise _LINK.over()
    return row, portal.holder_of(row.ticket, row.ticket.customer)


def asked_by_link(*, token: str, now: dt.datetime) -> ComfortAsked:
    """Return what the holder of a link is asked, and what she has answered. One query."""
    row, _ = open_link(token=token, now=now)
    return ComfortAsked(
        moment=row.moment,
        about=row.about,
        number=row.ticket.number,
        answer=row.answer,
        answered_at=row.answered_at,
    )


def of_ticket(*, actor: Actor, ticket_id: int) -> tuple[ComfortRow, ...]:
    """Return what the customer of a ticket was asked, the latest first. One query."""
    rows = scope.of_visible_tickets(ComfortCheck.objects.filter(ticket=ticket_id), actor=actor)
    return tuple(
        ComfortRow(
            id=row.pk,
            moment=row.moment,
            about=row.about,
            asked_by=row.asked_by.name if row.asked_by else "",
            asked_at=row.asked_at,
            answer=row.answer,
            words=row.words,
            answered_at=row.answered_at,
            settled_at=row.settled_at,
            settled_how=row.settled_how,
        )
        for row in rows.select_related("asked_by").order_by("-asked_at", "-pk")
    )


def uneasy_tickets(*, actor: Actor) -> int:
    """Return on how many tickets a no or a concern waits. One query."""
    rows = ComfortCheck.objects.filter(answer__in=UNEASY, settled_at=None)
    return scope.of_visible_tickets(rows, actor=actor).values("ticket").distinct().count()
