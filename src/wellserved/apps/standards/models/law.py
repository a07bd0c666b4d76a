"""What laws, codes and our own policies ask: dated rule packs, and the register of duties."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class RulePack(models.Model):
    """A law, code or procedure for complaints that this service works by; its rules live in dated versions."""

    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("key", "origin", name="standards_rulepack_key_is_unique_in_its_origin"),
            models.UniqueConstraint(
                "origin", condition=models.Q(is_default=True), name="standards_rulepack_has_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RulePackVersion(models.Model):
    """The rules for what is received between two days; never changed once written.

    `content` is the pack as it was read. Several versions may begin on one day: the latest written of them holds.
    """

    pack = models.ForeignKey(RulePack, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    effective_from = models.DateField()
    effective_to = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("pack", "number", name="standards_rulepackversion_number_is_unique"),
        ]


class Obligation(models.Model):
    """A duty of a law, a code or a policy: what it asks, the process that keeps it, who owns it, when it is looked at.

    `clock` and `letter` are keys within the pack; `roles` are the staff roles it concerns.
    """

    class Kind(models.TextChoices):
        LAW = "law", "Law"
        CODE = "code", "Code of practice"
        POLICY = "policy", "Our own policy"

    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.LAW)
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=2000)
    process = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=500, blank=True)
    pack = models.ForeignKey(RulePack, null=True, blank=True, on_delete=models.SET_NULL, related_name="obligations")
    pack_key = models.CharField(max_length=60, blank=True)
    clock = models.CharField(max_length=60, blank=True)
    letter = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField()
    roles = models.JSONField(default=list)
    is_attested = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "pack",
                "pack_key",
                condition=~models.Q(pack_key=""),
                name="standards_obligation_of_a_pack_is_loaded_once",
            ),
        ]
        indexes: ClassVar = [models.Index("title", "id", name="standards_obligation_by_title")]

    def __str__(self) -> str:
        return self.title


class DutyAttestation(models.Model):
    """Somebody says that she knows a duty and works by it, as it stood in one version."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="attestations")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    obligation_version = models.PositiveIntegerField()
    attested_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "obligation", "user", "obligation_version", name="standards_dutyattestation_is_one_a_version"
            ),
        ]
