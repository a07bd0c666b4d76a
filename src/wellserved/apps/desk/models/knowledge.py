"""Guidelines and procedures with every version that was ever in force, who has read them, and how they were used."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Message, Ticket
from wellserved.apps.desk.types.knowledge import GuidelineKind, GuidelineState, RunState, StepState
from wellserved.platform.origin import Origin


class Guideline(models.Model):
    """The agreed way to deal with something; a procedure is one with steps.

    `draft` holds what is not yet in force, `writers` everybody who has written on it, `approval_id` the request put
    to `asked_of` about the draft of `asked_digest`. The other facts are those of `current`, or of the draft before the
    first. `scope_key` and `concern_key` are derived: words like `|kind:problem|`, so that one query finds what holds
    for a ticket or a person; `narrowness` counts the parts of what it applies to.
    """

    kind = models.CharField(max_length=10, choices=GuidelineKind.choices)
    state = models.CharField(max_length=10, choices=GuidelineState.choices, default=GuidelineState.DRAFT)
    title = models.CharField(max_length=160)
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    scope_key = models.TextField(blank=True)
    narrowness = models.PositiveSmallIntegerField(default=0)
    concern_key = models.TextField(blank=True)
    current = models.ForeignKey(
        "desk.GuidelineVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    draft = models.JSONField(null=True, blank=True)
    draft_reason = models.CharField(max_length=300, blank=True)
    writers = models.JSONField(default=list)
    approval_id = models.BigIntegerField(null=True, blank=True)
    asked_of = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index("title", "id", name="desk_guideline_by_title"),
            models.Index("state", "title", "id", name="desk_guideline_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class GuidelineVersion(models.Model):
    """A guideline as it came into force; never changed once written. `content` holds `types.knowledge.Content`."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    in_force_from = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    approval_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("guideline", "number", name="desk_guidelineversion_number_is_unique"),
        ]


class Attestation(models.Model):
    """Somebody confirms that she has read a version; a new version is read anew."""

    version = models.ForeignKey(GuidelineVersion, on_delete=models.CASCADE, related_name="attestations")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("version", "user", name="desk_attestation_is_one_a_version"),
        ]


class GuidelineUse(models.Model):
    """A version that was in force for a ticket when a reply was written; `used` when its text stands in the reply."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="guidelines")
    version = models.ForeignKey(GuidelineVersion, on_delete=models.CASCADE, related_name="uses")
    used = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("message", "version", name="desk_guidelineuse_is_one_a_reply"),
        ]


class ReplyTone(models.Model):
    """Which marks of a good tone a reply did not bear when it was sent: keys with commas between, none when whole."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="tone")
    missed = models.CharField(max_length=80, blank=True)


class ProcedureRun(models.Model):
    """A procedure followed on a ticket, by the version that was in force when it began."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="procedures")
    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(GuidelineVersion, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    started_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "ticket",
                "guideline",
                condition=models.Q(state="running"),
                name="desk_procedurerun_is_one_at_a_time",
            ),
        ]


class ProcedureStep(models.Model):
    """A step that was done or skipped on a ticket, by whom and when."""

    run = models.ForeignKey(ProcedureRun, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=StepState.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("run", "order", name="desk_procedurestep_is_settled_once"),
        ]
