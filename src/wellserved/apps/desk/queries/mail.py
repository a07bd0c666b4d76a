"""Mail that stayed in the house or is in doubt, as far as somebody may read it."""

from collections.abc import Iterable

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.platform import outbox
from wellserved.platform.errors import NotFound
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import in_world

TICKET = "desk.ticket"


def letters(*, actor: Actor) -> list[OutboxMessage]:
    """Return the mail of the local mailbox the actor may read, newest first. Two queries."""
    return _readable(outbox.local_mailbox(world=actor.world), actor)


def letter(*, actor: Actor, message_id: int) -> OutboxMessage:
    """Return one message the actor may read. Two queries."""
    rows = in_world(OutboxMessage.objects.filter(pk=message_id, channel="email"), actor.world)
    found = _readable(rows, actor)
    if not found:
        raise NotFound("There is no such message, or it is not yours to read.")
    return found[0]


def _readable(messages: Iterable[OutboxMessage], actor: Actor) -> list[OutboxMessage]:
    """Keep mail about tickets within reach; mail about accounts holds sign-in links and is for administrators."""
    messages = list(messages)
    ticket_ids = {message.subject_id for message in messages if message.subject_kind == TICKET and message.subject_id}
    reached = set(scope.visible_tickets(actor=actor).filter(pk__in=ticket_ids).values_list("pk", flat=True))
    is_administrator = actor.can(accounts_policies.SETTINGS)
    return [
        message
        for message in messages
        if (message.subject_id in reached if message.subject_kind == TICKET else is_administrator)
    ]
