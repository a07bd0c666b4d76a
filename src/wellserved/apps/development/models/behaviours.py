"""What a value looks like on a working day."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Behaviour(models.Model):
    """A sentence somebody could see happen, under a value of the vision, and the quality item that asks for it."""

    value = models.CharField(max_length=60)
    sentence = models.CharField(max_length=200)
    quality_item = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "origin",
                "value",
                "sentence",
                condition=models.Q(retired_at__isnull=True),
                name="development_behaviour_is_said_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
