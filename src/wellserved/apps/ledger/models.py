"""Who did what, when and why: sealed entries, erasable values, approvals, comments and files."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Entry(models.Model):
    """One act. Written unsealed in the action's own transaction; the sequencer gives it a number and a digest.

    `commitments` holds, for each personal value, a salted hash; the value itself stands in `Value` and can be erased.
    `event` and `data` are the announcement subscribers hear: ids and codes only.
    """

    sequence = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 (unsealed is not the empty digest)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    event = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    commitments = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index("subject_kind", "subject_id", "id", name="ledger_entry_by_subject"),
            models.Index("id", condition=models.Q(sequence=None), name="ledger_entry_unsealed"),
        ]


class Value(models.Model):
    """A value an entry commits to: one field before or after the act, or the reason given."""

    class Side(models.TextChoices):
        BEFORE = "before", "Before"
        AFTER = "after", "After"
        REASON = "reason", "Reason"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=80)
    side = models.CharField(max_length=6, choices=Side.choices)
    salt = models.CharField(max_length=32, blank=True)
    content = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("entry", "position", name="ledger_value_position_is_unique"),
        ]


class Head(models.Model):
    """How far the chain is sealed: one row, locked by whoever seals."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    sealed_at = models.DateTimeField(null=True)


class Cursor(models.Model):
    """How far one subscriber has heard."""

    name = models.CharField(max_length=120, unique=True)
    sequence = models.BigIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)


class Comment(models.Model):
    """A remark on any record, with the people it mentions."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    mentions = models.ManyToManyField("accounts.User", through="Mention", related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index("subject_kind", "subject_id", name="ledger_comment_by_subject")]


class Mention(models.Model):
    """Somebody called to a comment, until she has seen it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)


class File(models.Model):
    """A file kept under its own id; the name people gave it never reaches the disk."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    uploaded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index("subject_kind", "subject_id", name="ledger_file_by_subject")]
