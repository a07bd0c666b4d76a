"""What a customer's view can be taken along to: what is still to be decided or put right."""

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Incident
from wellserved.apps.standards.queries import plans
from wellserved.platform.origin import in_world

MOST = 50


def open_matters(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return incidents not fixed and plans not agreed, as (`kind:id`, name), as far as the actor sees them.

    Two queries.
    """
    incidents = in_world(Incident.objects.filter(fixed_at=None).order_by("-found_at", "-pk"), actor.world)
    found = [(f"desk.incident:{pk}", title) for pk, title in incidents.values_list("pk", "title")[:MOST]]
    if actor.can(accounts.READ_PLANS):
        found += [(f"standards.plan:{pk}", name) for pk, name in plans.undecided(actor=actor)]
    return tuple(found)
