"""Say what a queue asks of whoever is given its tickets."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Queue, QueueSkill
from wellserved.apps.desk.queries import scope
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import queries as people
from wellserved.apps.people.types import LEVELS
from wellserved.platform.errors import Invalid, NotFound

MOST_SKILLS = 6


@transaction.atomic
def set_queue_skills(*, actor: Actor, queue_id: int, levels: Mapping[int, int], now: dt.datetime) -> None:
    """Let a queue ask for these skills, each at a level from 1 to 4, and for no others; from the next assignment on."""
    queue = scope.visible_queues(actor=actor).filter(pk=queue_id).first()
    if queue is None:
        raise NotFound("There is no such queue.", code="queue_not_found")
    Queue.objects.select_for_update().get(pk=queue.pk)
    accounts_policies.check_can(
        actor, accounts_policies.EDIT_STANDARDS, "A manager or administrator says what a queue asks for."
    )
    names = {row.id: row.name for row in people.skills(actor=actor)}
    if unknown := set(levels) - set(names):
        raise NotFound("There is no such skill.", code="skill_not_found", skill=min(unknown))
    if len(levels) > MOST_SKILLS:
        raise Invalid(f"A queue asks for {MOST_SKILLS} skills at most.", code="queue_skills", field="skill_id")
    if any(level not in LEVELS or level == 0 for level in levels.values()):
        raise Invalid("Choose a level from 1 to 4.", code="queue_skill_level", field="level")
    before = dict(QueueSkill.objects.filter(queue=queue).values_list("skill_id", "level"))
    if before == dict(levels):
        return
    QueueSkill.objects.filter(queue=queue).delete()
    QueueSkill.objects.bulk_create(QueueSkill(queue=queue, skill_id=pk, level=level) for pk, level in levels.items())
    ledger.record(
        actor=actor,
        action="desk.set_queue_skills",
        subject=("desk.queue", queue.pk),
        now=now,
        changes={
            f"asks: {names[pk]}": (before.get(pk), levels.get(pk))
            for pk in sorted({*before, *levels})
            if before.get(pk) != levels.get(pk)
        },
    )
