"""What a standard may ask about a ticket."""

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.standards.types import TicketFacts


def ticket_facts(*, actor: Actor, ticket_id: int) -> TicketFacts:
    """Return the facts of a ticket the actor may read, whether or not she opens customers. Two queries."""
    return facts_of(scope.visible_ticket(actor=actor, ticket_id=ticket_id))


def facts_of(ticket: Ticket) -> TicketFacts:
    """Return what a policy may ask of this ticket; its customer is loaded."""
    return TicketFacts(
        priority=ticket.priority,
        kind=ticket.kind,
        queue=ticket.queue_id,
        channel=ticket.channel,
        customer=ticket.customer_id,
        organisation=ticket.customer.organisation_id,
        product=ticket.product_id,
        place=ticket.place_id,
        tag=tuple(ticket.tags.values_list("pk", flat=True)) if ticket.pk else (),
        internal=ticket.customer.is_internal,
    )
