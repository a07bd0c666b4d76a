"""Incidents as history and links know them."""

from collections.abc import Collection

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Incident
from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds
from wellserved.platform.origin import in_world

_SENTENCES = {
    "desk.find_incident": "named the customers an incident affects",
    "desk.tell_affected": "sent a notice to the customers affected",
    "desk.fix_incident": "said that the incident is fixed",
}


def register() -> None:
    """Make incidents known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    wording.label("desk.affected", "Customers affected")
    wording.label("desk.fixed_at", "Fixed")
    kinds.register(
        kinds.Kind(
            key="desk.incident",
            label="Incident",
            url=lambda pk: f"/incidents/{pk}",
            titles=lambda ids: dict(Incident.objects.filter(pk__in=ids).values_list("pk", "title")),
            policy=_visible,
        )
    )


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    if not actor.can(accounts_policies.READ_TICKETS):
        return set()
    return set(in_world(Incident.objects.filter(pk__in=ids), actor.world).values_list("pk", flat=True))
