"""What a queue asks of those who answer it."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Queue


class QueueSkill(models.Model):
    """A skill whoever is given a ticket of this queue must hold that day, at this level or above."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey("people.Skill", on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("queue", "skill", name="desk_queueskill_is_asked_once"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=4), name="desk_queueskill_is_1_to_4"),
        ]
