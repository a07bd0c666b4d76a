"""What the sample service needs that nobody does by hand, and its removal."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.voice import models
from wellserved.platform.origin import Origin, World


def _tickets() -> Any:
    return scope.tickets_in_reach(actor=system_actor(world=World.SAMPLE))


def resolved(*, since: dt.datetime) -> list[int]:
    """Return the sample's tickets resolved since then, whose customers are no colleagues, the latest last."""
    rows = _tickets().filter(resolved_at__gte=since, customer__is_internal=False)
    return list(rows.order_by("resolved_at", "pk").values_list("pk", flat=True))


def remember_asked(*, survey_id: int, ticket_ids: Sequence[int]) -> list[tuple[int, dt.datetime]]:
    """Let these sample tickets stand as asked about after they were resolved; return invitation and time."""
    found = _tickets().filter(pk__in=ticket_ids).select_related("customer__merged_into")
    rows = models.Invitation.objects.bulk_create(
        models.Invitation(
            survey_id=survey_id,
            number=1,
            ticket=ticket,
            customer=scope.standing(ticket.customer),
            queue_id=ticket.queue_id,
            state="asked",
            ask_at=ticket.resolved_at + dt.timedelta(hours=2),
            asked_at=ticket.resolved_at + dt.timedelta(hours=2),
            origin=Origin.SAMPLE,
        )
        for ticket in found.order_by("resolved_at", "pk")
        if ticket.resolved_at
    )
    return [(row.pk, row.ask_at) for row in rows]


def remove() -> int:
    """Delete the sample's records of this app; return the rows gone."""
    tables = (models.FollowUp, models.Feedback, models.Silence, models.Invitation, models.Survey)
    return sum(table._default_manager.filter(origin=Origin.SAMPLE).delete()[0] for table in tables)
