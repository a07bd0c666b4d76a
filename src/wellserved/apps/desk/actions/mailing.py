"""Decide about mail that failed or may not have arrived: send it again, or say that it is settled."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import mail
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import outbox
from wellserved.platform.errors import Refused
from wellserved.platform.models import OutboxMessage

MESSAGE = "platform.message"


@transaction.atomic
def resend_mail(*, actor: Actor, message_id: int, now: dt.datetime) -> None:
    """Send a failed or doubtful message again, under the same Message-ID, so that whoever has it already sees one."""
    message = _decidable(actor, message_id)
    before = message.state
    after = outbox.resend(message_id=message_id, now=now)
    _record(actor, message, "desk.resend_mail", before=before, after=after, now=now)


@transaction.atomic
def settle_mail(*, actor: Actor, message_id: int, now: dt.datetime) -> None:
    """Say that a doubtful message has arrived, or that a failed one was dealt with in another way."""
    message = _decidable(actor, message_id)
    before = message.state
    if before == OutboxMessage.State.UNKNOWN:
        after = outbox.settle_unknown(message_id=message_id, arrived=True, now=now)
    else:
        after = outbox.let_go(message_id=message_id, now=now)
    _record(actor, message, "desk.settle_mail", before=before, after=after, now=now)


def _decidable(actor: Actor, message_id: int) -> OutboxMessage:
    message = mail.letter(actor=actor, message_id=message_id)
    if not (actor.can(accounts_policies.WORK_TICKETS) or actor.can(accounts_policies.SETTINGS)):
        raise Refused("Your role reads mail but does not send it.")
    return message


def _record(
    actor: Actor, message: OutboxMessage, action: str, *, before: str, after: OutboxMessage, now: dt.datetime
) -> None:
    about = (message.subject_kind, message.subject_id) if message.subject_id else (MESSAGE, message.pk)
    changes = {"mail": (str(OutboxMessage.State(before).label), after.get_state_display())}
    ledger.record(actor=actor, action=action, subject=about, now=now, changes=changes, origin=message.origin)
