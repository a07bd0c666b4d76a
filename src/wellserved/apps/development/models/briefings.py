"""Briefings, newsletters and bulletins, to whom they went, and the live sessions in which they were heard."""

from typing import ClassVar

from django.db import models

from wellserved.apps.development.types.briefings import BriefingKind, BriefingState
from wellserved.platform.origin import Origin


class Briefing(models.Model):
    """Something colleagues are told: `items` holds `types.briefings.Item` as data, `audience` whom it concerns.

    `subject_number` is the version of the subject it tells of. `is_drafted` when the product wrote the draft because
    that version came into force. `chased_at` is when those missing were reminded by themselves.
    """

    kind = models.CharField(max_length=12, choices=BriefingKind.choices, default=BriefingKind.BRIEFING)
    state = models.CharField(max_length=10, choices=BriefingState.choices, default=BriefingState.DRAFT)
    title = models.CharField(max_length=160)
    items = models.JSONField(default=list)
    audience = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject_number = models.PositiveIntegerField(default=0)
    is_drafted = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    by_mail = models.BooleanField(default=False)
    needs_check = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    chased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "subject_kind",
                "subject_id",
                "subject_number",
                condition=models.Q(is_drafted=True),
                name="development_briefing_is_drafted_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="development_briefing_newest"),
            models.Index("state", "due_on", name="development_briefing_by_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A briefing went to somebody, once; she reads it, or hears it in a session, or is to catch up by a day."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    catch_up_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("briefing", "user", name="development_delivery_is_sent_once"),
        ]
        indexes: ClassVar = [models.Index("user", "read_at", name="development_delivery_by_person")]


class Session(models.Model):
    """A briefing given live to people who sat together."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="sessions")
    held_at = models.DateTimeField()
    led_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=500, blank=True)


class Attendance(models.Model):
    """Somebody was expected at a session, and was there or not; never why not."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    was_there = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("session", "user", name="development_attendance_is_kept_once"),
        ]
