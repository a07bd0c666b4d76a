"""What is done so that somebody can work well: for her and whoever leads her, and for nobody else."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import leading
from wellserved.apps.accounts.types import Actor
from wellserved.apps.people.models import Adjustment
from wellserved.apps.people.types.roles import AdjustmentRow
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

KIND = "people.adjustment"


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the adjustments this actor may read. One query."""
    return frozenset(_visible(actor).filter(pk__in=set(ids)).values_list("pk", flat=True))


def adjustments(*, actor: Actor, user_id: int) -> tuple[AdjustmentRow, ...]:
    """Return what is agreed for somebody now, to herself or whoever leads her; nothing to others. One query."""
    rows = _visible(actor).filter(user=user_id, ended_at=None).select_related("agreed_by")
    return tuple(
        AdjustmentRow(
            id=row.pk,
            user_id=row.user_id,
            text=row.text,
            review_on=row.review_on,
            agreed_at=row.agreed_at,
            agreed_by=row.agreed_by.name if row.agreed_by else "",
            ended_at=row.ended_at,
            version=row.version,
        )
        for row in rows.order_by("review_on", "pk")
    )


def find(*, actor: Actor, adjustment_id: int) -> Adjustment:
    """Return one adjustment's row, or say there is none; for this app alone."""
    row = _visible(actor).filter(pk=adjustment_id).first()
    if row is None:
        raise NotFound("There is no such adjustment.", code="adjustment_not_found")
    return row


def _visible(actor: Actor) -> QuerySet[Adjustment]:
    rows = in_world(Adjustment.objects.all(), actor.world)
    if actor.user_id is None:
        return rows.none()
    return rows.filter(Q(user=actor.user_id) | Q(user__in=leading.led_by(actor=actor)))
