"""What a customer sees: her own tickets in plain words, by sign-in or by the signed link in a mail."""

import dataclasses
import datetime as dt

from wellserved.apps.accounts.capabilities import CAPABILITIES, SEES_ALL_TEAMS
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Customer, Message, Promise, Ticket
from wellserved.apps.desk.queries import promising, requesters, scope, story, updates
from wellserved.apps.ledger.queries import discussion
from wellserved.platform import outbox
from wellserved.platform.errors import NotFound
from wellserved.platform.links import Link
from wellserved.platform.origin import world_of

_LINK = Link(salt="desk.portal", days=90, way_on="Write to us again and you get a new one.")
CLOSED_DAYS = 30
MOST_TICKETS = 200


def link_for(*, ticket_id: int, customer_id: int, now: dt.datetime) -> str:
    """Return the signed token that opens one ticket for one customer for 90 days."""
    return _LINK.sign(ticket_id, customer_id, now=now)


def open_link(*, token: str, now: dt.datetime) -> tuple[Ticket, Customer]:
    """Return the ticket and customer a link is for; for this app alone.

    A link ends after 90 days, when the ticket has been closed for 30, or when the ticket changes hands.
    """
    ticket_id, customer_id = _LINK.read(token, now=now)
    ticket = Ticket.objects.select_related("customer").filter(pk=ticket_id).first()
    if (
        ticket is None
        or not _is_hers(ticket, customer_id)
        or (ticket.closed_at and now - ticket.closed_at > dt.timedelta(days=CLOSED_DAYS))
    ):
        raise _LINK.over()
    return ticket, ticket.customer


def _is_hers(ticket: Ticket, customer_id: int) -> bool:
    if ticket.customer_id == customer_id:
        return True
    # The link went to an address that has since turned out to be another one of hers.
    card = Customer.objects.filter(pk=customer_id).first()
    return card is not None and scope.standing(card).pk == ticket.customer_id


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
    """Return the ticket a link opens. Seven queries."""
    ticket, customer = open_link(token=token, now=now)
    return _whole(ticket, _messages(ticket, actor=holder_of(ticket, customer), now=now), now=now)


def file_by_link(*, token: str, file_id: int, now: dt.datetime) -> str:
    """Return the address that opens one file of a link's ticket for five minutes."""
    ticket, customer = open_link(token=token, now=now)
    holder = holder_of(ticket, customer)
    if not any(file.id == file_id for item in _messages(ticket, actor=holder, now=now) for file in item.files):
        raise NotFound("There is no such file, or it is not yours to see.", code="file_not_found")
    return discussion.signed_link(actor=holder, file_id=file_id)


def portal_tickets(*, actor: Actor) -> tuple[types.PortalTicket, ...]:
    """Return a signed-in customer's tickets, newest first, without their messages. Two queries."""
    rows = scope.visible_tickets(actor=actor).select_related("customer").order_by("-opened_at", "-pk")[:MOST_TICKETS]
    return tuple(_portal_ticket(row, ()) for row in rows)


def portal_ticket(*, actor: Actor, number: int, now: dt.datetime) -> types.PortalTicket:
    """Return one of a signed-in customer's tickets. Eight queries."""
    ticket = scope.visible_tickets(actor=actor).select_related("customer").filter(number=number).first()
    if ticket is None:
        raise NotFound("There is no such question of yours.", code="ticket_not_found")
    return _whole(ticket, _messages(ticket, actor=actor, now=now), now=now)


def _messages(ticket: Ticket, *, actor: Actor, now: dt.datetime) -> tuple[types.TimelineItem, ...]:
    found = Message.objects.filter(ticket=ticket, kind__in=types.SEEN_BY_CUSTOMER)
    # What may still be taken back has not been said yet.
    found = found.exclude(kind=types.MessageKind.REPLY, recorded_at__gt=now - outbox.UNDO, recorded_at__lte=now)
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


def _whole(ticket: Ticket, messages: tuple[types.TimelineItem, ...], *, now: dt.datetime) -> types.PortalTicket:
    """Return the ticket with what its customer was promised and when she hears next."""
    promised = requesters.promise_rows(promising.made_to_customer(ticket_id=ticket.pk), now=now)
    waits = [row.due_at for row in promised if row.state == Promise.State.OPEN]
    due = updates.next_update(ticket_id=ticket.pk, promised=waits) if ticket.status in types.OPEN_STATUSES else None
    return dataclasses.replace(
        _portal_ticket(ticket, messages), promises=promised, next_update_at=due if due and due > now else None
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
