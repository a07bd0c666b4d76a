"""What a customer sees: her own tickets in plain words, by sign-in or by the signed link in a mail."""

import datetime as dt

from django.core import signing

from wellserved.apps.accounts.capabilities import CAPABILITIES, SEES_ALL_TEAMS
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Customer, Message, Ticket
from wellserved.apps.desk.queries import scope, story
from wellserved.apps.ledger.queries import discussion
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import world_of

_SALT = "desk.portal"
LINK_DAYS = 90
CLOSED_DAYS = 30
MOST_TICKETS = 200


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


def holder_of(ticket: Ticket, customer: Customer) -> Actor:
    """Return whoever holds a link as an actor: the customer, without an account; for this app alone."""
    return Actor(
        user_id=None,
        role=Role.CUSTOMER,
        name=customer.name,
        team_ids=frozenset(),
        world=world_of(ticket.origin),
        sees_all_teams=Role.CUSTOMER in SEES_ALL_TEAMS,
        capabilities=CAPABILITIES[Role.CUSTOMER],
        customer_id=customer.pk,
    )


def ticket_by_link(*, token: str, now: dt.datetime) -> types.PortalTicket:
    """Return the ticket a link opens. Five queries."""
    ticket, customer = open_link(token=token, now=now)
    return _portal_ticket(ticket, _messages(ticket, actor=holder_of(ticket, customer)))


def file_by_link(*, token: str, file_id: int, now: dt.datetime) -> str:
    """Return the address that opens one file of a link's ticket for five minutes."""
    ticket, customer = open_link(token=token, now=now)
    holder = holder_of(ticket, customer)
    if not any(file.id == file_id for item in _messages(ticket, actor=holder) for file in item.files):
        raise NotFound("There is no such file, or it is not yours to see.", code="file_not_found")
    return discussion.signed_link(actor=holder, file_id=file_id)


def portal_tickets(*, actor: Actor) -> tuple[types.PortalTicket, ...]:
    """Return a signed-in customer's tickets, newest first, without their messages. Two queries."""
    rows = scope.visible_tickets(actor=actor).select_related("customer").order_by("-opened_at", "-pk")[:MOST_TICKETS]
    return tuple(_portal_ticket(row, ()) for row in rows)


def portal_ticket(*, actor: Actor, number: int) -> types.PortalTicket:
    """Return one of a signed-in customer's tickets. Six queries."""
    ticket = scope.visible_tickets(actor=actor).select_related("customer").filter(number=number).first()
    if ticket is None:
        raise NotFound("There is no such issue of yours.", code="ticket_not_found")
    return _portal_ticket(ticket, _messages(ticket, actor=actor))


def _messages(ticket: Ticket, *, actor: Actor) -> tuple[types.TimelineItem, ...]:
    found = Message.objects.filter(ticket=ticket, kind__in=types.SEEN_BY_CUSTOMER)
    rows = list(found.select_related("author").order_by("sent_at", "pk"))
    files = story.files_of(rows, actor=actor)
    return tuple(
        types.TimelineItem(
            key=f"message-{row.pk}",
            at=row.sent_at,
            kind=row.kind,
            actor_id=None,
            actor=story.speaker(row, ticket),
            body=row.body,
            detail="",
            files=files.get(row.pk, ()),
        )
        for row in rows
    )


def _portal_ticket(ticket: Ticket, messages: tuple[types.TimelineItem, ...]) -> types.PortalTicket:
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
        messages=messages,
        can_reply=True,
    )
