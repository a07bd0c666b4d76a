"""Say what a value looks like on a working day."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import behaviours as queries
from wellserved.apps.development.types.behaviours import BEHAVIOUR
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import in_world, live_origin

MOST_OF_ONE_VALUE = 5


@transaction.atomic
def add(*, actor: Actor, value: str, sentence: str, quality_item: str, now: dt.datetime) -> int:
    """Name a behaviour under a value of the vision in force, with what quality checks ask for it; return the id."""
    known = [name for name, _ in queries.values(actor=actor)]
    accounts.check_can(actor, accounts.EDIT_STANDARDS, "Only managers and administrators say what a value looks like.")
    rules.choice(value, known, field="value")
    rows = in_world(models.Behaviour.objects.filter(value=value, retired_at=None), actor.world)
    said = rules.said(
        sentence, 200, field="sentence", missing="Say it so that somebody beside her could see it happen."
    )
    if rows.count() >= MOST_OF_ONE_VALUE:
        raise Conflict(f"Keep to {MOST_OF_ONE_VALUE} under one value.", code="behaviours_many")
    if rows.filter(sentence=said).exists():
        raise Conflict("It is said already.", code="behaviour_known")
    row = models.Behaviour.objects.create(
        value=value,
        sentence=said,
        quality_item=rules.said(
            quality_item, 200, field="quality_item", missing="Say what a quality check asks: a question with yes or no."
        ),
        added_at=now,
        added_by_id=actor.user_id,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.add_behaviour",
        subject=(BEHAVIOUR, row.pk),
        now=now,
        changes={"value": (None, value), "sentence": (None, said), "quality_item": (None, row.quality_item)},
        event=events.BehaviourChanged(behaviour_id=row.pk),
    )
    return row.pk


@transaction.atomic
def retire(*, actor: Actor, behaviour_id: int, now: dt.datetime) -> None:
    """Ask for a behaviour no more; what was seen of it stays."""
    rows = in_world(models.Behaviour.objects.select_for_update().filter(pk=behaviour_id), actor.world)
    row = rows.first()
    if row is None:
        raise NotFound("There is no such behaviour.", code="behaviour_not_found")
    accounts.check_can(actor, accounts.EDIT_STANDARDS, "Only managers and administrators say what a value looks like.")
    if row.retired_at:
        return
    row.retired_at = now
    row.save(update_fields=["retired_at"])
    ledger.record(
        actor=actor,
        action="development.retire_behaviour",
        subject=(BEHAVIOUR, row.pk),
        now=now,
        changes={"sentence": (row.sentence, None)},
        event=events.BehaviourChanged(behaviour_id=row.pk),
    )
