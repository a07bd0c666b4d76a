"""Customers, tickets, messages, and the clocks derived from typed desk events."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.types import OPEN_STATUSES, Channel, Kind, Level, MessageKind, Priority, Status, Wish
from wellserved.platform.origin import Origin


class Organisation(models.Model):
    """A company or household whose people we serve, or a department of our own."""

    name = models.CharField(max_length=200)
    is_internal = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="desk_organisation_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """Somebody we serve; `user` is set once she signs in to the portal.

    With `merged_into`, this row is one more address of that person: what comes from it is hers.
    """

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    user = models.OneToOneField("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sees_organisation = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, blank=True)
    preferred_channel = models.CharField(max_length=8, choices=Wish.choices, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)
    external_id = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index("email", name="desk_customer_by_email"),
            models.Index("external_id", "origin", name="desk_customer_by_external"),
            models.Index("name", "id", name="desk_customer_by_name"),
            models.Index("phone", name="desk_customer_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class Queue(models.Model):
    """Where tickets of one sort wait, and the team that answers them."""

    name = models.CharField(max_length=120)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_default = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="desk_queue_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """What the ticket is about."""

    name = models.CharField(max_length=160)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="desk_product_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where it happened."""

    name = models.CharField(max_length=160)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="desk_place_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word tickets are found by."""

    name = models.CharField(max_length=60)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="desk_tag_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """What one customer asked, from first word to closure.

    `next_due_at`, `next_metric`, `breached_at`, `act_by`, `at_risk_from` and the columns of the last message are
    derived: a rebuild writes them anew. `act_by` orders open work: the next due time, a far day when nothing is due,
    and empty once the ticket is resolved, so that one index serves every list of open tickets. From `at_risk_from`
    until it is due, the ticket is likely to break its promise.
    """

    number = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REQUEST)
    subject = models.CharField(max_length=300)
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.NEW)
    status_reason = models.CharField(max_length=120, blank=True)
    impact = models.CharField(max_length=6, choices=Level.choices, default=Level.MEDIUM)
    urgency = models.CharField(max_length=6, choices=Level.choices, default=Level.MEDIUM)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    priority_reason = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="tickets")
    assignee = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tickets")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tags = models.ManyToManyField(Tag, blank=True, related_name="tickets")
    opened_at = models.DateTimeField()
    first_replied_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField(null=True, blank=True)
    last_message_kind = models.CharField(max_length=10, blank=True)
    preview = models.CharField(max_length=200, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    next_metric = models.CharField(max_length=16, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    act_by = models.DateTimeField(null=True, blank=True)
    at_risk_from = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    batch = models.BigIntegerField(null=True, blank=True, db_index=True)
    external_system = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    external_url = models.CharField(max_length=500, blank=True)
    attributes = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=["resolved", "closed"], resolved_at__isnull=False)
                | models.Q(status__in=sorted(OPEN_STATUSES), resolved_at=None),
                name="desk_ticket_resolved_at_iff_resolved",
            ),
            models.UniqueConstraint(
                "external_system",
                "external_id",
                condition=~models.Q(external_id=""),
                name="desk_ticket_external_id_is_unique",
            ),
        ]
        # None begins with the origin: SQLite would choose it for the two origins of a world and then sort everything.
        indexes: ClassVar = [
            models.Index("act_by", "id", name="desk_ticket_by_urgency"),
            # Holds all that the counts beside the views ask of open tickets, so that no count reads a ticket's row.
            models.Index(
                fields=["act_by", "kind", "status", "assignee", "queue", "origin"],
                condition=models.Q(act_by__isnull=False),
                name="desk_ticket_open",
            ),
            models.Index("queue", "act_by", "id", name="desk_ticket_by_queue"),
            models.Index("assignee", "act_by", "id", name="desk_ticket_by_assignee"),
            models.Index(fields=["customer", "-opened_at"], name="desk_ticket_by_customer"),
            models.Index("opened_at", "id", name="desk_ticket_by_opening"),
            models.Index("status", "act_by", "id", name="desk_ticket_by_status"),
            models.Index("resolved_at", "id", name="desk_ticket_by_resolved"),
            models.Index("at_risk_from", "act_by", name="desk_ticket_by_risk"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"


class Message(models.Model):
    """Something said on a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    author = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author_label = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    sent_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    outbox_id = models.BigIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index("ticket", "sent_at", "id", name="desk_message_by_ticket")]


class Draft(models.Model):
    """What somebody has begun to write, safe on the server."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("user", "ticket", "kind", name="desk_draft_is_one_a_kind"),
        ]


class Presence(models.Model):
    """Who has a ticket open, and whether she is typing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    is_typing = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("ticket", "user", name="desk_presence_is_one_a_person"),
        ]


class View(models.Model):
    """A saved filter: a named query string, its owner's, her team's when `team` is set, or shared with everybody."""

    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)


class Numbering(models.Model):
    """The next ticket number: one row, so that numbers are given once whatever the database."""

    next_number = models.BigIntegerField(default=1001)
