"""Service partners: who they are, whose interests are declared, how working with them was judged."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Partner(models.Model):
    """Somebody outside on whom a promise depends; `known_as` is the word colleagues write when they hand over."""

    name = models.CharField(max_length=160)
    known_as = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=160, blank=True)
    contact_email = models.EmailField(blank=True)
    headings = models.JSONField(default=dict, blank=True)
    review_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="standards_partner_name_is_unique_in_its_origin"),
        ]
        indexes: ClassVar = [models.Index("name", "id", name="standards_partner_by_name")]

    def __str__(self) -> str:
        return self.name


class Declaration(models.Model):
    """What somebody declared about her interests in a partner; the latest of each person holds."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="declarations")
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    has_interest = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()


class PartnerReview(models.Model):
    """What was found under each of the seven headings; never changed once written."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="reviews")
    findings = models.JSONField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    next_on = models.DateField()
