"""Role packs: what a role is, what it asks of a person, how she is chosen, and how she is brought in."""

from typing import ClassVar

from django.db import models

from wellserved.apps.people.models.staff import Skill
from wellserved.apps.people.types.roles import Assessment, By, Outcome
from wellserved.platform.origin import Origin


class JobRole(models.Model):
    """A role somebody can have here; `current` is the number of the pack that holds, 0 before the first."""

    name = models.CharField(max_length=120)
    current = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="people_jobrole_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class JobRoleVersion(models.Model):
    """A pack as it was put in force, never changed from then on; without `published_at` it is a draft."""

    role = models.ForeignKey(JobRole, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=500, blank=True)
    reports_to = models.CharField(max_length=120, blank=True)
    duties = models.JSONField(default=list)
    decides = models.CharField(max_length=500, blank=True)
    stages = models.JSONField(default=list)
    pass_mark = models.PositiveSmallIntegerField(default=60)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("role", "number", name="people_jobroleversion_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(pass_mark__lte=100), name="people_jobroleversion_pass_mark_is_a_share"
            ),
        ]


class RoleCriterion(models.Model):
    """What a pack asks of a person, and by what it is seen."""

    pack = models.ForeignKey(JobRoleVersion, on_delete=models.CASCADE, related_name="criteria")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    is_essential = models.BooleanField(default=True)
    assessed_by = models.CharField(max_length=12, choices=Assessment.choices, default=Assessment.INTERVIEW)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("pack", "place", name="people_rolecriterion_has_its_place")]


class RoleStep(models.Model):
    """One step of an induction plan, on a day counted from the first."""

    pack = models.ForeignKey(JobRoleVersion, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    by = models.CharField(max_length=8, choices=By.choices, default=By.HERSELF)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("pack", "place", name="people_rolestep_has_its_place")]


class RoleSkill(models.Model):
    """A skill a pack requires, and at which level."""

    pack = models.ForeignKey(JobRoleVersion, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("pack", "skill", name="people_roleskill_is_asked_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=4), name="people_roleskill_level_is_1_to_4"
            ),
        ]


class RoleHolder(models.Model):
    """Somebody has a role from a day until another; `number` is the pack she was brought in by."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(JobRole, on_delete=models.CASCADE, related_name="holders")
    number = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "user", "role", condition=models.Q(until=None), name="people_roleholder_has_a_role_once"
            ),
        ]


class InductionTask(models.Model):
    """A dated step of one newcomer's induction."""

    holder = models.ForeignKey(RoleHolder, on_delete=models.CASCADE, related_name="induction")
    place = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    text = models.CharField(max_length=300)
    by = models.CharField(max_length=8, choices=By.choices, default=By.HERSELF)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("holder", "place", name="people_inductiontask_has_its_place")]


class Candidate(models.Model):
    """Somebody considered for a role: a name or reference, what was seen by criterion, and the outcome.

    Address, age and whatever else an application tells stay out. From `forget_on` the row is removed.
    """

    pack = models.ForeignKey(JobRoleVersion, on_delete=models.CASCADE, related_name="candidates")
    label = models.CharField(max_length=80)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    forget_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index("forget_on", name="people_candidate_by_end")]


class CandidateScore(models.Model):
    """What was seen of a candidate by one criterion, 0 (nothing) to 4 (more than asked)."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(RoleCriterion, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    evidence = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("candidate", "criterion", name="people_candidatescore_is_given_once"),
            models.CheckConstraint(condition=models.Q(score__lte=4), name="people_candidatescore_is_0_to_4"),
        ]


class Adjustment(models.Model):
    """What is done so that somebody can work well: what to do, never why."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    review_on = models.DateField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
