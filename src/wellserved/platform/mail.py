"""Mail leaves through the outbox, and so does the mail other libraries send."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from wellserved.platform import clock, outbox


class OutboxBackend(BaseEmailBackend):
    """Django's mail interface, writing outbox rows."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue one row for each recipient and return how many messages were taken."""
        now = clock.now()
        for message in email_messages:
            for recipient in message.recipients():
                outbox.queue(
                    channel="email",
                    recipient=recipient,
                    subject=str(message.subject),
                    body=str(message.body),
                    headers={"Auto-Submitted": "auto-generated"},
                    now=now,
                )
        return len(email_messages)
