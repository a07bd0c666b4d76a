"""Give a ticket to somebody, or back to its queue."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import Queue
from wellserved.apps.desk.queries import offers
from wellserved.apps.desk.types import Saved
from wellserved.platform.errors import NotFound


@transaction.atomic
def assign(
    *, actor: Actor, ticket_id: int, assignee_id: int | None, version: int | None = None, now: dt.datetime
) -> Saved:
    """Let somebody who answers the ticket's queue have it; None gives it back to the queue."""
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    locking.check_version(story, version)
    policies.require_assign(actor, assignee_id=assignee_id, current_id=ticket.assignee_id)
    if assignee_id is not None:
        check_assignee(ticket.queue, assignee_id, actor=actor)
    set_assignee(story, assignee_id, actor=actor, now=now)
    return locking.finish(story, "assignee")


def set_assignee(story: Story, assignee_id: int | None, *, actor: Actor, now: dt.datetime, reason: str = "") -> None:
    """Change the assignee of a locked ticket, append the fact and announce it; the caller checks and saves."""
    ticket = story.ticket
    before = ticket.assignee_id
    ticket.version += 1
    ticket.assignee_id = assignee_id
    story.add("assigned", actor_id=actor.user_id, now=now, reason=reason, changes={"assignee": [before, assignee_id]})
    story.record(
        actor=actor,
        action="desk.assign",
        now=now,
        changes={"assignee": (before, assignee_id)},
        reason=reason,
        event=events.TicketAssigned(ticket_id=ticket.pk, assignee_id=assignee_id),
    )


def check_assignee(queue: Queue, assignee_id: int, *, actor: Actor) -> None:
    """Refuse somebody who is absent from the world, inactive, or does not answer this queue."""
    if not any(person.id == assignee_id for person in offers.eligible(actor=actor, queue=queue)):
        raise NotFound("There is nobody of that name who answers this queue.", code="assignee_not_found")
