"""Give a ticket to somebody, or back to its queue."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events, policies
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import Queue
from wellserved.apps.desk.queries import competence, offers
from wellserved.apps.desk.types import Saved
from wellserved.apps.desk.types.competence import Lack
from wellserved.platform import clock
from wellserved.platform.errors import NotFound


@transaction.atomic
def assign(
    *,
    actor: Actor,
    ticket_id: int,
    assignee_id: int | None,
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> Saved:
    """Let somebody who answers the ticket's queue have it; None gives it back to the queue.

    She must hold what the queue asks for on this day. A leader may set that aside with a reason, which history keeps.
    """
    story = Story(locking.locked_ticket(actor=actor, ticket_id=ticket_id))
    ticket = story.ticket
    locking.check_version(story, version)
    policies.require_assign(actor, assignee_id=assignee_id, current_id=ticket.assignee_id)
    lacks: tuple[Lack, ...] = ()
    if assignee_id is not None and assignee_id != ticket.assignee_id:
        lacks = check_assignee(ticket.queue, assignee_id, actor=actor, reason=reason, on=clock.day_of(now))
    set_assignee(story, assignee_id, actor=actor, now=now, reason=reason.strip()[:300], without=lacks)
    return locking.finish(story, "assignee")


def set_assignee(
    story: Story,
    assignee_id: int | None,
    *,
    actor: Actor,
    now: dt.datetime,
    reason: str = "",
    without: Sequence[Lack] = (),
) -> None:
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
        changes={
            "assignee": (before, assignee_id),
            **({"without_skill": (None, policies.say_lacks(without))} if without else {}),
        },
        reason=reason,
        event=events.TicketAssigned(ticket_id=ticket.pk, assignee_id=assignee_id),
    )


def check_assignee(queue: Queue, assignee_id: int, *, actor: Actor, reason: str, on: dt.date) -> tuple[Lack, ...]:
    """Refuse somebody absent from the world, inactive, who does not answer this queue, or lacks what it asks for.

    What she lacks comes back when a leader's reason sets it aside.
    """
    answering = offers.eligible(actor=actor, queue=queue)
    chosen = next((choice for choice in answering if choice.id == assignee_id), None)
    if chosen is None:
        raise NotFound("There is nobody of that name who answers this queue.", code="assignee_not_found")
    ids = [choice.id for choice in answering]
    lacking = competence.lacking(actor=actor, queue_id=queue.pk, user_ids=ids, on=on)
    lacks = lacking.get(assignee_id, ())
    able = [choice.name for choice in answering if choice.id not in lacking]
    policies.require_competent(actor, name=chosen.name, lacks=lacks, able=able, reason=reason)
    return lacks
