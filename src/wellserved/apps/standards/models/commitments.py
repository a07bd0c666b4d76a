"""Standards: what is promised, measurably, with every version that was ever agreed."""

from typing import ClassVar

from django.db import models

from wellserved.apps.standards.models.clocks import Policy
from wellserved.apps.standards.models.partners import Partner
from wellserved.platform.origin import Origin


class Standard(models.Model):
    """A promise that can be measured.

    `draft` holds answers not yet agreed. The other facts are those of the newest version, or of the draft before the
    first; `policy` carries its clock once it is live, from its version `carried_from` on; `owns_policy` when that
    policy was made for it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    name = models.CharField(max_length=120)
    audience = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    measure = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    policy = models.ForeignKey(Policy, null=True, blank=True, on_delete=models.SET_NULL, related_name="standards")
    owns_policy = models.BooleanField(default=False)
    carried_from = models.PositiveIntegerField(default=0)
    draft = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index("name", "id", name="standards_standard_by_name"),
            models.Index("state", "review_on", name="standards_standard_by_review"),
        ]

    def __str__(self) -> str:
        return self.name


class StandardVersion(models.Model):
    """A standard as it was agreed; never changed once written. `content` holds `types.Answers` as data."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    effective_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("standard", "number", name="standards_standardversion_number_is_unique"),
        ]


class Reading(models.Model):
    """A figure of a standard that the desk does not work out: `value` of `cases` in the period ending `on`."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    cases = models.PositiveIntegerField()
    source = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("standard", "on", name="standards_reading_is_one_a_day"),
        ]
