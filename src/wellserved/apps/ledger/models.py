"""Who did what, when and why: sealed entries, erasable values, approvals, comments and files."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Entry(models.Model):
    """One act. Written unsealed in the action's own transaction; the sequencer gives it a number and a digest.

    `commitments` holds, for each personal value, a salted hash; the value itself stands in `Value` and can be erased.
    `event` and `data` are the announcement subscribers hear: ids and codes only. Both JSON columns are canonical text,
    because the digest covers their bytes and a database may rewrite what it knows to be JSON.
    The actor is an id without a database constraint: history outlives the account of whoever made it.
    """

    sequence = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 (unsealed is not the empty digest)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    event = models.CharField(max_length=80, blank=True)
    data = models.TextField(default="{}")
    commitments = models.TextField(default="[]")

    class Meta:
        indexes: ClassVar = [
            models.Index("subject_kind", "subject_id", "id", name="ledger_entry_by_subject"),
            models.Index("actor", "id", name="ledger_entry_by_actor"),
            models.Index("action", "id", name="ledger_entry_by_action"),
            models.Index("event", "sequence", condition=~models.Q(event=""), name="ledger_entry_announced"),
            models.Index("id", condition=models.Q(sequence=None), name="ledger_entry_unsealed"),
        ]


class Value(models.Model):
    """A value an entry commits to: one field before or after the act, or the reason given.

    Erasing empties salt and content and names the entry that says so.
    """

    class Side(models.TextChoices):
        BEFORE = "before", "Before"
        AFTER = "after", "After"
        REASON = "reason", "Reason"

    pk = models.CompositePrimaryKey("entry_id", "position")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=80)
    side = models.CharField(max_length=6, choices=Side.choices)
    salt = models.CharField(max_length=32, blank=True)
    content = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="erased_values")


class Head(models.Model):
    """How far the chain is sealed: one row, locked by whoever seals."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)


class Cursor(models.Model):
    """How far one subscriber has heard."""

    name = models.CharField(max_length=120, unique=True)
    sequence = models.BigIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)


class Approval(models.Model):
    """A question put to people who may answer it: may this, exactly as its digest pins it, take effect?

    `amount` is what may be given at most. A counter-offer that is accepted starts a new round of votes.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waiting for a decision"
        COUNTERED = "countered", "Counter-offer made"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Expired"
        USED = "used", "Taken effect"

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    detail = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    needed = models.PositiveSmallIntegerField(default=1)
    capability = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    round = models.PositiveSmallIntegerField(default=1)
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    approvers = models.ManyToManyField("accounts.User", through="Approver", related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index("state", "expires_at", name="ledger_approval_by_state"),
            models.Index("subject_kind", "subject_id", name="ledger_approval_by_subject"),
        ]


class Approver(models.Model):
    """Somebody named to answer one approval."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="named")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("approval", "user", name="ledger_approver_is_named_once"),
        ]


class Vote(models.Model):
    """One person's answer in one round."""

    class Answer(models.TextChoices):
        APPROVE = "approve", "Approved"
        REFUSE = "refuse", "Refused"
        COUNTER = "counter", "Made a counter-offer"

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    round = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8, choices=Answer.choices)
    reason = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    cast_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("approval", "voter", "round", name="ledger_vote_is_cast_once"),
        ]


class Comment(models.Model):
    """A remark on any record, with the people it mentions."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField()
    written_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    mentions = models.ManyToManyField("accounts.User", through="Mention", related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index("subject_kind", "subject_id", name="ledger_comment_by_subject")]


class Standpoint(models.Model):
    """What customers, colleagues and partners think of a record, and what becomes of it, with where it was said."""

    class Side(models.TextChoices):
        CUSTOMER = "customer", "Customer"
        COLLEAGUE = "colleague", "Colleague"
        PARTNER = "partner", "Partner"

    class Stance(models.TextChoices):
        FOR = "for", "For it"
        CONCERN = "concern", "A concern"
        AGAINST = "against", "Against it"

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    side = models.CharField(max_length=10, choices=Side.choices)
    stance = models.CharField(max_length=8, choices=Stance.choices)
    words = models.CharField(max_length=2000)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    noted_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index("subject_kind", "subject_id", name="ledger_standpoint_by_subject"),
            models.Index("source_kind", "source_id", name="ledger_standpoint_by_source"),
        ]


class Mention(models.Model):
    """Somebody called to a comment, until she has seen it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="calls")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("comment", "user", name="ledger_mention_is_made_once"),
        ]


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
    erased_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index("subject_kind", "subject_id", name="ledger_file_by_subject"),
        ]
