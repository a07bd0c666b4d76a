"""Matters put to somebody with more authority or more knowledge; whoever asked keeps the ticket and its clocks."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Message, Ticket
from wellserved.apps.desk.types.referrals import ReferralKind, ReferralState
from wellserved.platform.origin import Origin


class Referral(models.Model):
    """A question about one ticket, put to one colleague: a decision asked for, or advice.

    `remedy` and `amount` are what the referrer proposes; `granted_remedy` and `granted_amount` what the decider grants
    under her own limit. `used_at` is when the referrer gave it to the customer.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="referrals")
    kind = models.CharField(max_length=8, choices=ReferralKind.choices, default=ReferralKind.DECISION)
    state = models.CharField(max_length=9, choices=ReferralState.choices, default=ReferralState.WAITING)
    question = models.CharField(max_length=2000)
    remedy = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_of = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=2000, blank=True)
    granted_remedy = models.CharField(max_length=40, blank=True)
    granted_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_in = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("asked_of")), name="desk_referral_is_put_to_another"
            ),
            models.CheckConstraint(
                condition=models.Q(remedy="", amount=None) | (~models.Q(remedy="") & models.Q(amount__gt=0)),
                name="desk_referral_remedy_has_an_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "accepted"], closed_at=None)
                | models.Q(closed_at__isnull=False),
                name="desk_referral_closed_at_iff_over",
            ),
        ]
        indexes: ClassVar = [
            models.Index("closed_at", "due_at", "id", name="desk_referral_by_due"),
            models.Index("asked_of", "closed_at", name="desk_referral_by_adviser"),
        ]

    def __str__(self) -> str:
        return f"Referral on #{self.ticket.number}"


class ReferralPass(models.Model):
    """That a referral went from one colleague to another, and why."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="passes")
    passed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    passed_from = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    passed_to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    passed_at = models.DateTimeField()
