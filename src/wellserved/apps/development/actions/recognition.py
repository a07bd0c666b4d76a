"""Thank a colleague."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import behaviours
from wellserved.apps.development.types.recognition import RECOGNITION
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import subjects
from wellserved.platform.errors import Invalid, Refused
from wellserved.platform.origin import live_origin


@transaction.atomic
def thank(
    *,
    actor: Actor,
    user_id: int,
    value: str,
    words: str = "",
    about: tuple[str, int] | None = None,
    now: dt.datetime,
) -> int:
    """Thank a colleague for living a value, perhaps on a record one sees, and return the id; it stands on her Today."""
    policies.require_staff(actor, user_id)
    policies.require_belonging(actor)
    if user_id == actor.user_id:
        raise Refused("Nobody thanks herself here; let a colleague notice.", code="thanks_to_oneself")
    known = [name for name, _ in behaviours.values(actor=actor)]
    if not known:
        raise Invalid(
            "The vision names no values yet. Once it does, thanks can say which of them was lived.",
            code="no_values",
            field="value",
        )
    rules.choice(value, known, field="value")
    said = rules.said(words, 300, field="words")
    if about is not None:
        subjects.require_visible(actor=actor, subject=about)
    row = models.Recognition.objects.create(
        user_id=user_id,
        given_by_id=actor.user_id,
        given_at=now,
        value=value,
        words=said,
        about_kind=about[0] if about else "",
        about_id=about[1] if about else None,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.thank",
        subject=(RECOGNITION, row.pk),
        now=now,
        changes={"user_id": (None, user_id), "value": (None, value), "words": (None, said or None)},
        event=events.RecognitionGiven(recognition_id=row.pk),
    )
    return row.pk
