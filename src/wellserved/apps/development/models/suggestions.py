"""What staff suggest and what becomes of it; what staff are consulted on, and the answer to what they said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellserved.apps.development.types.suggestions import CONSULTATION_OUTCOMES, SUGGESTION_STATES
from wellserved.platform.origin import Origin


class Suggestion(models.Model):
    """Something somebody on the staff suggests. Without an author it is anonymous, and its receipt is kept as a hash.

    Only the day it was given is kept, so that no clock gives an anonymous author away.
    """

    author = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_anonymous = models.BooleanField(default=False)
    receipt_hash = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000)
    given_on = models.DateField()
    state = models.CharField(max_length=12, choices=SUGGESTION_STATES.items(), default="new")
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(author__isnull=True), name="development_suggestion_hides_its_author"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "looking"]) | ~Q(answer=""), name="development_suggestion_is_answered"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-given_on", "-id"], name="development_suggestion_newest"),
            models.Index("receipt_hash", name="development_suggestion_receipt"),
        ]

    def __str__(self) -> str:
        return self.title


class Consultation(models.Model):
    """A proposal put to the staff before it is decided; everybody who spoke is told what was made of it."""

    title = models.CharField(max_length=160)
    proposal = models.TextField(max_length=4000)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    closes_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=CONSULTATION_OUTCOMES.items(), blank=True)
    response = models.TextField(max_length=4000, blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(response=""), name="development_consultation_outcome_has_a_response"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-opened_at", "-id"], name="development_consult_newest")]

    def __str__(self) -> str:
        return self.title


class ConsultationView(models.Model):
    """What somebody said of a proposal."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="views")
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=2000)
    said_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
