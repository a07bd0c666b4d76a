"""Which tickets and standards a record of the house belongs with, by what the clocks say."""

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Clock
from wellserved.apps.desk.queries import scope
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.queries import commitments
from wellserved.apps.thread.types import Ref

MOST = 50


def tickets_under(*, actor: Actor, policy_id: int) -> tuple[Ref, ...]:
    """Return the open tickets whose clocks run under any version of a policy, the most pressing first. Two queries."""
    keys = standards.keys_of_policy(actor=actor, policy_id=policy_id)
    running = Clock.objects.filter(policy__in=keys).values("ticket")
    rows = scope.visible_tickets(actor=actor).filter(act_by__isnull=False, pk__in=running)
    return tuple(("desk.ticket", pk) for pk in rows.order_by("act_by", "pk").values_list("pk", flat=True)[:MOST])


def of_customer(*, actor: Actor, customer_id: int) -> tuple[Ref, ...]:
    """Return a customer's open tickets and the standards behind their clocks. Four queries."""
    rows = scope.visible_tickets(actor=actor).filter(customer=customer_id, act_by__isnull=False)
    tickets = list(rows.order_by("act_by", "pk").values_list("pk", flat=True)[:MOST])
    pairs = set(Clock.objects.filter(ticket__in=tickets).values_list("policy", "metric"))
    behind = {pk for pk, _ in commitments.behind(clocks_of_ticket=pairs).values()}
    return (*(("desk.ticket", pk) for pk in tickets), *(("standards.standard", pk) for pk in sorted(behind)))
