"""Who may handle and who may review a complaint."""

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.capabilities import CAPABILITIES, WORK_COMPLAINTS, WORK_TICKETS
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.desk.models import Complaint
from wellserved.apps.desk.queries import scope


def handlers(*, actor: Actor) -> tuple[Person, ...]:
    """Return the colleagues who may handle a complaint: whoever answers tickets. Two queries."""
    return _staff(actor, WORK_TICKETS)


def reviewers(*, actor: Actor, complaint_id: int) -> tuple[Person, ...]:
    """Return the colleagues who may review a complaint and have had no part in it. Eight queries."""
    row = scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    taken = acted(row) | {row.handler_id}
    return tuple(person for person in _staff(actor, WORK_COMPLAINTS) if person.id not in taken)


def acted(row: Complaint) -> frozenset[int]:
    """Return who has acted on the ticket or at any stage of the complaint; for this app alone. Six queries."""
    found = {
        *row.ticket.events.exclude(actor=None).values_list("actor", flat=True).distinct(),
        *row.ticket.messages.exclude(author=None).values_list("author", flat=True).distinct(),
        *row.stages.exclude(by=None).values_list("by", flat=True).distinct(),
        *row.letters.exclude(sent_by=None).values_list("sent_by", flat=True).distinct(),
        *row.remedies.exclude(granted_by=None).values_list("granted_by", flat=True).distinct(),
        *([row.ticket.assignee_id] if row.ticket.assignee_id else []),
    }
    return frozenset(found)


def _staff(actor: Actor, capability: str) -> tuple[Person, ...]:
    everybody = accounts.staff(actor=accounts.system_actor(world=actor.world))
    return tuple(person for person in everybody if capability in CAPABILITIES[person.role])
