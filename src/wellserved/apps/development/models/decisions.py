"""Decisions: what was known, what was weighed, what was expected, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wellserved.apps.development.types.decisions import OUTCOMES
from wellserved.platform.origin import Origin


class Decision(models.Model):
    """Something to be decided by a day. Whether that was in time is worked out, never stored.

    `before` and `after` are what `measure` showed when it was decided and when its outcome was looked at: how many
    were kept of how many.
    """

    question = models.CharField(max_length=200)
    needed_by = models.DateField()
    known = models.TextField(max_length=2000, blank=True)
    unknown = models.TextField(max_length=2000, blank=True)
    is_restricted = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    decider = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(max_length=2000, blank=True)
    expected = models.CharField(max_length=500, blank=True)
    measure = models.CharField(max_length=16, blank=True)
    before = models.JSONField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=OUTCOMES.items(), blank=True)
    found = models.CharField(max_length=1000, blank=True)
    after = models.JSONField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_on=None, review_on=None)
                | (Q(decided_at__isnull=False, decided_on__isnull=False, review_on__isnull=False) & ~Q(expected="")),
                name="development_decision_expects_something",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gt=F("decided_on")), name="development_decision_review_later"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(reviewed_at__isnull=False, decided_at__isnull=False),
                name="development_decision_outcome_of_decided",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-needed_by", "-id"], name="development_decision_newest"),
            models.Index("decider", "outcome", "review_on", name="development_decision_asked"),
        ]

    def __str__(self) -> str:
        return self.question


class DecisionOption(models.Model):
    """One thing that could be done; leaving it as it is counts as one."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="options")
    words = models.CharField(max_length=200)
    advantages = models.CharField(max_length=1000, blank=True)
    disadvantages = models.CharField(max_length=1000, blank=True)
    is_chosen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(is_chosen=True), name="development_decisionoption_one_chosen"
            ),
        ]
