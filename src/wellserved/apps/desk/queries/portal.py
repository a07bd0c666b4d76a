"""What a customer sees: her own tickets in plain words, by sign-in or by the signed link in a mail."""

import datetime as dt

from django.core import signing
from django.db.models import QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Customer, Message, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.platform.errors import NotFound

_SALT = "desk.portal"
LINK_DAYS = 90
CLOSED_DAYS = 30
MOST_TICKETS = 200
_SEEN_BY_CUSTOMER = (types.MessageKind.CUSTOMER, types.MessageKind.REPLY, types.MessageKind.AUTOMATIC)


def link_for(*, ticket_id: int, customer_id: int, now: dt.datetime) -> str:
    """Return the signed token that opens one ticket for one customer for 90 days."""
    return signing.dumps([ticket_id, customer_id, int(now.timestamp())], salt=_SALT)


def open_link(*, token: str, now: dt.datetime) -> tuple[Ticket, Customer]:
    """Return the ticket and customer a link is for; for this app alone.

    A link ends after 90 days, when the ticket has been closed for 30, or when the ticket changes hands.
    """
    gone = NotFound("This link is no longer valid. Write to us again and you get a new one.", code="link_over")
    try:
        ticket_id, customer_id, issued = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as bad:
        raise gone from bad
    if now - dt.datetime.fromtimestamp(issued, tz=dt.UTC) > dt.timedelta(days=LINK_DAYS):
        raise gone
    ticket = Ticket.objects.select_related("customer").filter(pk=ticket_id, customer=customer_id).first()
    if ticket is None or (ticket.closed_at and now - ticket.closed_at > dt.timedelta(days=CLOSED_DAYS)):
        raise gone
    return ticket, ticket.customer


def ticket_by_link(*, token: str, now: dt.datetime) -> types.PortalTicket:
    """Return the ticket a link opens. Two queries."""
    ticket, _ = open_link(token=token, now=now)
    return _portal_ticket(ticket, _messages([ticket.pk]))


def portal_tickets(*, actor: Actor) -> tuple[types.PortalTicket, ...]:
    """Return a signed-in customer's tickets, newest first, without their messages. Two queries."""
    rows = scope.visible_tickets(actor=actor).select_related("customer").order_by("-opened_at", "-pk")[:MOST_TICKETS]
    return tuple(_portal_ticket(row, ()) for row in rows)


def portal_ticket(*, actor: Actor, number: int) -> types.PortalTicket:
    """Return one of a signed-in customer's tickets. Three queries."""
    ticket = scope.visible_tickets(actor=actor).select_related("customer").filter(number=number).first()
    if ticket is None:
        raise NotFound("There is no such issue of yours.", code="ticket_not_found")
    return _portal_ticket(ticket, _messages([ticket.pk]))


def _messages(ticket_ids: list[int]) -> QuerySet[Message]:
    rows = Message.objects.filter(ticket__in=ticket_ids, kind__in=_SEEN_BY_CUSTOMER)
    return rows.select_related("author").order_by("sent_at", "pk")


def _portal_ticket(ticket: Ticket, messages: "QuerySet[Message] | tuple[Message, ...]") -> types.PortalTicket:
    return types.PortalTicket(
        id=ticket.pk,
        number=ticket.number,
        subject=ticket.subject,
        status=ticket.status,
        opened_at=ticket.opened_at,
        resolved_at=ticket.resolved_at,
        promised_by=ticket.next_due_at,
        customer_id=ticket.customer_id,
        customer=ticket.customer.name,
        messages=tuple(
            types.TimelineItem(
                key=f"message-{row.pk}",
                at=row.sent_at,
                kind=row.kind,
                actor_id=None,
                actor=row.author.name
                if row.author and row.kind == types.MessageKind.REPLY
                else row.author_label or (ticket.customer.name if row.kind == types.MessageKind.CUSTOMER else ""),
                body=row.body,
                detail="",
            )
            for row in messages
        ),
        can_reply=True,
    )
