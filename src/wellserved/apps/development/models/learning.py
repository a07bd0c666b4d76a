"""What people need to learn, and how they are to learn it."""

from typing import ClassVar

from django.db import models

from wellserved.apps.development.types.learning import Measure, NeedState, PlanState, Source
from wellserved.platform.origin import Origin


class Need(models.Model):
    """A learning need somebody named or took up; gaps that nobody has taken up yet are computed, not kept."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    skill = models.ForeignKey("people.Skill", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=14, choices=Source.choices)
    words = models.CharField(max_length=500, blank=True)
    raised_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField()
    comment = models.CharField(max_length=500, blank=True)
    commented_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=NeedState.choices, default=NeedState.OPEN)
    closed_because = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person",
                "skill",
                condition=models.Q(state=NeedState.OPEN, skill__isnull=False),
                name="development_need_is_open_once_a_skill",
            ),
        ]
        indexes: ClassVar = [models.Index("state", "person", name="development_need_by_state")]


class LearningPlan(models.Model):
    """How one need of one person is to be met: the measure, until when, who sees to it."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="plans")
    measure = models.CharField(max_length=10, choices=Measure.choices)
    how = models.CharField(max_length=300, blank=True)
    event = models.ForeignKey(
        "development.TrainingEvent", null=True, blank=True, on_delete=models.SET_NULL, related_name="plans"
    )
    by_on = models.DateField()
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.PLANNED)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index("person", "state", "by_on", name="development_plan_of_person")]
