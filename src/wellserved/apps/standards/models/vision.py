"""The vision with its values, and the objectives plans and allocations cite."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Vision(models.Model):
    """What the service of one world wants to be; its words stand in versions."""

    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("origin", name="standards_vision_is_one_in_its_origin"),
        ]


class VisionVersion(models.Model):
    """The vision as it was said; never changed once written. `values` are pairs of name and meaning."""

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=2000)
    values = models.JSONField(default=list)
    priorities = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("vision", "number", name="standards_visionversion_number_is_unique"),
        ]


class Objective(models.Model):
    """Something the service is run towards, measurable and dated; plans, allocations and bids cite it."""

    name = models.CharField(max_length=160)
    why = models.TextField(max_length=1000, blank=True)
    measured_by = models.CharField(max_length=300)
    due_on = models.DateField()
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, default="open")
    outcome = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index("due_on", "id", name="standards_objective_by_day")]

    def __str__(self) -> str:
        return self.name
