"""The sample service's queues, and its removal from the desk."""

from collections.abc import Mapping

from wellserved.apps.desk.actions import load
from wellserved.apps.desk.models import Customer, Organisation, Place, Product, Queue, Tag, Ticket, View
from wellserved.platform.origin import Origin


def add_queues(*, teams: Mapping[str, int], default: str) -> Mapping[str, int]:
    """Write one queue for each team, of the same name, and return ids by name."""
    Queue.objects.bulk_create(
        Queue(name=name, team_id=team_id, is_default=name == default, origin=Origin.SAMPLE)
        for name, team_id in teams.items()
    )
    return dict(Queue.objects.filter(origin=Origin.SAMPLE).values_list("name", "id"))


def give_portal(*, email: str, user_id: int) -> None:
    """Let the customer with this address sign in to the portal as this user."""
    Customer.objects.filter(origin=Origin.SAMPLE, email=email).update(user_id=user_id)


def remove() -> int:
    """Delete every sample record of the desk, in short writes, and return how many tickets went."""
    gone = 0
    while ids := list(Ticket.objects.filter(origin=Origin.SAMPLE).values_list("id", flat=True)[:500]):
        load.remove_tickets(ids)
        gone += len(ids)
    for model in (Customer, Organisation, Queue, Product, Place, Tag, View):
        model._default_manager.filter(origin=Origin.SAMPLE).delete()
    return gone
