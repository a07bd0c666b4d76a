"""Follow a low score up, and take down what customers say unasked."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.voice import policies, types
from wellserved.apps.voice.events import FeedbackTaken, FollowUpClosed
from wellserved.apps.voice.models import Feedback, FollowUp
from wellserved.apps.voice.queries import follow_ups as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import live_origin

MOST_THEMES = 8


@transaction.atomic
def close(*, actor: Actor, follow_up_id: int, done: str, version: int | None = None, now: dt.datetime) -> None:
    """Close a follow-up; what was done is kept."""
    row = _locked(actor, follow_up_id, version)
    done = done.strip()[:1000]
    if not done:
        raise Invalid("Say what was done: whom you spoke to and what came of it.", code="follow_up_done", field="done")
    row.done, row.closed_at, row.closed_by_id = done, now, actor.user_id
    row.version += 1
    row.save(update_fields=["done", "closed_at", "closed_by", "version"])
    ledger.record(
        actor=actor,
        action="voice.close_follow_up",
        subject=(types.FOLLOW_UP, row.pk),
        now=now,
        event=FollowUpClosed(follow_up_id=row.pk),
    )


@transaction.atomic
def hand_over(*, actor: Actor, follow_up_id: int, owner_id: int, now: dt.datetime) -> None:
    """Give a follow-up to a colleague."""
    row = _locked(actor, follow_up_id, None)
    if not accounts.active_staff(world=actor.world, ids=[owner_id]):
        raise NotFound("There is no such colleague.", code="colleague_not_found")
    before, row.owner_id = row.owner_id, owner_id
    row.version += 1
    row.save(update_fields=["owner", "version"])
    ledger.record(
        actor=actor,
        action="voice.hand_over",
        subject=(types.FOLLOW_UP, row.pk),
        now=now,
        changes={"owner_id": (before, owner_id)},
    )


def _locked(actor: Actor, follow_up_id: int, version: int | None) -> FollowUp:
    row = queries.visible(actor=actor).select_for_update().filter(pk=follow_up_id).first()
    if row is None:
        raise queries.missing()
    policies.require_work(actor)
    if row.closed_at is not None or (version is not None and version != row.version):
        raise Conflict("Somebody was quicker; read what was done.", code="stale", version=row.version)
    return row


@transaction.atomic
def take_down(
    *,
    actor: Actor,
    kind: str,
    source: str,
    words: str,
    customer_id: int | None = None,
    ticket_number: int | None = None,
    themes: Iterable[str] = (),
    now: dt.datetime,
) -> int:
    """Take feedback down and return its id; with a ticket it is its customer's, with neither it is anonymous."""
    policies.require_work(actor)
    words = words.strip()
    if kind not in types.FEEDBACK_KINDS:
        raise Invalid(f"It is one of {', '.join(types.FEEDBACK_KINDS)}.", code="feedback_kind", field="kind")
    if source not in types.SOURCES:
        raise Invalid(f"It comes from one of {', '.join(types.SOURCES)}.", code="feedback_source", field="source")
    if not words or len(words) > 4000:
        raise Invalid("Write down what was said, in up to 4,000 letters.", code="feedback_words", field="words")
    ticket = None
    if ticket_number is not None:
        ticket = scope.visible_tickets(actor=actor).filter(number=ticket_number).first()
        if ticket is None:
            raise Invalid(
                "There is no such ticket, or it is not yours to see.", code="feedback_ticket", field="ticket_number"
            )
    if customer_id is not None:
        scope.visible_customer(actor=actor, customer_id=customer_id)
    elif ticket is not None:
        customer_id = scope.standing(ticket.customer).pk
    row = Feedback.objects.create(
        kind=kind,
        source=source,
        words=words,
        customer_id=customer_id,
        ticket=ticket,
        themes=list(dict.fromkeys(each.strip().lower()[:40] for each in themes if each.strip()))[:MOST_THEMES],
        given_at=now,
        taken_by_id=actor.user_id,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="voice.take_feedback",
        subject=(types.FEEDBACK, row.pk),
        now=now,
        changes={"feedback_kind": (None, kind)},
        event=FeedbackTaken(feedback_id=row.pk),
    )
    return row.pk
