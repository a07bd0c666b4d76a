"""Mail leaves through the outbox, and so does the mail other libraries send."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import make_msgid

from wellserved.platform import clock
from wellserved.platform.models import OutboxMessage


class OutboxBackend(BaseEmailBackend):
    """Django's mail interface, writing outbox rows."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue one row for each recipient and return how many messages were taken."""
        now = clock.now()
        OutboxMessage.objects.bulk_create(
            OutboxMessage(
                channel="email",
                message_id=make_msgid(domain="wellserved"),
                recipient=recipient,
                subject=message.subject,
                body=message.body,
                send_after=now,
                created_at=now,
            )
            for message in email_messages
            for recipient in message.recipients()
        )
        return len(email_messages)
