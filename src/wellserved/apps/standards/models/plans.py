"""Delivery plans: what is done to keep the standards, what it costs, how it is watched."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Plan(models.Model):
    """A plan as it stands now; what was agreed is in its versions.

    `content` holds `types.plans.Content` as data. `approval_id` is the approval it was last put up for, and 0 once it
    was altered since. `evaluation` is what the change under way rests on, with its `reason`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ASKED = "asked", "Sent for approval"
        AGREED = "agreed", "Agreed"

    name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    content = models.JSONField(default=dict)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default="GBP")
    approval_id = models.BigIntegerField(null=True, blank=True)
    agreed_number = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    evaluation = models.ForeignKey("Evaluation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index("name", "id", name="standards_plan_by_name")]

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """A plan as it was agreed; never changed once written. `content` includes its targets."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    digest = models.CharField(max_length=64)
    approval_id = models.BigIntegerField()
    agreed_at = models.DateTimeField()
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.CharField(max_length=300)
    condition = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    evaluation = models.ForeignKey("Evaluation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("plan", "number", name="standards_planversion_number_is_unique"),
        ]


class Mark(models.Model):
    """That an action, or a review on its day, was done."""

    class Kind(models.TextChoices):
        ACTION = "action", "Action"
        REVIEW = "review", "Review"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=20)
    on = models.DateField()
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("plan", "kind", "key", "on", name="standards_mark_is_made_once"),
        ]


class Evaluation(models.Model):
    """What a review of the plan against what happened found, with the figures of that day."""

    class Decision(models.TextChoices):
        KEEP = "keep", "Keep the plan"
        MODIFY = "modify", "Modify the plan"
        STOP = "stop", "Stop the plan"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="evaluations")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    finding = models.CharField(max_length=1000)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    figures = models.JSONField(default=list)


class Spending(models.Model):
    """What a line of a plan's budget cost in a month; `month` is its first day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="spendings")
    line = models.CharField(max_length=20)
    month = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("plan", "line", "month", name="standards_spending_is_one_a_month"),
        ]


class Target(models.Model):
    """What the organisation, a team or a person is to reach, as part of a plan."""

    class Level(models.TextChoices):
        ORGANISATION = "organisation", "Organisation"
        TEAM = "team", "Team"
        PERSON = "person", "Person"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    level = models.CharField(max_length=12, choices=Level.choices)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    statement = models.CharField(max_length=300)
    measure = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=4)
    due_on = models.DateField()
    change = models.CharField(max_length=300, blank=True)
    baseline = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    def __str__(self) -> str:
        return self.statement
