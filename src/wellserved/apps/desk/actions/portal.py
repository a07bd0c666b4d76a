"""What a customer does with the signed link in her mail, without signing in."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.desk.actions import answering
from wellserved.apps.desk.queries import portal
from wellserved.apps.desk.types import Channel, Saved
from wellserved.apps.ledger.actions.discussion import StoredUpload


def reply_by_link(*, token: str, body: str, files: Sequence[StoredUpload] = (), now: dt.datetime) -> Saved:
    """Add the customer's words to the one ticket her link is for."""
    ticket, customer = portal.open_link(token=token, now=now)
    return answering.customer_message(
        actor=portal.holder_of(ticket, customer),
        ticket_id=ticket.pk,
        body=body,
        channel=Channel.WEB,
        files=files,
        now=now,
    )
