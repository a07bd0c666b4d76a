"""What is granted on a ticket that is a complaint is among the complaint's remedies and in its cost, once."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Complaint, ComplaintRemedy
from wellserved.apps.desk.types.complaints import MONEY_REMEDIES
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people.types import Grant

Changes = dict[str, tuple[Any, Any]]


def held_complaint(*, ticket_id: int) -> Complaint | None:
    """Return the complaint a ticket is, locked until the action ends, None for an ordinary ticket."""
    return Complaint.objects.select_for_update(no_key=True, of=("self",)).filter(ticket=ticket_id).first()


def keep(row: Complaint, grants: Iterable[Grant], *, note: str) -> Changes:
    """Put what is not there yet among the remedies, and return what that changed; the caller saves the cost."""
    new = [grant for grant in grants if grant.remedy in MONEY_REMEDIES and not _same(row, grant).exists()]
    ComplaintRemedy.objects.bulk_create(
        ComplaintRemedy(
            complaint=row,
            kind=grant.remedy,
            amount=grant.amount,
            currency=grant.currency,
            note=note,
            granted_by_id=grant.user_id,
            granted_at=grant.granted_at,
        )
        for grant in new
    )
    return {"remedy": (None, ", ".join(map(_say, new)))} | _recount(row) if new else {}


def count(row: Complaint | None, grant: Grant, *, actor: Actor, note: str, now: dt.datetime) -> None:
    """Put a grant among the remedies of a complaint; one that is there already is not counted again."""
    changes = keep(row, [grant], note=note) if row else {}
    if row and changes:
        _finish(row, "desk.grant_remedy", actor=actor, changes=changes, reason=note, now=now)


def uncount(row: Complaint | None, grant: Grant, *, actor: Actor, now: dt.datetime) -> None:
    """Take a grant that was withdrawn before the customer heard of it out of the remedies."""
    if row and _same(row, grant).delete()[0]:
        changes: Changes = {"remedy": (_say(grant), None)} | _recount(row)
        _finish(row, "desk.withdraw_remedy", actor=actor, changes=changes, reason="", now=now)


def _same(row: Complaint, grant: Grant) -> QuerySet[ComplaintRemedy]:
    return row.remedies.filter(
        kind=grant.remedy, amount=grant.amount, granted_at=grant.granted_at, granted_by=grant.user_id
    )


def _recount(row: Complaint) -> Changes:
    before, row.cost = row.cost, row.remedies.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    return {"cost": (f"{before:.2f}", f"{row.cost:.2f}")}


def _say(grant: Grant) -> str:
    return f"{grant.remedy} {grant.amount:.2f} {grant.currency}"


def _finish(row: Complaint, action: str, *, actor: Actor, changes: Changes, reason: str, now: dt.datetime) -> None:
    row.version += 1
    row.save(update_fields=["cost", "version"])
    ledger.record(
        actor=actor, action=action, subject=("desk.complaint", row.pk), now=now, changes=changes, reason=reason
    )
