"""What keeps customers informed and at ease: comfort checks, and notices told to many at once."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Customer, Message, Ticket
from wellserved.apps.desk.types.updates import Comfort, CopyState, Moment
from wellserved.platform.origin import Origin


class ComfortCheck(models.Model):
    """Whether the customer is comfortable with what is about to be done, or accepts what was done.

    `settled_at` is when somebody dealt with a no or a concern, and said how.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comfort_checks")
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    about = models.CharField(max_length=300)
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Comfort.choices, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="desk_comfortcheck_answer_has_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index("ticket", "answer", "settled_at", name="desk_comfort_by_ticket")]


class Notice(models.Model):
    """What customers affected by a known problem are told, in one go; `{name}` and the like are filled for each."""

    title = models.CharField(max_length=200)
    body = models.TextField()
    is_required = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        indexes: ClassVar = [models.Index("created_at", "id", name="desk_notice_by_time")]

    def __str__(self) -> str:
        return self.title


class NoticeCopy(models.Model):
    """One ticket a notice is told on: once, however often the button is pressed or the work is tried again."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="copies")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=CopyState.choices, default=CopyState.WAITING)
    not_before = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("notice", "ticket", name="desk_noticecopy_is_one_a_ticket"),
        ]
        indexes: ClassVar = [models.Index("state", "not_before", "id", name="desk_noticecopy_by_turn")]
