"""Begin an update for the customer from what was done since she last heard."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import policies
from wellserved.apps.desk.actions import workspace
from wellserved.apps.desk.queries import conversation, scope, updates
from wellserved.apps.desk.types import MessageKind


def draft_update(*, actor: Actor, ticket_id: int, now: dt.datetime) -> str:
    """Put an update drafted from the ticket's own log into the writer's reply, below what stands there; return it."""
    scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    text = updates.draft(actor=actor, ticket_id=ticket_id, now=now)
    begun = {row.kind: row.body for row in conversation.drafts(actor=actor, ticket_id=ticket_id)}
    before = begun.get(MessageKind.REPLY, "").strip()
    if text not in before:
        body = f"{before}\n\n{text}".strip()
        workspace.save_draft(actor=actor, ticket_id=ticket_id, kind=MessageKind.REPLY, body=body, now=now)
    return text
