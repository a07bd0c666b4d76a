"""Tables of the plumbing: outgoing messages and keys of repeated requests."""

from typing import ClassVar

from django.db import models


class OutboxMessage(models.Model):
    """Something that must leave: a row beside the act that caused it, with an id fixed for ever.

    `state` is honest: `unknown` means the other side may or may not have it, and a person decides.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        UNKNOWN = "unknown", "Unknown"
        CANCELLED = "cancelled", "Cancelled"

    channel = models.CharField(max_length=20)
    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    send_after = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, default="live")

    class Meta:
        indexes: ClassVar = [models.Index("state", "send_after", name="platform_outbox_by_due")]


class IdempotencyKey(models.Model):
    """The first answer to a request that may be repeated."""

    actor_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    subject = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("actor_id", "key", name="platform_idempotencykey_is_used_once"),
        ]
