"""Courses, the days on which they are held, who comes, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wellserved.apps.development.types.training import EventState, Seat, Seen
from wellserved.platform.origin import Origin


class Course(models.Model):
    """Something that can be learnt here. Passing it gives `skill` at `level` for so many months.

    `metric` is the promise whose kept share is looked at before and after, for all who came together.
    """

    title = models.CharField(max_length=160)
    aim = models.CharField(max_length=500, blank=True)
    skill = models.ForeignKey("people.Skill", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    level = models.PositiveSmallIntegerField(default=3)
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    pass_score = models.PositiveSmallIntegerField(default=80)
    behaviour_weeks = models.PositiveSmallIntegerField(default=6)
    metric = models.CharField(max_length=16, blank=True)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("title", "origin", name="development_course_title_is_unique"),
            models.CheckConstraint(condition=Q(level__lte=4, pass_score__lte=100), name="development_course_in_bounds"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingEvent(models.Model):
    """A course on a day. What it costs is set against the budget of `plan`, where one is named."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="events")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    trainer = models.CharField(max_length=160, blank=True)
    seats = models.PositiveSmallIntegerField()
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    plan = models.ForeignKey("standards.Plan", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.OPEN)
    cancelled_because = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="development_event_ends_after_start"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="development_event_has_a_seat"),
        ]
        indexes: ClassVar = [models.Index(fields=["-starts_at", "-id"], name="development_event_by_start")]


class Booking(models.Model):
    """Somebody's seat, and what she and those who work with her say of it afterwards."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=Seat.choices)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    score_before = models.PositiveSmallIntegerField(null=True, blank=True)
    score_after = models.PositiveSmallIntegerField(null=True, blank=True)
    useful = models.PositiveSmallIntegerField(null=True, blank=True)
    clear = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    reacted_at = models.DateTimeField(null=True, blank=True)
    look_on = models.DateField(null=True, blank=True)
    seen = models.CharField(max_length=8, choices=Seen.choices, blank=True)
    seen_words = models.CharField(max_length=500, blank=True)
    seen_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("event", "person", name="development_booking_is_one_a_person"),
            models.CheckConstraint(
                condition=Q(useful=None) | Q(useful__gte=1, useful__lte=5, clear__gte=1, clear__lte=5),
                name="development_booking_marks_are_1_to_5",
            ),
        ]
        indexes: ClassVar = [models.Index("person", "event", name="development_booking_of_person")]
