"""Say that two addresses are one person's, and take it back."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import events
from wellserved.apps.desk.models import Customer, Merge, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound

MAY_NOT = "Your role reads customers but does not change them."


@transaction.atomic
def merge_customers(*, actor: Actor, kept_id: int, other_id: int, reason: str, now: dt.datetime) -> int:
    """Make `other` one more address of `kept`: her tickets move, and what comes from either address is hers."""
    rows = scope.visible_customers(actor=actor).select_for_update(of=("self",), no_key=True)
    found = {row.pk: row for row in rows.filter(pk__in=[kept_id, other_id]).order_by("pk")}
    if kept_id not in found or other_id not in found:
        raise NotFound("There is no such customer.", code="customer_not_found")
    if kept_id == other_id:
        raise Invalid("Choose another customer: this is the same card.", code="same_customer")
    kept, other = found[kept_id], found[other_id]
    if kept.user_id and other.user_id:
        raise Conflict(
            "Both sign in to the portal. Take the sign-in from one of them first, so that neither loses hers.",
            code="two_sign_ins",
        )
    accounts_policies.check_can(actor, accounts_policies.EDIT_CUSTOMERS, MAY_NOT)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Invalid("Say how you know that they are one person.", code="merge_reason")
    moved = list(Ticket.objects.filter(customer=other).order_by("pk").values_list("pk", flat=True))
    Ticket.objects.filter(customer=other).update(customer=kept)
    other.merged_into, other.version, kept.version = kept, other.version + 1, kept.version + 1
    other.save(update_fields=["merged_into", "version"])
    kept.save(update_fields=["version"])
    row = Merge.objects.create(
        kept=kept, other=other, ticket_ids=moved, reason=reason, merged_by_id=actor.user_id, merged_at=now
    )
    _record(row, "desk.customers_merged", actor=actor, reason=reason, now=now)
    return row.pk


@transaction.atomic
def undo_merge(*, actor: Actor, customer_id: int, merge_id: int, now: dt.datetime) -> None:
    """Part them again: the tickets that moved go back; what came since stays where it came to."""
    kept = scope.visible_customer(actor=actor, customer_id=customer_id)
    row = Merge.objects.select_for_update(of=("self",)).select_related("other").filter(pk=merge_id, kept=kept).first()
    if row is None:
        raise NotFound("There is no such merge.", code="merge_not_found")
    if row.undone_at is not None:
        raise Conflict("This is undone already.", code="merge_undone")
    accounts_policies.check_can(actor, accounts_policies.EDIT_CUSTOMERS, MAY_NOT)
    Ticket.objects.filter(pk__in=row.ticket_ids, customer=kept).update(customer=row.other)
    other: Customer = row.other
    other.merged_into, other.version, kept.version = None, other.version + 1, kept.version + 1
    other.save(update_fields=["merged_into", "version"])
    kept.save(update_fields=["version"])
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    _record(row, "desk.customers_parted", actor=actor, reason="", now=now)


def _record(row: Merge, action: str, *, actor: Actor, reason: str, now: dt.datetime) -> None:
    parted = row.undone_at is not None
    address = row.other.email or row.other.name
    for pk in (row.kept_id, row.other_id):
        ledger.record(
            actor=actor,
            action=action,
            subject=("desk.customer", pk),
            now=now,
            changes={"address": (address, None) if parted else (None, address)},
            reason=reason,
            event=events.CustomersMerged(merge_id=row.pk, undone=parted) if pk == row.kept_id else None,
        )
