"""Thanks between colleagues, reward schemes with who got what and why, and what a team does together."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wellserved.apps.development.types.recognition import EVENT_FORMS, OUTCOMES, SCHEME_KINDS
from wellserved.platform.origin import Origin


class Recognition(models.Model):
    """Somebody thanked a colleague for living a value of the vision, perhaps on a ticket."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    given_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    value = models.CharField(max_length=60)
    words = models.CharField(max_length=300, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("user")),
                name="development_recognition_is_for_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-given_at", "-id"], name="development_thanks_newest"),
            models.Index("user", "given_at", name="development_thanks_of_one"),
        ]


class Scheme(models.Model):
    """A way to reward: what for, by which rules, from which budget, and by what it is judged afterwards."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=SCHEME_KINDS.items())
    purpose = models.CharField(max_length=500)
    rules = models.TextField(max_length=2000)
    criterion = models.CharField(max_length=300)
    budget = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = models.DateField()
    ends_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=OUTCOMES.items(), blank=True)
    findings = models.CharField(max_length=1000, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="development_scheme_ends_after_it"),
            models.CheckConstraint(condition=Q(budget__gte=0), name="development_scheme_budget_is_none_or_more"),
        ]
        indexes: ClassVar = [models.Index(fields=["-starts_on", "-id"], name="development_scheme_newest")]

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """Somebody was given something under a scheme, and why."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="awards")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=160)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    why = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="development_award_costs_nothing_or_more"),
        ]


class TeamEvent(models.Model):
    """Something a team does together to work better together, and who was there."""

    title = models.CharField(max_length=160)
    form = models.CharField(max_length=12, choices=EVENT_FORMS.items())
    purpose = models.CharField(max_length=500)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    organiser = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    what_changed = models.CharField(max_length=1000, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-starts_at", "-id"], name="development_event_newest")]

    def __str__(self) -> str:
        return self.title


class EventPlace(models.Model):
    """Somebody is asked to an event; `was_there` stays open until it was held."""

    event = models.ForeignKey(TeamEvent, on_delete=models.CASCADE, related_name="places")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    was_there = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("event", "user", name="development_eventplace_is_one_each"),
        ]
