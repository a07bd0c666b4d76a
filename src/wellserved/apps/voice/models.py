"""Surveys with their versions, whom they asked and what was answered, follow-ups and feedback."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellserved.apps.voice import types
from wellserved.platform.origin import Origin


class Survey(models.Model):
    """A question put to customers after something happened, by its rules."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=types.KINDS.items())
    state = models.CharField(max_length=8, choices=types.STATES.items(), default="draft")
    rules = models.JSONField(default=dict)
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="voice_survey_name_is_unique_in_its_origin")
        ]

    def __str__(self) -> str:
        return self.name


class SurveyVersion(models.Model):
    """The wording of a survey; once somebody was asked by it, a change makes the next."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    lead = models.CharField(max_length=200)
    questions = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("survey", "number", name="voice_survey_version_is_numbered_once")
        ]


class Invitation(models.Model):
    """A customer to be asked about a ticket, asked, or not asked and why; and what she answered."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    number = models.PositiveIntegerField()
    ticket = models.ForeignKey("desk.Ticket", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("desk.Customer", on_delete=models.CASCADE, related_name="+")
    queue = models.ForeignKey("desk.Queue", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=types.INVITATION_STATES.items(), default="planned")
    reason = models.CharField(max_length=12, blank=True)
    ask_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    wants_call = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("survey", "ticket", name="voice_invitation_is_one_a_ticket"),
            models.CheckConstraint(
                condition=Q(score=None, answered_at=None) | Q(score__isnull=False, answered_at__isnull=False),
                name="voice_invitation_answered_at_iff_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index("state", "ask_at", name="voice_invitation_due"),
            models.Index("customer", "asked_at", name="voice_invitation_by_customer"),
            models.Index("survey", "asked_at", name="voice_invitation_by_survey"),
        ]


class Silence(models.Model):
    """A customer who asked not to be asked."""

    customer = models.OneToOneField("desk.Customer", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)


class FollowUp(models.Model):
    """Somebody is to speak to a customer by a time, and says what was done."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="follow_up")
    reason = models.CharField(max_length=4, choices=types.FOLLOW_REASONS.items())
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(done=""), name="voice_follow_up_says_what_was_done")
        ]
        indexes: ClassVar = [models.Index("closed_at", "due_at", "id", name="voice_follow_up_due")]


class Feedback(models.Model):
    """What a customer said unasked, or somebody took down; without a customer it is anonymous."""

    kind = models.CharField(max_length=12, choices=types.FEEDBACK_KINDS.items())
    source = models.CharField(max_length=12, choices=types.SOURCES.items())
    words = models.TextField(max_length=4000)
    customer = models.ForeignKey("desk.Customer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ticket = models.ForeignKey("desk.Ticket", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    themes = models.JSONField(default=list)
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-given_at", "-id"], name="voice_feedback_newest")]
