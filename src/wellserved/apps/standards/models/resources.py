"""What there is to work with, what plans get of it, and what is asked for beyond."""

from typing import ClassVar

from django.db import models

from wellserved.apps.standards.models.plans import Plan
from wellserved.apps.standards.models.vision import Objective
from wellserved.platform.origin import Origin


class Resource(models.Model):
    """People, equipment or licences, with what one unit costs a month now."""

    class Kind(models.TextChoices):
        PEOPLE = "people", "People"
        EQUIPMENT = "equipment", "Equipment"
        LICENCES = "licences", "Licences"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    monthly = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    available_from = models.DateField()
    available_until = models.DateField(null=True, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    commented_at = models.DateTimeField(null=True, blank=True)
    commented_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index("name", "id", name="standards_resource_by_name")]

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """What one unit of a resource costs a month from a day on."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="prices")
    from_on = models.DateField()
    monthly = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("resource", "from_on", name="standards_price_is_one_a_day"),
        ]


class Allocation(models.Model):
    """Some of a resource given to a plan for an objective, with the figures and comments it rests on.

    `ended_at` takes it back. One made while no objective was open cites none.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="allocations")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="allocations")
    objective = models.ForeignKey(
        Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    cost = models.DecimalField(max_digits=14, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    bases = models.JSONField()
    warning = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)


class Bid(models.Model):
    """A question for more, negotiated to an outcome; `fallbacks` lists {quantity, means}, best first.

    `alternative` and `walk_away` are its owner's alone: what she does if nothing is granted, and the quantity below
    which that is the better way.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ASKED = "asked", "Under negotiation"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Resource.Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="bids")
    asked = models.DecimalField(max_digits=10, decimal_places=2)
    granted = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    monthly = models.DecimalField(max_digits=12, decimal_places=2)
    months = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    justification = models.CharField(max_length=2000)
    fallbacks = models.JSONField(default=list)
    interests = models.CharField(max_length=500, blank=True)
    trades = models.CharField(max_length=500, blank=True)
    alternative = models.CharField(max_length=500, blank=True)
    walk_away = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    aim = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    needed_from = models.DateField()
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    approval_id = models.BigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=1000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index("name", "id", name="standards_bid_by_name")]

    def __str__(self) -> str:
        return self.name
