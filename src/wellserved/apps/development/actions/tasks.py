"""What two people agree to do, in a talk, in coaching or in a review: written once for the three."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.queries import private
from wellserved.apps.development.types.guiding import COACHING, REVIEW, TALK
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import in_world

FIELDS = {TALK: "talk", COACHING: "coaching", REVIEW: "review"}


@transaction.atomic
def agree_task(
    *, actor: Actor, kind: str, record_id: int, what: str, owner_id: int, due_on: dt.date, now: dt.datetime
) -> int:
    """Write down what one of the two is to do by a day; return the task's id."""
    field = FIELDS.get(words.choice(kind, FIELDS, field="kind"), "")
    row = holding.locked(private.FAMILIES[kind].model, actor=actor, pk=record_id)
    guiding.check_is_one_of_two(actor, row)
    if owner_id not in {row.person_id, row.guide_id}:
        raise NotFound("One of the two does it: choose one of them.", code="task_owner")
    made = models.Task.objects.create(
        **{field: row},
        words=words.said(what, 300, field="what", missing="Say what is to be done."),
        owner_id=owner_id,
        due_on=words.day(due_on, after=clock.day_of(now), field="due_on"),
        origin=row.origin,
    )
    ledger.record(
        actor=actor, action="development.agree_task", subject=(kind, row.pk), now=now, changes={"task": (None, made.pk)}
    )
    return made.pk


@transaction.atomic
def finish_task(*, actor: Actor, task_id: int, now: dt.datetime) -> str:
    """Say that what was agreed is done; return the address of the record it belongs to."""
    row = in_world(models.Task.objects.select_for_update().filter(pk=task_id), actor.world).first()
    kind, record_id = next(
        ((kind, pk) for kind, field in FIELDS.items() if row and (pk := getattr(row, f"{field}_id"))), ("", 0)
    )
    if row is None or not private.visible_ids(private.FAMILIES[kind].model, actor=actor, ids=[record_id]):
        raise NotFound("There is no such task, or it is not yours to see.", code="task_not_found")
    if row.done_at is not None:
        raise Conflict("This is done already.", code="task_done")
    guiding.check_is_one_of_two(actor, private.find(private.FAMILIES[kind].model, actor=actor, pk=record_id))
    row.done_at = now
    row.save(update_fields=["done_at"])
    ledger.record(
        actor=actor,
        action="development.finish_task",
        subject=(kind, record_id),
        now=now,
        changes={"task": (None, row.pk)},
    )
    return private.FAMILIES[kind].url(record_id)
