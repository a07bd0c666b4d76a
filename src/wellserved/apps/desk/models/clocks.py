"""The typed events of a ticket, and the clocks, warnings and commitments that follow from them."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Queue, Ticket
from wellserved.apps.desk.types.promises import Cause, MadeTo
from wellserved.platform.origin import Origin


class TicketEvent(models.Model):
    """A typed fact the clocks are replayed from; append-only, but for the mark that it was called back."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="events")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    status = models.CharField(max_length=18, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    policy = models.CharField(max_length=80, blank=True)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.CharField(max_length=160, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("ticket", "order", name="desk_ticketevent_order_is_unique"),
        ]


class Clock(models.Model):
    """A running or finished promise on one ticket; wholly derived by replay, so it may be deleted and rebuilt.

    Only facts that time does not change are kept: a running clock is late when `due_at` has passed, whoever reads it.
    `decided_at` is when the promise was kept, or else when it is due: a row of the past is kept or broken, a row of
    the future still open; `decided_on` is its date where the service is. It, `is_kept`, the queue and the origin stand
    here so that one index answers Today.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    metric = models.CharField(max_length=16)
    cycle = models.PositiveIntegerField()
    policy = models.CharField(max_length=80)
    calendar = models.CharField(max_length=80)
    target_seconds = models.BigIntegerField()
    state = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    elapsed_seconds = models.BigIntegerField()
    warnings = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    is_kept = models.BooleanField(default=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+", db_index=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("ticket", "metric", "cycle", name="desk_clock_is_unique"),
        ]
        indexes: ClassVar = [
            models.Index(
                "decided_on", "metric", "is_kept", "origin", "decided_at", "queue", name="desk_clock_by_decision"
            ),
        ]


class Escalation(models.Model):
    """A warning, breach or escalation step of one clock: planned by the replay, fired once, remembered for ever.

    Level 0 is the breach itself; other levels are those of the policy's ladder, and from 50 on a target's warnings.
    `held_until` is when the hours begin in which it may be told, for one that is fired late and outside them.
    """

    BREACH: ClassVar[int] = 0
    FIRST_WARNING: ClassVar[int] = 50

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="escalations")
    metric = models.CharField(max_length=16)
    cycle = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    tell = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=8, default="screen")
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=list)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("ticket", "metric", "cycle", "level", name="desk_escalation_fires_once"),
        ]
        indexes: ClassVar = [models.Index("fired_at", "due_at", name="desk_escalation_by_due")]


class Promise(models.Model):
    """A commitment somebody gave on a ticket: to the customer, to a colleague or to a service partner; kept or not.

    `to_user` is the colleague it was made to, `to_name` the colleague or partner by name; both are empty for the
    customer. A broken promise says why.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        KEPT = "kept", "Kept"
        BROKEN = "broken", "Broken"
        WITHDRAWN = "withdrawn", "Withdrawn"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(max_length=300)
    due_at = models.DateTimeField()
    made_to = models.CharField(max_length=10, choices=MadeTo.choices, default=MadeTo.CUSTOMER)
    to_user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    cause = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    cause_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index("state", "due_at", name="desk_promise_by_due"),
            models.Index("state", "settled_at", name="desk_promise_by_settling"),
        ]
