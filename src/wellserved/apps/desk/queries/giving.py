"""What is given to one customer counts together, on whichever of her tickets."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Ticket
from wellserved.apps.people import queries as people
from wellserved.apps.people.types import Allowance

MOST = 500


def beside(*, ticket_id: int) -> list[int]:
    """Return the other tickets of a ticket's customer, the newest first. One query."""
    customer = Ticket.objects.filter(pk=ticket_id).values("customer")
    rows = Ticket.objects.filter(customer__in=customer).exclude(pk=ticket_id)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])


def allowances_on(*, actor: Actor, ticket_id: int, now: dt.datetime) -> tuple[Allowance, ...]:
    """Return what the actor may still give on a ticket, and who may give more. Three queries."""
    subject = ("desk.ticket", ticket_id)
    return people.allowances(actor=actor, subject=subject, beside=beside(ticket_id=ticket_id), now=now)
