"""One-to-ones: arranged, prepared by both, noted by the guide, agreed by both."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.types.guiding import TALK, TalkState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict
from wellserved.platform.origin import live_origin


@transaction.atomic
def arrange(
    *,
    actor: Actor,
    person_id: int,
    guide_id: int,
    starts_at: dt.datetime,
    place: str = "",
    agenda: tuple[str, ...] = (),
    now: dt.datetime,
) -> int:
    """Arrange a one-to-one, as whoever leads the person or as the person herself; return its id."""
    guiding.check_may_begin(actor, person_id=person_id, guide_id=guide_id, may_ask=True)
    row = models.OneToOne.objects.create(
        person_id=person_id,
        guide_id=guide_id,
        starts_at=words.moment(starts_at, after=now, field="starts_at"),
        ends_on=starts_at.date(),
        place=words.said(place, 120, field="place"),
        origin=live_origin(actor.world),
    )
    for line in agenda:
        if line.strip():
            _add(row, actor, line, now)
    ledger.record(
        actor=actor,
        action="development.arrange_talk",
        subject=(TALK, row.pk),
        now=now,
        changes={"starts_at": (None, starts_at.isoformat()), "member": (None, person_id)},
    )
    return row.pk


@transaction.atomic
def add_item(*, actor: Actor, talk_id: int, what: str, now: dt.datetime) -> None:
    """Put something on the agenda, as either of the two."""
    row = holding.locked(models.OneToOne, actor=actor, pk=talk_id)
    guiding.check_is_one_of_two(actor, row)
    if row.state != TalkState.PLANNED:
        raise Conflict("This talk was held; put it on the agenda of the next.", code="talk_held")
    _add(row, actor, what, now)
    ledger.record(actor=actor, action="development.add_item", subject=(TALK, row.pk), now=now)


def _add(row: models.OneToOne, actor: Actor, what: str, now: dt.datetime) -> None:
    models.AgendaItem.objects.create(
        talk=row,
        author_id=actor.person_id,
        words=words.said(what, 300, field="what", missing="Say what you want to talk about."),
        added_at=now,
    )


@transaction.atomic
def note(*, actor: Actor, talk_id: int, notes: str, version: int | None = None, now: dt.datetime) -> None:
    """Write what was talked about and agreed; both read it anew, the writer having agreed by writing."""
    row = holding.locked(models.OneToOne, actor=actor, pk=talk_id, version=version)
    guiding.check_is_guide(actor, row)
    if row.state == TalkState.AGREED:
        raise Conflict("Both have agreed these notes. Write what has changed in the next talk.", code="notes_agreed")
    before, row.state = row.state, TalkState.HELD
    row.notes = words.said(notes, 4000, field="notes", missing="Write in a few lines what you two agreed.")
    row.agreed_by_guide_at, row.agreed_by_person_at, row.version = now, None, row.version + 1
    row.save(update_fields=["notes", "state", "agreed_by_guide_at", "agreed_by_person_at", "version"])
    ledger.record(
        actor=actor,
        action="development.note_talk",
        subject=(TALK, row.pk),
        now=now,
        changes={"talk_state": (before, row.state)} if before != row.state else {},
    )


@transaction.atomic
def agree(*, actor: Actor, talk_id: int, version: int | None = None, now: dt.datetime) -> None:
    """Say, as the person, that the notes say what was agreed."""
    row = holding.locked(models.OneToOne, actor=actor, pk=talk_id, version=version)
    guiding.check_is_person(actor, row)
    if row.state != TalkState.HELD:
        raise Conflict("There are no notes that wait for your yes.", code="nothing_to_agree")
    row.state, row.agreed_by_person_at, row.version = TalkState.AGREED, now, row.version + 1
    row.save(update_fields=["state", "agreed_by_person_at", "version"])
    ledger.record(
        actor=actor,
        action="development.agree_talk",
        subject=(TALK, row.pk),
        now=now,
        changes={"talk_state": (TalkState.HELD.value, TalkState.AGREED.value)},
    )
