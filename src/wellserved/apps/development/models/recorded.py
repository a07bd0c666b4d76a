"""Who looked at what is recorded about somebody, and what she says is wrong with it."""

from typing import ClassVar

from django.db import models

from wellserved.apps.development.types.recorded import Outcome
from wellserved.platform.origin import Origin


class Viewing(models.Model):
    """Somebody else opened a restricted record about a person; kept once a day for each reader and record."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    viewer = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    day = models.DateField()
    viewed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person", "viewer", "kind", "record_id", "day", name="development_viewing_is_one_a_day"
            ),
        ]


class Contest(models.Model):
    """A person says what is wrong with a record about her; somebody else than its author answers by a day."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    decider = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    words = models.CharField(max_length=1000)
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person",
                "kind",
                "record_id",
                condition=models.Q(answered_at=None),
                name="development_contest_is_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index("decider", "answered_at", name="development_contest_by_decider")]
