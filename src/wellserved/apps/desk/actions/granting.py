"""Give a customer something within one's limit of authority, wherever it is given."""

import datetime as dt
from decimal import Decimal

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import putting_right
from wellserved.apps.desk.queries import giving
from wellserved.apps.people import actions as people
from wellserved.apps.people.types import Grant


def grant(
    *,
    actor: Actor,
    ticket_id: int,
    kind: str,
    amount: Decimal,
    asked_by: int | None = None,
    note: str = "",
    now: dt.datetime,
) -> None:
    """Use the actor's authority for a remedy on a ticket, or be refused by it.

    What was given in replies, in decisions on referrals and for complaints counts together, on the ticket and on the
    customer's others. Where the ticket is a complaint, it is among the complaint's remedies.
    """
    complaint = putting_right.held_complaint(ticket_id=ticket_id)
    people.use_authority(
        actor=actor,
        remedy=kind,
        amount=amount,
        subject=("desk.ticket", ticket_id),
        beside=giving.beside(ticket_id=ticket_id),
        asked_by=asked_by,
        now=now,
    )
    putting_right.count(
        complaint,
        Grant(user_id=actor.person_id, remedy=kind, amount=amount, granted_at=now),
        actor=actor,
        note=note,
        now=now,
    )
