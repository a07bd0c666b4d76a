"""A conflict between colleagues and how it was settled: its parties' and its handler's, and nobody else's."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellserved.apps.development.types.conflicts import ENDINGS, STAGES
from wellserved.platform.origin import Origin


class ConflictCase(models.Model):
    """A conflict on its way through talking, mediation and arbitration; it is deleted after `keep_until`."""

    stage = models.CharField(max_length=12, choices=STAGES.items(), default="talking")
    summary = models.TextField(max_length=2000)
    handler = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    agreement = models.TextField(max_length=4000, blank=True)
    decision = models.TextField(max_length=4000, blank=True)
    ending = models.CharField(max_length=12, choices=ENDINGS.items(), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ending="", closed_at__isnull=True, keep_until__isnull=True)
                | (~Q(ending="") & Q(closed_at__isnull=False, keep_until__isnull=False)),
                name="development_conflict_ends_with_a_day_to_forget_it",
            ),
            models.CheckConstraint(
                condition=~Q(ending="agreed") | ~Q(agreement=""), name="development_conflict_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(ending="decided") | ~Q(decision=""), name="development_conflict_decided"
            ),
        ]


class ConflictParty(models.Model):
    """Somebody the conflict is between; `signed_at` is when she signed the agreement as it stands."""

    case = models.ForeignKey(ConflictCase, on_delete=models.CASCADE, related_name="parties")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("case", "user", name="development_conflict_party_is_one_each"),
        ]


class ConflictNote(models.Model):
    """What was said in a case, by whom."""

    case = models.ForeignKey(ConflictCase, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
