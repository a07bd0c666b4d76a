"""Meetings: who comes, what is talked about, what came of it and who does what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellserved.apps.development.types.meetings import KINDS, SETTLED, SORTS, STATES
from wellserved.platform.origin import Origin


class Meeting(models.Model):
    """A meeting. `chair` leads it and writes its minutes; a private one is seen by those in it alone.

    `agenda` is [[words, detail], ...]; the period is that of the figures a review looks back on.
    """

    kind = models.CharField(max_length=16, choices=[(key, kind.name) for key, kind in KINDS.items()])
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    lasts = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    chair = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    is_private = models.BooleanField(default=False)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    agenda = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=STATES.items(), default="planned")
    notes = models.TextField(max_length=8000, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    off_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["held", "sent"]) | ~Q(notes=""), name="development_meeting_held_has_minutes"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-starts_at", "-id"], name="development_meeting_newest")]

    def __str__(self) -> str:
        return self.title


class MeetingPerson(models.Model):
    """Somebody at a meeting: a colleague, or a guest who is a record or a name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("desk.Customer", null=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("desk.Organisation", null=True, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey("standards.Partner", null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=160, blank=True)
    was_there = models.BooleanField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("meeting", "user", name="development_meetingperson_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False)
                | Q(customer__isnull=False)
                | Q(organisation__isnull=False)
                | Q(partner__isnull=False)
                | ~Q(name=""),
                name="development_meetingperson_is_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index("user", "meeting", name="development_meetingperson_of")]


class MeetingResult(models.Model):
    """What a meeting came to: an action, a requirement agreed, or an opportunity found, and what became of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="results")
    sort = models.CharField(max_length=12, choices=SORTS.items())
    words = models.CharField(max_length=200)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    segment = models.ForeignKey("standards.Segment", null=True, on_delete=models.SET_NULL, related_name="+")
    expectation = models.ForeignKey("standards.Expectation", null=True, on_delete=models.SET_NULL, related_name="+")
    settled = models.CharField(max_length=8, choices=SETTLED.items(), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sort="requirement") | Q(due_on__isnull=False), name="development_meetingresult_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(sort="requirement") | Q(expectation=None), name="development_meetingresult_expects"
            ),
        ]
        indexes: ClassVar = [
            models.Index("owner", "settled", "due_on", name="development_meetingresult_own"),
            models.Index("sort", "due_on", "id", name="development_meetingresult_due"),
        ]
