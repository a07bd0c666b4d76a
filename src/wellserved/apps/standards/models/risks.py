"""What could go wrong, and what is done then: risks, playbooks with rehearsals, activations."""

from typing import ClassVar

from django.db import models

from wellserved.apps.standards.types.risks import Category, Proximity, Result, Stage
from wellserved.platform.origin import Origin


class Risk(models.Model):
    """Something that may happen. `likelihood` and `impact` are the places 1 to 5 as it stands with its controls.

    The losses are simulated from `seed` when the risk is saved, so that the same answers give the same figures.
    """

    title = models.CharField(max_length=160)
    category = models.CharField(max_length=20, choices=Category.choices)
    description = models.CharField(max_length=1000, blank=True)
    trigger = models.CharField(max_length=300, blank=True)
    events_a_year = models.FloatField()
    loss_low = models.DecimalField(max_digits=12, decimal_places=2)
    loss_mode = models.DecimalField(max_digits=12, decimal_places=2)
    loss_high = models.DecimalField(max_digits=12, decimal_places=2)
    customers = models.PositiveIntegerField(default=0)
    controls = models.JSONField(default=list)
    proximity = models.CharField(max_length=8, choices=Proximity.choices)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField()
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    expected_loss = models.DecimalField(max_digits=14, decimal_places=2)
    p90_loss = models.DecimalField(max_digits=14, decimal_places=2)
    figures = models.JSONField(default=dict)
    seed = models.PositiveBigIntegerField()
    is_open = models.BooleanField(default=True)
    closed_because = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(loss_low__lte=models.F("loss_mode"), loss_mode__lte=models.F("loss_high")),
                name="standards_risk_losses_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(score=models.F("likelihood") * models.F("impact")),
                name="standards_risk_score_is_the_product",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-expected_loss", "-id"], name="standards_risk_by_loss")]

    def __str__(self) -> str:
        return self.title


class Contingency(models.Model):
    """A playbook; its content stands in versions. `is_armed` is false from a proposal until the trigger is over."""

    name = models.CharField(max_length=160)
    current = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    trigger = models.JSONField(default=dict, blank=True)
    risks = models.ManyToManyField(Risk, related_name="playbooks", blank=True)
    rehearse_months = models.PositiveSmallIntegerField(default=6)
    rehearsal_due = models.DateField()
    holding_since = models.DateTimeField(null=True, blank=True)
    is_armed = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="standards_contingency_name_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class ContingencyVersion(models.Model):
    """A playbook as it was written once; never changed."""

    contingency = models.ForeignKey(Contingency, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("contingency", "number", name="standards_contingencyversion_is_unique"),
        ]


class Rehearsal(models.Model):
    """A playbook tried before it was needed; never changed once written."""

    contingency = models.ForeignKey(Contingency, on_delete=models.CASCADE, related_name="rehearsals")
    number = models.PositiveIntegerField()
    held_on = models.DateField()
    who = models.CharField(max_length=300)
    result = models.CharField(max_length=8, choices=Result.choices)
    findings = models.CharField(max_length=1000)
    to_change = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")


class Activation(models.Model):
    """A playbook proposed or at work, with the three times that count: detected, activated, recovered."""

    contingency = models.ForeignKey(Contingency, on_delete=models.CASCADE, related_name="activations")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=9, choices=Stage.choices)
    evidence = models.CharField(max_length=300)
    detected_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)
    activated_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    recovered_at = models.DateTimeField(null=True, blank=True)
    steps = models.JSONField(default=list)
    outcome = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contingency",
                condition=models.Q(stage__in=["proposed", "active"]),
                name="standards_activation_runs_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index("stage", "detected_at", name="standards_activation_by_stage")]
