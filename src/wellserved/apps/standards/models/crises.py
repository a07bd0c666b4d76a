"""The crisis room: a clock, proposals, decisions, what was done, who was told."""

from typing import ClassVar

from django.db import models

from wellserved.apps.standards.types.crises import EntryKind
from wellserved.platform.origin import Origin


class Crisis(models.Model):
    """A major incident from its declaration to its review; `public_line` is what customers read on the status page."""

    title = models.CharField(max_length=160)
    what = models.CharField(max_length=1000)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    activation = models.ForeignKey("Activation", null=True, on_delete=models.SET_NULL, related_name="crises")
    proposed_at = models.DateTimeField(null=True, blank=True)
    stood_down_at = models.DateTimeField(null=True, blank=True)
    worked = models.CharField(max_length=1000, blank=True)
    to_change = models.CharField(max_length=1000, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    public_line = models.CharField(max_length=200, blank=True)
    public_since = models.DateTimeField(null=True, blank=True)
    public_expected_at = models.DateTimeField(null=True, blank=True)
    public_fixed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-declared_at", "-id"], name="standards_crisis_newest")]

    def __str__(self) -> str:
        return self.title


class CrisisEntry(models.Model):
    """One line of the log; never changed once written. A decision names the proposal it decides."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    body = models.CharField(max_length=2000)
    detail = models.JSONField(default=dict, blank=True)
    decides = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="decisions")
    is_accepted = models.BooleanField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "decides", condition=models.Q(decides__isnull=False), name="standards_proposal_is_decided_once"
            ),
        ]
