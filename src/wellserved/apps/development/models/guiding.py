"""One-to-ones, coaching, observation and review: the records of two people, and what they agree to do."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from wellserved.apps.development.models.private import Private
from wellserved.apps.development.types.guiding import (
    CoachingKind,
    CoachingState,
    ObservationState,
    ReviewState,
    SessionForm,
    TalkState,
)
from wellserved.platform.origin import Origin


class OneToOne(Private):
    """A talk of two. Both write its agenda; what they agreed is read and agreed to by both."""

    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=TalkState.choices, default=TalkState.PLANNED)
    notes = models.TextField(max_length=4000, blank=True)
    agreed_by_person_at = models.DateTimeField(null=True, blank=True)
    agreed_by_guide_at = models.DateTimeField(null=True, blank=True)


class AgendaItem(models.Model):
    """Something one of the two wants to talk about."""

    talk = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="agenda")
    author = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    added_at = models.DateTimeField()


class Observation(Private):
    """Somebody looks on, announced beforehand, at named criteria; the person says how she saw it herself.

    `criteria` is [[key, words], ...] as announced; `ratings` is {key: [1 to 4, evidence]}.
    """

    purpose = models.CharField(max_length=300)
    criteria = models.JSONField()
    announced_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ObservationState.choices, default=ObservationState.ANNOUNCED)
    ratings = models.JSONField(default=dict)
    strengths = models.CharField(max_length=1000, blank=True)
    one_thing = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    own_view = models.CharField(max_length=1000, blank=True)
    own_view_at = models.DateTimeField(null=True, blank=True)

    class Meta(Private.Meta):
        constraints: ClassVar[list[Any]] = [
            *Private.Meta.constraints,
            models.CheckConstraint(
                condition=Q(announced_at__lt=models.F("starts_at")), name="development_observation_is_announced_before"
            ),
        ]


class Coaching(Private):
    """Help towards one goal, by somebody who can do it. `criterion` is what later observations are read for."""

    kind = models.CharField(max_length=10, choices=CoachingKind.choices, default=CoachingKind.COACHING)
    goal = models.CharField(max_length=300)
    criterion = models.CharField(max_length=60, blank=True)
    observation = models.ForeignKey(
        Observation, null=True, blank=True, on_delete=models.SET_NULL, related_name="coachings"
    )
    starts_on = models.DateField()
    state = models.CharField(max_length=8, choices=CoachingState.choices, default=CoachingState.OPEN)
    outcome = models.CharField(max_length=500, blank=True)


class CoachingSession(models.Model):
    """A session: talking, working side by side, or playing a conversation through."""

    coaching = models.ForeignKey(Coaching, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField()
    form = models.CharField(max_length=12, choices=SessionForm.choices)
    scenario = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=1000)
    next_step = models.CharField(max_length=300, blank=True)


class Review(Private):
    """A period looked back on by two: her own view first, then the other's, in agreed words and no number.

    `evidence` is [[heading, [line, ...]], ...], as it stood when the review was written.
    """

    period_from = models.DateField()
    period_to = models.DateField()
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.OPEN)
    own_view = models.TextField(max_length=4000, blank=True)
    own_view_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    rating = models.CharField(max_length=12, blank=True)
    evidence = models.JSONField(default=list)
    written_at = models.DateTimeField(null=True, blank=True)
    agreed_by_person_at = models.DateTimeField(null=True, blank=True)
    agreed_by_guide_at = models.DateTimeField(null=True, blank=True)

    class Meta(Private.Meta):
        constraints: ClassVar[list[Any]] = [
            *Private.Meta.constraints,
            models.CheckConstraint(
                condition=Q(period_from__lt=models.F("period_to")), name="development_review_period_in_order"
            ),
        ]


class Task(models.Model):
    """Something agreed in a talk, in coaching or in a review: who does it by when."""

    talk = models.ForeignKey(OneToOne, null=True, on_delete=models.CASCADE, related_name="tasks")
    coaching = models.ForeignKey(Coaching, null=True, on_delete=models.CASCADE, related_name="tasks")
    review = models.ForeignKey(Review, null=True, on_delete=models.CASCADE, related_name="tasks")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(talk__isnull=False, coaching=None, review=None)
                | Q(talk=None, coaching__isnull=False, review=None)
                | Q(talk=None, coaching=None, review__isnull=False),
                name="development_task_is_of_one_record",
            ),
        ]
        indexes: ClassVar = [models.Index("owner", "done_at", "due_on", name="development_task_of_owner")]
