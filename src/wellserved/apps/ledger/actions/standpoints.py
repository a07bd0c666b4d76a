"""Gather what customers, colleagues and partners think of something that is to be decided, and answer each of them."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import subjects
from wellserved.apps.ledger.actions import discussion
from wellserved.apps.ledger.actions.record import record
from wellserved.apps.ledger.models import Standpoint
from wellserved.apps.ledger.types import Subject
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import in_world, live_origin

LONGEST_WORDS, LONGEST_ANSWER = 2000, 1000


@transaction.atomic
def gather(
    *,
    actor: Actor,
    subject: Subject,
    side: str,
    stance: str,
    words: str,
    source: Subject | None = None,
    now: dt.datetime,
) -> int:
    """Keep what somebody thinks of a record; a customer's or partner's `source` is where she said it.

    A colleague speaks for herself. A customer is named by her ticket alone, so that forgetting her forgets this too.
    """
    for ref in filter(None, (subject, source)):
        subjects.require_visible(actor=actor, subject=ref)
    subjects.require_open(kind=subject[0])
    if actor.role == Role.CUSTOMER:
        raise Refused("Views are gathered by the people who work here; write a message instead.")
    if side not in Standpoint.Side.values or stance not in Standpoint.Stance.values:
        raise Invalid("Say whose view it is, and whether it speaks for or against.", code="standpoint_kind")
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_WORDS:
        raise Invalid(f"Say what is thought of it, in up to {LONGEST_WORDS:,} letters.", code="standpoint_words")
    row = Standpoint.objects.create(
        subject_kind=subject[0],
        subject_id=subject[1],
        side=side,
        stance=stance,
        words=words,
        source_kind=source[0] if source else "",
        source_id=source[1] if source else None,
        noted_by_id=actor.person_id,
        noted_at=now,
        origin=live_origin(actor.world),
    )
    record(actor=actor, action="ledger.view_gathered", subject=subject, now=now, changes={"view": (None, words)})
    return row.pk


@transaction.atomic
def answer(*, actor: Actor, standpoint_id: int, words: str, now: dt.datetime) -> Subject:
    """Say what becomes of a view; whoever brought it is called. Return the record it is about."""
    found = in_world(Standpoint.objects.select_for_update().filter(pk=standpoint_id), actor.world).first()
    subject = (found.subject_kind, found.subject_id) if found else ("", 0)
    if found is None or subject[1] not in subjects.visible_ids(actor=actor, kind=subject[0], ids=[subject[1]]):
        raise NotFound("There is no such view, or it is not yours to see.", code="standpoint_not_found")
    if found.answered_at is not None:
        raise Conflict("This view has its answer already.", code="standpoint_answered")
    if not actor.can(DECIDE):
        raise Refused("Whoever decides answers the views: a manager or a decision maker.", code="standpoint_answer")
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_ANSWER:
        raise Invalid(f"Say what becomes of it, in up to {LONGEST_ANSWER:,} letters.", code="standpoint_words")
    found.answer, found.answered_at, found.answered_by_id = words, now, actor.person_id
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor=actor, action="ledger.view_answered", subject=subject, now=now, changes={"answer": (None, words)})
    _tell(actor, found, subject, now)
    return subject


def _tell(actor: Actor, found: Standpoint, subject: Subject, now: dt.datetime) -> None:
    teller = found.noted_by
    if teller is None or teller.pk == actor.user_id or not teller.is_active:
        return
    # Somebody whose reach has changed since is not called to what she can no longer see.
    theirs = accounts.actor_for(user=teller, world=actor.world)
    if subject[1] in subjects.visible_ids(actor=theirs, kind=subject[0], ids=[subject[1]]):
        said = f"What becomes of the view you brought: {found.answer}"
        discussion.call_people(actor=actor, subject=subject, text=said, mention_ids=(teller.pk,), now=now)
