"""What is promised: versioned working calendars and versioned policies of targets."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Calendar(models.Model):
    """A named working calendar; its hours and holidays live in versions."""

    name = models.CharField(max_length=120)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="standards_calendar_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """The hours and holidays in force from a moment on; never changed once written."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    tzdata = models.CharField(max_length=20)
    effective_from = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("calendar", "number", name="standards_calendarversion_number_is_unique"),
        ]


class Policy(models.Model):
    """A promise to some customers: first matching policy in order of position wins."""

    class Agreement(models.TextChoices):
        SLA = "sla", "Promise to customers"
        OLA = "ola", "Internal agreement"
        SUPPLIER = "supplier", "Agreement with a supplier"

    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    agreement = models.CharField(max_length=10, choices=Agreement.choices, default=Agreement.SLA)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """Conditions and targets in force from a moment on; never changed once written.

    `conditions` maps a ticket field to the list of values it may have; an empty mapping matches every ticket.
    `targets` is a list of {metric, priority|None, seconds, calendar, pause_on, pause_reasons, warn_before, reopen};
    `calendar` is the id of a calendar version.
    `escalation` is a list of {metric, level, before_seconds|after_seconds, tell: role|"assignee", how: screen|mail}.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    conditions = models.JSONField(default=dict)
    targets = models.JSONField(default=list)
    escalation = models.JSONField(default=list)
    effective_from = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("policy", "number", name="standards_policyversion_number_is_unique"),
        ]
