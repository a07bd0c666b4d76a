"""Profile, skills, availability and limits of authority."""

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
    # Share of a full-time week.
    fte = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(fte__gt=0, fte__lte=1), name="people_staffprofile_fte_is_share"),
        ]


class Skill(models.Model):
    """Something a colleague can be able to do; `descriptors` say what each level from 0 to 4 looks like."""

    name = models.CharField(max_length=120)
    group = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=300, blank=True)
    descriptors = models.JSONField(default=list)
    minimum_cover = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="people_skill_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class StaffSkill(models.Model):
    """A skill held at a level from 0 (none) to 4 (teaches others), until it expires.

    `told` is how often she has been told that this end comes: 0 not yet, 3 once it has passed.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="holders")
    level = models.PositiveSmallIntegerField()
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    told = models.PositiveSmallIntegerField(default=0)

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
        TICKET = "ticket", "per ticket"
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


class Acknowledgement(models.Model):
    """Somebody has said that she has read a record as it stood at a number of its versions."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    acknowledged_at = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("kind", "record_id", "user", "number", name="people_acknowledgement_is_said_once"),
        ]


class LearningCheck(models.Model):
    """Somebody has said that she has understood a learning card; `applied` is what it said of her own data then."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    card = models.CharField(max_length=60)
    applied = models.CharField(max_length=500, blank=True)
    understood_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("user", "card", name="people_learningcheck_is_one_a_card"),
        ]
