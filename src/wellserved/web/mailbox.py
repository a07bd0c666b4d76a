"""The local mailbox: what the service would have sent, or is about to send, to be read here while nothing leaves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.platform import outbox
from wellserved.platform.http.access import needs
from wellserved.platform.models import OutboxMessage


@needs(policies.READ_TICKETS, policies.SETTINGS)
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mail the actor may read, newest first. Two queries."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    messages = readable(outbox.local_mailbox(world=actor.world), actor=actor)
    return render(request, "web/mailbox.html", {"letters": messages})


def readable(messages: list[OutboxMessage], *, actor: Actor) -> list[OutboxMessage]:
    """Keep mail about tickets within reach; mail about accounts holds sign-in links and is for administrators."""
    ticket_ids = {
        message.subject_id for message in messages if message.subject_kind == "desk.ticket" and message.subject_id
    }
    reached = set(scope.visible_tickets(actor=actor).filter(pk__in=ticket_ids).values_list("pk", flat=True))
    return [
        message
        for message in messages
        if (message.subject_kind == "desk.ticket" and message.subject_id in reached)
        or (message.subject_kind != "desk.ticket" and actor.can(policies.SETTINGS))
    ]
