"""Whose tickets somebody may see: the one place that says so."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import Customer, Queue, Ticket
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

M = TypeVar("M", bound=Model)


def visible_queues(*, actor: Actor) -> QuerySet[Queue]:
    """Return the queues of the actor's world and teams; a queue without a team is every team's."""
    rows = in_world(Queue.objects.all(), actor.world)
    if actor.sees_all_teams:
        return rows
    return rows.filter(Q(team__in=actor.team_ids) | Q(team=None))


def tickets_in_reach(*, actor: Actor) -> QuerySet[Ticket]:
    """Return the tickets of the actor's world and teams, for figures that name nobody."""
    rows = in_world(Ticket.objects.all(), actor.world)
    return rows if actor.sees_all_teams else rows.filter(queue__in=visible_queues(actor=actor))


def visible_tickets(*, actor: Actor) -> QuerySet[Ticket]:
    """Return the tickets the actor may read: a customer her own, staff those of their world and teams."""
    if actor.role == Role.CUSTOMER:
        return _own_tickets(actor)
    if not actor.can(accounts_policies.READ_TICKETS):
        return Ticket.objects.none()
    return tickets_in_reach(actor=actor)


def _own_tickets(actor: Actor) -> QuerySet[Ticket]:
    hers = Q(pk=actor.customer_id) if actor.customer_id else Q(user=actor.user_id)
    is_known = actor.customer_id or actor.user_id
    customer = in_world(Customer.objects.filter(hers), actor.world).first() if is_known else None
    if customer is None:
        return Ticket.objects.none()
    if customer.sees_organisation and customer.organisation_id:
        return in_world(Ticket.objects.filter(customer__organisation=customer.organisation_id), actor.world)
    return in_world(Ticket.objects.filter(customer=customer), actor.world)


def visible_customers(*, actor: Actor) -> QuerySet[Customer]:
    """Return the customers staff of this world may read; a customer reads herself."""
    rows = in_world(Customer.objects.all(), actor.world)
    if actor.role == Role.CUSTOMER:
        return rows.filter(user=actor.user_id) if actor.user_id else rows.none()
    return rows if actor.can(accounts_policies.READ_CUSTOMERS) else rows.none()


def visible_customer(*, actor: Actor, customer_id: int) -> Customer:
    """Return the customer, or say there is none."""
    row = visible_customers(actor=actor).filter(pk=customer_id).first()
    if row is None:
        raise NotFound("There is no such customer.", code="customer_not_found")
    return row


def visible_queue(*, actor: Actor, queue_id: int | None) -> Queue:
    """Return the queue, the world's default one for None, or say there is none."""
    rows = visible_queues(actor=actor)
    row = rows.filter(pk=queue_id).first() if queue_id else rows.order_by("-is_default", "pk").first()
    if row is None:
        raise NotFound("There is no such queue.", code="queue_not_found")
    return row


def find_in_world(model: type[M], *, actor: Actor, pk: int | None, noun: str) -> M | None:
    """Return a product, place or organisation of the actor's world; None for None."""
    if pk is None:
        return None
    row = in_world(model._default_manager.filter(pk=pk), actor.world).first()
    if row is None:
        raise NotFound(f"There is no such {noun}.", code=f"{noun}_not_found")
    return row


def visible_ticket(*, actor: Actor, ticket_id: int) -> Ticket:
    """Return the ticket with its customer and queue, or say there is none. One query."""
    row = visible_tickets(actor=actor).select_related("customer", "queue").filter(pk=ticket_id).first()
    if row is None:
        raise NotFound("There is no such ticket, or it is not yours to see.", code="ticket_not_found")
    return row
