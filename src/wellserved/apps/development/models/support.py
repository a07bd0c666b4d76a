"""Time that is kept free for colleagues: slots to book, and the open door."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellserved.platform.origin import Origin


class SupportSlot(models.Model):
    """Some minutes a colleague offers to whoever wants to talk; `about` is for the two alone."""

    host = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True)
    guest = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.CharField(max_length=300, blank=True)
    held_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="development_slot_has_a_length"),
            models.UniqueConstraint(
                "host", "starts_at", condition=Q(is_withdrawn=False), name="development_slot_is_one_a_start"
            ),
        ]
        indexes: ClassVar = [models.Index("starts_at", "id", name="development_slot_by_start")]


class OpenDoor(models.Model):
    """Somebody came by unannounced: how long it took and what sort of matter it was, never who."""

    host = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    held_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    matter = models.CharField(max_length=12)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index("host", "held_at", name="development_door_of_host")]
