"""Somebody's week: what she wants to get done, in which order, and what of it she did."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wellserved.apps.development.types.week import STATES, USUAL_HOURS
from wellserved.platform.origin import Origin


class Week(models.Model):
    """A week of one person, seen by her alone. `planned` and `achieved` are stored when it closes."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    hours = models.PositiveSmallIntegerField(default=USUAL_HOURS)
    by_hand = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    planned = models.PositiveSmallIntegerField(default=0)
    achieved = models.PositiveSmallIntegerField(default=0)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("user", "starts_on", "origin", name="development_week_is_one_each"),
            models.CheckConstraint(
                condition=Q(achieved__lte=F("planned")), name="development_week_achieved_of_planned"
            ),
        ]


class Priority(models.Model):
    """Something to get done; `position` counts where she has put the week in order by hand."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="priorities")
    words = models.CharField(max_length=200)
    value = models.PositiveSmallIntegerField()
    urgency = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=STATES.items(), default="open")
    settled_at = models.DateTimeField(null=True, blank=True)
    carries = models.PositiveSmallIntegerField(default=0)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__range=(1, 5), urgency__range=(1, 5), hours__gte=1),
                name="development_priority_within_bounds",
            ),
        ]
