"""What somebody says of herself: that she has read a version, that she has understood a card."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import subjects
from wellserved.apps.people import cards
from wellserved.apps.people.models import Acknowledgement, LearningCheck
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.origin import live_origin


@transaction.atomic
def acknowledge(*, actor: Actor, kind: str, record_id: int, number: int, now: dt.datetime) -> bool:
    """Say that one has read a record as it stood at this version; return whether that was new."""
    user_id = _oneself(actor)
    subjects.require_visible(actor=actor, subject=(kind, record_id))
    if not 1 <= number <= 1_000_000:
        raise Invalid("Say which version was read.", code="version_number", field="number")
    _, is_new = Acknowledgement.objects.get_or_create(
        user_id=user_id,
        kind=kind,
        record_id=record_id,
        number=number,
        defaults={"acknowledged_at": now, "origin": live_origin(actor.world)},
    )
    if is_new:
        ledger.record(
            actor=actor,
            action="people.acknowledge",
            subject=(kind, record_id),
            now=now,
            changes={"read_version": (None, number)},
        )
    return is_new


@transaction.atomic
def learn(*, actor: Actor, key: str, now: dt.datetime) -> None:
    """Say that one has understood a card; what it said of one's own data then is kept with it."""
    user_id = _oneself(actor)
    card = cards.show(actor=actor, key=key, now=now)
    LearningCheck.objects.update_or_create(
        user_id=user_id, card=key, defaults={"applied": card.applied[:500], "understood_at": now}
    )
    ledger.record(
        actor=actor,
        action="people.learn",
        subject=("people.profile", user_id),
        now=now,
        changes={"card": (None, card.title)},
    )


def _oneself(actor: Actor) -> int:
    if actor.user_id is None:
        raise Refused("Only a person can say this, of herself.", code="not_a_person")
    return actor.user_id
