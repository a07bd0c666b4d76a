"""Which cards are likely one person's, and which are already known to be."""

from django.db.models import Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import types
from wellserved.apps.desk.models import Merge
from wellserved.apps.desk.queries import scope

MOST = 5


def likely_same(*, actor: Actor, customer_id: int) -> tuple[types.LikelySame, ...]:
    """Return the cards that bear the same name, phone or address as this one, and why. Two queries."""
    row = scope.visible_customer(actor=actor, customer_id=customer_id)
    alike = Q(name=row.name)
    if row.phone:
        alike |= Q(phone=row.phone)
    if row.email:
        alike |= Q(email=row.email)
    found = scope.visible_customers(actor=actor).filter(alike).exclude(pk=row.pk).order_by("pk")[:MOST]
    return tuple(
        types.LikelySame(
            id=other.pk,
            name=other.name,
            email=other.email,
            why=tuple(
                f"the same {field}"
                for field in ("name", "phone", "email")
                if getattr(other, field) and getattr(other, field) == getattr(row, field)
            ),
        )
        for other in found
    )


def merges(*, actor: Actor, customer_id: int) -> tuple[types.MergeRow, ...]:
    """Return the other addresses of a person, the latest first, each with how many tickets moved. Three queries."""
    row = scope.visible_customer(actor=actor, customer_id=customer_id)
    found = list(Merge.objects.filter(kept=row, undone_at=None).select_related("other", "merged_by").order_by("-pk"))
    moved = {pk for merge in found for pk in merge.ticket_ids}
    seen = set(scope.visible_tickets(actor=actor).filter(pk__in=moved).values_list("pk", flat=True)) if moved else set()
    return tuple(
        types.MergeRow(
            id=merge.pk,
            other_id=merge.other_id,
            name=merge.other.name,
            email=merge.other.email,
            tickets=len(seen.intersection(merge.ticket_ids)),
            reason=merge.reason,
            merged_by=merge.merged_by.name if merge.merged_by else "",
            merged_at=merge.merged_at,
        )
        for merge in found
    )


def known_by_address(*, actor: Actor, email: str) -> int | None:
    """Return the card this address stands on, None for none. One query."""
    rows = scope.visible_customers(actor=actor).filter(email__iexact=email.strip()).order_by("pk")
    return rows.values_list("pk", flat=True).first() if email.strip() else None
