"""Whose tickets somebody may see: the one place that says so."""

from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import Complaint, Customer, Queue, Ticket
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

M = TypeVar("M", bound=Model)
MOST_MERGES = 20


def visible_queues(*, actor: Actor) -> QuerySet[Queue]:
    """Return the queues of the actor's world and teams; a queue without a team is every team's."""
    rows = in_world(Queue.objects.all(), actor.world)
    if actor.sees_all_teams:
        return rows
    return rows.filter(Q(team__in=actor.team_ids) | Q(team=None))


def tickets_in_reach(*, actor: Actor) -> QuerySet[Ticket]:
    """Return the tickets of the actor's world and teams, without those behind a complaint kept from her."""
    rows = in_world(Ticket.objects.all(), actor.world)
    if not sees_restricted(actor):
        rows = rows.exclude(pk__in=_restricted_to_others(actor))
    return rows if actor.sees_all_teams else rows.filter(queue__in=visible_queues(actor=actor))


def kept_tickets(*, actor: Actor) -> QuerySet[Ticket]:
    """Return the tickets behind complaints that are kept from this actor."""
    rows = Ticket.objects.filter(pk__in=_restricted_to_others(actor))
    return rows.none() if sees_restricted(actor) else rows


def sees_restricted(actor: Actor) -> bool:
    """Return whether the actor may read complaints about colleagues that are not hers to handle."""
    return actor.automatic or actor.role == Role.MANAGER


def _restricted_to_others(actor: Actor) -> QuerySet[Complaint, Any]:
    hers = Q(handler=actor.user_id) | Q(reviewer=actor.user_id)
    return Complaint.objects.filter(is_restricted=True).exclude(hers).values("ticket")


def visible_complaints(*, actor: Actor) -> QuerySet[Complaint]:
    """Return the complaints the actor may read.

    An agent reads those she handles or whose ticket is hers, a leader those of her teams, others all; a restricted one
    is for managers, its handler and its reviewer alone.
    """
    rows = in_world(Complaint.objects.all(), actor.world)
    if actor.automatic or actor.role == Role.MANAGER:
        return rows
    if not actor.can(accounts_policies.READ_COMPLAINTS):
        return rows.none()
    hers = Q(handler=actor.user_id) | Q(reviewer=actor.user_id)
    if actor.role == Role.AGENT:
        return rows.filter(hers | Q(is_restricted=False, ticket__assignee=actor.user_id))
    if actor.sees_all_teams:
        return rows.filter(hers | Q(is_restricted=False))
    return rows.filter(hers | Q(is_restricted=False, ticket__queue__in=visible_queues(actor=actor)))


def works_complaint(*, actor: Actor, handler_id: int | None, reviewer_id: int | None) -> bool:
    """Return whether the actor handles complaints, or this one."""
    if actor.automatic or actor.can(accounts_policies.WORK_COMPLAINTS):
        return True
    return actor.user_id is not None and actor.user_id in {handler_id, reviewer_id}


def visible_complaint(*, actor: Actor, complaint_id: int) -> Complaint:
    """Return the complaint with its ticket and people, or say there is none. One query."""
    rows = visible_complaints(actor=actor).select_related(
        "ticket__customer", "ticket__queue", "handler", "reviewer", "pack__pack"
    )
    row = rows.filter(pk=complaint_id).first()
    if row is None:
        raise NotFound("There is no such complaint, or it is not yours to see.", code="complaint_not_found")
    return row


def visible_tickets(*, actor: Actor) -> QuerySet[Ticket]:
    """Return the tickets the actor may read: a customer her own, staff those of their world and teams."""
    if actor.role == Role.CUSTOMER:
        return _own_tickets(actor)
    if not actor.can(accounts_policies.READ_TICKETS):
        return Ticket.objects.none()
    return tickets_in_reach(actor=actor)


def of_visible_tickets(rows: QuerySet[M], *, actor: Actor) -> QuerySet[M]:
    """Return those rows whose `ticket` the actor may read.

    Asked row by row: SQLite answers `ticket IN (every visible ticket)` by listing all of them first.
    """
    return rows.filter(Exists(visible_tickets(actor=actor).filter(pk=OuterRef("ticket"))))


def _own_tickets(actor: Actor) -> QuerySet[Ticket]:
    hers = Q(pk=actor.customer_id) if actor.customer_id else Q(user=actor.user_id)
    is_known = actor.customer_id or actor.user_id
    found = in_world(Customer.objects.filter(hers), actor.world).first() if is_known else None
    if found is None:
        return Ticket.objects.none()
    customer = standing(found)
    if customer.sees_organisation and customer.organisation_id:
        return in_world(Ticket.objects.filter(customer__organisation=customer.organisation_id), actor.world)
    return in_world(Ticket.objects.filter(customer=customer), actor.world)


def visible_customers(*, actor: Actor) -> QuerySet[Customer]:
    """Return the customers staff of this world may read; a customer reads herself.

    A card that is one more address of somebody else's is no customer of its own.
    """
    rows = in_world(Customer.objects.filter(merged_into=None), actor.world)
    if actor.role == Role.CUSTOMER:
        own = in_world(Customer.objects.filter(user=actor.user_id), actor.world).first() if actor.user_id else None
        return rows.filter(pk=standing(own).pk) if own else rows.none()
    return rows if actor.can(accounts_policies.READ_CUSTOMERS) else rows.none()


def standing(row: Customer) -> Customer:
    """Return the person a card stands for: itself, or the one it was merged into."""
    for _ in range(MOST_MERGES):
        if row.merged_into is None:
            break
        row = row.merged_into
    return row


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
