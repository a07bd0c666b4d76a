"""The pulse: counted answers without people, and people without answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellserved.platform.origin import Origin


class Pulse(models.Model):
    """A short anonymous survey of the staff. Its results stand once it is closed; `asked` is {team id: people} then."""

    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    asked = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "origin", condition=Q(closed_at__isnull=True), name="development_pulse_is_open_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-opened_at", "-id"], name="development_pulse_newest")]


class PulseTally(models.Model):
    """How many in a team gave an item a score. No row stands for a person, and none says when or in which order.

    `team_key` is the team's id, 0 for whoever belongs to none or leads hers: a leader must not find her team's
    answers by taking her own away.
    """

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="tallies")
    team_key = models.PositiveBigIntegerField(default=0)
    item = models.CharField(max_length=16)
    score = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("pulse", "team_key", "item", "score", name="development_tally_is_counted_once"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="development_tally_scores_one_to_five"
            ),
        ]


class PulseAnswerer(models.Model):
    """Somebody has answered; what, nobody can say."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="answerers")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("pulse", "user", name="development_pulse_is_answered_once"),
        ]


class PulseAction(models.Model):
    """What is done about the answers to an item, by when; the next pulse shows what changed."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="actions")
    item = models.CharField(max_length=16)
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()
