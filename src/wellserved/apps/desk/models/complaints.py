"""Formal complaints: what was complained of, the law's clocks on it, its letters and what came of it."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Message, Ticket
from wellserved.apps.desk.types.complaints import Cause, Outcome, OutsideKind, RemedyKind, Stage
from wellserved.platform.origin import Origin


class Complaint(models.Model):
    """A ticket handled as a complaint, under the version of the rule pack it began with for ever.

    `received_on` is the day of receipt where the pack's law holds, and `holidays` the closed days its clocks count by,
    so that no upgrade changes a due date. `next_due_at`, `next_due_on` and `next_clock` are derived from its clocks.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="complaint")
    pack = models.ForeignKey("standards.RulePackVersion", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    received_on = models.DateField()
    holidays = models.JSONField(default=list)
    channel = models.CharField(max_length=8)
    complainant = models.CharField(max_length=200)
    summary = models.TextField(max_length=4000)
    record = models.JSONField(default=dict)
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.ACKNOWLEDGEMENT)
    handler = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_restricted = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    cause = models.CharField(max_length=16, choices=Cause.choices, blank=True)
    answer = models.TextField(max_length=8000, blank=True)
    lessons = models.TextField(max_length=4000, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    extended = models.JSONField(default=list)
    extension_reason = models.CharField(max_length=500, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_clock = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(stage=Stage.CLOSED, closed_at__isnull=False)
                | (~models.Q(stage=Stage.CLOSED) & models.Q(closed_at=None)),
                name="desk_complaint_closed_at_iff_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(handler=None) | models.Q(reviewer=None) | ~models.Q(handler=models.F("reviewer")),
                name="desk_complaint_reviewer_is_not_its_handler",
            ),
        ]
        indexes: ClassVar = [
            models.Index("received_at", "id", name="desk_complaint_by_receipt"),
            models.Index("closed_at", "next_due_at", name="desk_complaint_by_due"),
            models.Index("is_restricted", "ticket", name="desk_complaint_restricted"),
        ]


class ComplaintStage(models.Model):
    """A stage a complaint went through, who took it there and why."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=16, choices=Stage.choices)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(max_length=2000, blank=True)


class ComplaintClock(models.Model):
    """A clock of the law as it stands; wholly derived from the complaint, so it may be deleted and rebuilt."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    is_route = models.BooleanField(default=False)
    letter = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    last_call_at = models.DateTimeField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("complaint", "key", name="desk_complaintclock_is_unique"),
        ]
        indexes: ClassVar = [models.Index("stopped_on", "warn_at", name="desk_complaintclock_by_warn")]


class ComplaintAlert(models.Model):
    """A warning that a clock of the law runs out, or has: told once each, whatever restarts."""

    class Level(models.IntegerChoices):
        THREE_QUARTERS = 1, "Three quarters of the time are over"
        TWO_DAYS = 2, "Two working days are left"
        PASSED = 3, "The time has passed"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="alerts")
    clock = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    told = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("complaint", "clock", "level", name="desk_complaintalert_fires_once"),
        ]


class ComplaintWait(models.Model):
    """A stretch in which the law's clock stands still, because something is awaited from the complainant."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="waits")
    reason = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "complaint", condition=models.Q(ends=None), name="desk_complaintwait_is_one_at_a_time"
            ),
        ]


class ComplaintLetter(models.Model):
    """A letter of the pack, drafted or sent; what was sent is never changed."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=60)
    body = models.TextField(max_length=50_000)
    ticks = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "complaint", "key", condition=models.Q(sent_at=None), name="desk_complaintletter_has_one_draft"
            ),
        ]


class ComplaintRemedy(models.Model):
    """What was done to put it right; `amount` is held against a limit of authority."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="remedies")
    kind = models.CharField(max_length=12, choices=RemedyKind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    note = models.CharField(max_length=500, blank=True)
    granted_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField()


class OutsideCase(models.Model):
    """A complaint taken to an ombudsman, a mediator, an arbitrator or a court.

    `person` is the mediator or arbitrator; of a mediation only the agreement is kept, never what was said in it.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="outside")
    kind = models.CharField(max_length=12, choices=OutsideKind.choices)
    body = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=200, blank=True)
    is_binding = models.BooleanField(default=False)
    opened_on = models.DateField()
    decision = models.TextField(max_length=4000, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
