"""Customers in segments, what they expect, and what is offered to them."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Segment(models.Model):
    """A sort of customers, outside or inside; `rule` says who belongs to it (`types.offer.Rule`)."""

    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    rule = models.JSONField(default=dict)
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="standards_segment_name_is_unique_in_its_origin"),
        ]
        indexes: ClassVar = [models.Index("name", "id", name="standards_segment_by_name")]

    def __str__(self) -> str:
        return self.name


class Expectation(models.Model):
    """What a segment expects: how we know it, from when, and how far the source is to be believed."""

    title = models.CharField(max_length=200)
    detail = models.TextField(max_length=1000, blank=True)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="expectations")
    basis = models.CharField(max_length=8)
    nature = models.CharField(max_length=9)
    importance = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12)
    source_note = models.CharField(max_length=200, blank=True)
    source_on = models.DateField()
    credibility = models.PositiveSmallIntegerField()
    signals = models.JSONField(default=dict)
    review_on = models.DateField()
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(importance__gte=1, importance__lte=5),
                name="standards_expectation_importance_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=models.Q(credibility__gte=1, credibility__lte=3),
                name="standards_expectation_credibility_is_1_to_3",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-importance", "id"], name="standards_expect_by_importance"),
            models.Index("is_active", "review_on", name="standards_expect_by_review"),
        ]

    def __str__(self) -> str:
        return self.title


class Service(models.Model):
    """A service or product on offer; the other facts are those of its newest version."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, default="service")
    summary = models.CharField(max_length=300, blank=True)
    is_offered = models.BooleanField(default=True)
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    strengths = models.PositiveSmallIntegerField(default=0)
    weaknesses = models.PositiveSmallIntegerField(default=0)
    meets = models.ManyToManyField(Expectation, related_name="services", blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="standards_service_name_is_unique_in_its_origin"),
        ]
        indexes: ClassVar = [
            models.Index("name", "id", name="standards_service_by_name"),
            models.Index("changed_at", "id", name="standards_service_by_change"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceVersion(models.Model):
    """The offer as it was agreed; never changed once written. `content` holds `types.offer.Offer` as data."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    effective_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("service", "number", name="standards_serviceversion_number_is_unique"),
        ]


class PromisePage(models.Model):
    """The public page of promises of one world: what stands above them, and since when it is published."""

    introduction = models.TextField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("origin", name="standards_promisepage_is_one_in_its_origin"),
        ]
