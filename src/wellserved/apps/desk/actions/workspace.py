"""What a person at work leaves about: drafts, presence, saved views. None of it is history, so none is recorded."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import policies
from wellserved.apps.desk.actions import attaching
from wellserved.apps.desk.actions.answering import LONGEST_BODY
from wellserved.apps.desk.models import Draft, Presence, View
from wellserved.apps.desk.queries import conversation, scope
from wellserved.apps.desk.types import MessageKind
from wellserved.apps.ledger.actions.discussion import MOST_FILES, StoredUpload, park
from wellserved.platform.errors import Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin


def save_draft(*, actor: Actor, ticket_id: int, kind: str, body: str, now: dt.datetime) -> None:
    """Keep what somebody has begun to write; an empty text removes the draft unless files wait beside it."""
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    if kind not in {MessageKind.REPLY, MessageKind.NOTE}:
        raise Invalid("A draft is a reply or a note.", code="draft_kind")
    if not body.strip() and not any(draft.files for draft in conversation.drafts(actor=actor, ticket_id=ticket_id)):
        discard_draft(actor=actor, ticket_id=ticket_id, kind=kind, now=now)
        return
    Draft.objects.update_or_create(
        user_id=actor.person_id, ticket=ticket, kind=kind, defaults={"body": body[:LONGEST_BODY], "saved_at": now}
    )


@transaction.atomic
def keep_files(
    *, actor: Actor, ticket_id: int, kind: str, body: str, files: Sequence[StoredUpload], now: dt.datetime
) -> None:
    """Keep a text that could not be sent as the draft, with the files that were to go with it."""
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    if kind not in {MessageKind.REPLY, MessageKind.NOTE}:
        raise Invalid("A draft is a reply or a note.", code="draft_kind")
    draft, _ = Draft.objects.update_or_create(
        user_id=actor.person_id, ticket=ticket, kind=kind, defaults={"body": body[:LONGEST_BODY], "saved_at": now}
    )
    waiting = sum(len(row.files) for row in conversation.drafts(actor=actor, ticket_id=ticket_id) if row.kind == kind)
    for stored in files[: MOST_FILES - waiting]:
        park(actor=actor, subject=("desk.draft", draft.pk), stored=stored, now=now)


def discard_draft(*, actor: Actor, ticket_id: int, kind: str, now: dt.datetime) -> None:
    """Throw a draft away, with the files kept beside it."""
    draft = Draft.objects.filter(user=actor.user_id, ticket=ticket_id, kind=kind).first()
    if draft:
        attaching.end_draft(draft, now=now)


def touch_presence(*, actor: Actor, ticket_id: int, is_typing: bool = False, now: dt.datetime) -> None:
    """Say that somebody has the ticket open; called every few seconds while she has."""
    ticket = scope.visible_ticket(actor=actor, ticket_id=ticket_id)
    policies.require_work(actor)
    Presence.objects.update_or_create(
        ticket=ticket, user_id=actor.person_id, defaults={"seen_at": now, "is_typing": is_typing}
    )


@transaction.atomic
def save_view(*, actor: Actor, name: str, query: str, is_shared: bool = False, team_id: int | None = None) -> int:
    """Keep a filter under a name: her own, one team's, or everybody's; the same name of hers is written over."""
    policies.require_work(actor)
    if team_id is not None and team_id not in dict(accounts.team_choices(actor=actor)):
        raise NotFound("There is no such team, or it is not yours to share with.", code="team_not_found")
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or len(query) > 500:
        raise Invalid("Give the view a name of 1 to 80 letters.", code="view_name")
    row, _ = View.objects.update_or_create(
        owner_id=actor.person_id,
        name=name,
        origin=live_origin(actor.world),
        defaults={"query": query, "is_shared": is_shared and team_id is None, "team_id": team_id},
    )
    return row.pk


def remove_view(*, actor: Actor, view_id: int) -> None:
    """Remove a view of one's own."""
    removed, _ = in_world(View.objects.filter(pk=view_id, owner=actor.user_id), actor.world).delete()
    if not removed:
        raise NotFound("There is no such view of yours.")
