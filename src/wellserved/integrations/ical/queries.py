"""Which address is kept for a calendar, and which are due to be read."""

import dataclasses
import datetime as dt

from django.db.models import Q

from wellserved.apps.accounts.types import Actor
from wellserved.integrations.ical.models import Feed
from wellserved.platform.origin import in_world

EVERY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """An address kept for a calendar, with its last reading."""

    url: str
    kept_by: str
    kept_at: dt.datetime
    read_at: dt.datetime | None
    well_at: dt.datetime | None
    days: int
    error: str


def feed_of(*, actor: Actor, calendar_id: int) -> FeedRow | None:
    """Return the address kept for a calendar of the actor's world, None for none. One query."""
    rows = in_world(Feed.objects.filter(calendar=calendar_id), actor.world, field="calendar__origin")
    row = rows.select_related("kept_by").first()
    if row is None:
        return None
    return FeedRow(
        url=row.url,
        kept_by=row.kept_by.name if row.kept_by else "",
        kept_at=row.kept_at,
        read_at=row.read_at,
        well_at=row.well_at,
        days=row.days,
        error=row.error,
    )


def due(*, now: dt.datetime) -> tuple[int, ...]:
    """Return the calendars whose address was not read for a day, the longest first. One query."""
    rows = Feed.objects.filter(Q(read_at=None) | Q(read_at__lte=now - EVERY))
    return tuple(rows.order_by("read_at", "pk").values_list("calendar_id", flat=True)[:100])
