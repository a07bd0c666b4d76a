"""Forget what a customer answered and said: scores and times stay, so no figure changes; her words go."""

from collections.abc import Collection

from wellserved.apps.voice.models import Feedback, FollowUp, Invitation

ERASED = "erased"


def forget_tickets(ticket_ids: Collection[int]) -> None:
    """Empty the words of answers, follow-ups and feedback on these tickets."""
    asked = Invitation.objects.filter(ticket__in=ticket_ids)
    FollowUp.objects.filter(invitation__in=asked, closed_at__isnull=False).update(done=ERASED)
    asked.update(answers={})
    Feedback.objects.filter(ticket__in=ticket_ids).update(words=ERASED, themes=[])


def forget_customers(customer_ids: Collection[int]) -> None:
    """Empty what these customers said without a ticket."""
    Feedback.objects.filter(customer__in=customer_ids).update(words=ERASED, themes=[])
