"""How far a service has come with the desk: what the set-up list is derived from."""

import dataclasses

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Queue, Ticket
from wellserved.platform.origin import Origin, in_world


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Facts, not clicks."""

    has_tickets: bool
    has_imported: bool
    has_replied: bool
    team_queues: int


def read_progress(*, actor: Actor) -> Progress:
    """Return what exists in the actor's world. Four queries that stop at the first row."""
    tickets = in_world(Ticket.objects.order_by(), actor.world)
    return Progress(
        has_tickets=tickets.exists(),
        has_imported=tickets.filter(origin=Origin.IMPORT).exists(),
        has_replied=tickets.exclude(origin=Origin.IMPORT).filter(first_replied_at__isnull=False).exists(),
        team_queues=in_world(Queue.objects.filter(team__isnull=False), actor.world).count(),
    )


def has_tickets(*, actor: Actor) -> bool:
    """Return whether the actor's world holds any ticket. One query."""
    return in_world(Ticket.objects.order_by(), actor.world).exists()
