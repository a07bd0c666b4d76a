"""Tables of the plumbing: jobs, schedules, outgoing messages and keys of repeated requests."""

from typing import ClassVar

from django.db import models


class JobRun(models.Model):
    """One job to be run: the lease, fencing token and progress beside its row of the task library.

    Whoever claims the row raises `token`; every later write names the token it was given, so a worker that was
    thought dead can finish nothing. `lock_key` is unique: it lets one copy of a singleton wait and one run.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    task_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=120)
    args = models.JSONField(default=dict)
    is_long = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    run_after = models.DateTimeField()
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    token = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    deaths = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    progress = models.JSONField(default=dict)
    last_error = models.TextField(blank=True)
    lock_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 (many rows hold no lock)

    class Meta:
        indexes: ClassVar = [
            models.Index("state", "is_long", "run_after", name="platform_jobrun_by_due"),
            models.Index("finished_at", name="platform_jobrun_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Schedule(models.Model):
    """When a repeated job is next due; the rule itself stands beside the job's code."""

    name = models.CharField(max_length=120, unique=True)
    next_due = models.DateTimeField()
    last_enqueued_at = models.DateTimeField(null=True)


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
    token = models.PositiveBigIntegerField(default=0)
    carrier = models.CharField(max_length=10, blank=True)
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
