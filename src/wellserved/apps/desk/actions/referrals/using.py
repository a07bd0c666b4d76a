"""Give the customer what somebody else has granted; its authority was used when it was decided."""

import datetime as dt
from decimal import Decimal

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import putting_right
from wellserved.apps.desk.models import Referral, Ticket
from wellserved.apps.people.types import Grant
from wellserved.platform.errors import Conflict, NotFound

NOTE = "Granted by referral"


def take_up(ticket: Ticket, referral_id: int, *, actor: Actor, now: dt.datetime) -> Referral:
    """Return the referral whose grant goes with the reply, marked as given; refused when it was given before.

    A grant older than the complaint the ticket has become is among its remedies from now on.
    """
    row = Referral.objects.select_for_update(of=("self",), no_key=True).filter(pk=referral_id, ticket=ticket).first()
    if row is None or row.granted_amount is None:
        raise NotFound("Nothing was granted by such a referral on this ticket.", code="referral_not_found")
    if row.used_at is not None:
        raise Conflict("This was given to the customer already.", code="referral_used")
    row.used_at, row.version = now, row.version + 1
    row.save(update_fields=["used_at", "version"])
    complaint = putting_right.held_complaint(ticket_id=ticket.pk)
    putting_right.count(complaint, _grant_of(row, now=now), actor=actor, note=NOTE, now=now)
    return row


def _grant_of(row: Referral, *, now: dt.datetime) -> Grant:
    return Grant(
        user_id=row.closed_by_id,
        remedy=row.granted_remedy,
        amount=row.granted_amount or Decimal(0),
        granted_at=row.closed_at or now,
    )


def stands_in(row: Referral | None, *, message_id: int) -> None:
    """Remember with which reply it was given, if anything was."""
    if row is None:
        return
    row.used_in_id = message_id
    row.save(update_fields=["used_in"])


def put_back(referral_id: int) -> None:
    """Let the grant wait again: the reply it went with was taken back."""
    row = Referral.objects.select_for_update(of=("self",), no_key=True).get(pk=referral_id)
    row.used_at, row.used_in, row.version = None, None, row.version + 1
    row.save(update_fields=["used_at", "used_in", "version"])
