"""What counts towards a limit of authority: many small grants are held against it like one large one."""

import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.people.models import AuthorityLimit, AuthorityUse
from wellserved.platform.origin import in_world

# What somebody gave on other tickets of the same customer counts towards a limit per ticket for so long.
COUNTED_BESIDE = dt.timedelta(days=30)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody would grant something: on a record, among those of the same customer `beside` it, at a moment."""

    actor: Actor
    subject: tuple[str, int] | None
    beside: Collection[int] = ()
    now: dt.datetime

    @property
    def ids(self) -> set[int]:
        """Return the records a limit per ticket looks at."""
        return {*self.beside, *([self.subject[1]] if self.subject else [])}


def used(place: Place, limit: AuthorityLimit) -> Decimal:
    """Return what has been granted already and counts towards this limit. One query."""
    return total(uses(place, remedy=limit.remedy), place, limit)


def total(found: Iterable[AuthorityUse], place: Place, limit: AuthorityLimit) -> Decimal:
    """Return the sum of those grants that count towards this limit."""
    return sum((use.amount for use in found if _counts(use, place, limit)), Decimal(0))


def uses(place: Place, *, remedy: str | None = None) -> list[AuthorityUse]:
    """Return the grants that may count: the actor's of a month, and everybody's on the records. One query."""
    month = period_start(AuthorityLimit.Period.MONTH, zone=place.actor.time_zone, now=place.now)
    asked = Q(user_id=place.actor.person_id, granted_at__gte=month)
    if place.subject is not None:
        asked |= Q(subject_kind=place.subject[0], subject_id__in=place.ids)
    rows = in_world(AuthorityUse.objects.filter(asked, granted_at__lte=place.now), place.actor.world)
    return list(rows if remedy is None else rows.filter(remedy=remedy))


def _counts(use: AuthorityUse, place: Place, limit: AuthorityLimit) -> bool:
    """Return whether a grant is held against a limit.

    A limit per ticket counts what anybody gave on the ticket, so that two colleagues do not give twice what either
    may; and what the same person gave the same customer on other tickets lately, so that a second ticket is no way
    round. Any other limit counts what its holder gave in the period.
    """
    if (use.remedy, use.currency) != (limit.remedy, limit.currency):
        return False
    is_own = use.user_id == place.actor.person_id
    if limit.period == AuthorityLimit.Period.TICKET:
        if place.subject is None or use.subject_kind != place.subject[0]:
            return False
        is_lately = use.granted_at >= place.now - COUNTED_BESIDE
        return use.subject_id == place.subject[1] or (is_own and is_lately and use.subject_id in place.beside)
    return is_own and use.granted_at >= period_start(limit.period, zone=place.actor.time_zone, now=place.now)


def period_start(period: str, *, zone: str, now: dt.datetime) -> dt.datetime:
    """Return when the running day or month began where the person is.

    >>> period_start("day", zone="Europe/London", now=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)).isoformat()
    '2026-07-02T00:00:00+01:00'
    """
    local = now.astimezone(zoneinfo.ZoneInfo(zone))
    day = 1 if period == AuthorityLimit.Period.MONTH else local.day
    return local.replace(day=day, hour=0, minute=0, second=0, microsecond=0)
