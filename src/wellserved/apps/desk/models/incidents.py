"""Incidents found before customers asked: who is affected, and who was told."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Customer
from wellserved.apps.desk.types.incidents import NoticeState
from wellserved.platform.origin import Origin


class Incident(models.Model):
    """Something that went wrong for a known list of customers."""

    title = models.CharField(max_length=160)
    what = models.CharField(max_length=1000, blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    notice = models.TextField(blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(default=False)
    fixed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-found_at", "-id"], name="desk_incident_newest")]

    def __str__(self) -> str:
        return self.title


class Affected(models.Model):
    """One customer of an incident; told once at most."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="affected")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.NONE)
    told_at = models.DateTimeField(null=True, blank=True)
    outbox_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("incident", "customer", name="desk_affected_once_an_incident"),
        ]
        indexes: ClassVar = [models.Index("customer", "told_at", name="desk_affected_by_customer")]
