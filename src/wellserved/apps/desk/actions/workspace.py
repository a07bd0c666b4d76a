"""What a person at work leaves about: drafts, presence, saved views. None of it is history, so none is recorded."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import policies
from wellserved.apps.desk.actions.answering import LONGEST_BODY
from wellserved.apps.desk.models import Draft, Presence, View
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import MessageKind
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin


def save_draft(*, actor: Actor, ticket_id: int, kind: str, body: str, now: dt.datetime) -> None:
    """Keep what somebody has begun to write; an empty text removes the draft."""
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    if kind not in {MessageKind.REPLY, MessageKind.NOTE}:
        raise Invalid("A draft is a reply or a note.", code="draft_kind")
    if not body.strip():
        discard_draft(actor=actor, ticket_id=ticket_id, kind=kind)
        return
    Draft.objects.update_or_create(
        user_id=actor.person_id, ticket=ticket, kind=kind, defaults={"body": body[:LONGEST_BODY], "saved_at": now}
    )


def discard_draft(*, actor: Actor, ticket_id: int, kind: str) -> None:
    """Throw a draft away."""
    Draft.objects.filter(user=actor.user_id, ticket=ticket_id, kind=kind).delete()


def touch_presence(*, actor: Actor, ticket_id: int, is_typing: bool = False, now: dt.datetime) -> None:
    """Say that somebody has the ticket open; called every few seconds while she has."""
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    Presence.objects.update_or_create(
        ticket=ticket, user_id=actor.person_id, defaults={"seen_at": now, "is_typing": is_typing}
    )


@transaction.atomic
def save_view(*, actor: Actor, name: str, query: str, is_shared: bool = False) -> int:
    """Keep a filter under a name, her own or everybody's; the same name of hers is written over."""
    policies.require_work(actor)
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or len(query) > 500:
        raise Invalid("Give the view a name of 1 to 80 letters.", code="view_name")
    row, _ = View.objects.update_or_create(
        owner_id=actor.person_id,
        name=name,
        origin=live_origin(actor.world),
        defaults={"query": query, "is_shared": is_shared},
    )
    return row.pk


def remove_view(*, actor: Actor, view_id: int) -> None:
    """Remove a view of one's own."""
    removed, _ = in_world(View.objects.filter(pk=view_id, owner=actor.user_id), actor.world).delete()
    if not removed:
        raise NotFound("There is no such view of yours.")
