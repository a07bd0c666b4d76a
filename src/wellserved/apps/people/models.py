"""Staff as the desk and the rota need them: profile, skills, availability and limits of authority."""

from typing import ClassVar

from django.db import models

from wellserved.apps.accounts.types import Role
from wellserved.platform.origin import Origin


class StaffProfile(models.Model):
    """What the service knows of a colleague beyond her sign-in."""

    class Availability(models.TextChoices):
        AVAILABLE = "available", "Available"
        BUSY = "busy", "Busy"
        ABSENT = "absent", "Absent"

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    job_title = models.CharField(max_length=120, blank=True)
    availability = models.CharField(max_length=12, choices=Availability.choices, default=Availability.AVAILABLE)
    available_until = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    started_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class Skill(models.Model):
    """Something a colleague can be able to do."""

    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    minimum_cover = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="people_skill_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class StaffSkill(models.Model):
    """A skill held at a level from 0 (none) to 4 (teaches others), until it expires."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="holders")
    level = models.PositiveSmallIntegerField()
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("user", "skill", name="people_staffskill_is_held_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=0, level__lte=4), name="people_staffskill_level_is_0_to_4"
            ),
        ]


class AuthorityLimit(models.Model):
    """What a role or one person may grant alone: remedy x value x period."""

    class Period(models.TextChoices):
        TICKET = "ticket", "per issue"
        DAY = "day", "per day"
        MONTH = "month", "per month"

    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    remedy = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")
    period = models.CharField(max_length=8, choices=Period.choices, default=Period.TICKET)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role="", user__isnull=False) | (~models.Q(role="") & models.Q(user=None)),
                name="people_authoritylimit_is_for_a_role_or_a_person",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="people_authoritylimit_is_not_negative"),
            models.UniqueConstraint(
                "remedy",
                "role",
                "origin",
                condition=models.Q(user=None),
                name="people_authoritylimit_is_one_for_a_role",
            ),
            models.UniqueConstraint(
                "remedy",
                "user",
                "origin",
                condition=models.Q(user__isnull=False),
                name="people_authoritylimit_is_one_for_a_person",
            ),
        ]


class AuthorityUse(models.Model):
    """A remedy granted within somebody's limit; the sum over a period is what the limit is held against."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    remedy = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    granted_at = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index("user", "remedy", "granted_at", name="people_use_by_person")]
