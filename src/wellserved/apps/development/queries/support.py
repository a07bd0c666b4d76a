"""Reads of support slots and of the month's report."""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.types.support import MATTERS, MonthReport, SlotRow
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.science.calendars.statutory import add_months

ORDER = Keyset("starts_at", "id")
VIEWS = {"coming": "To come", "mine": "Mine"}


def slots(
    *, actor: Actor, view: str = "coming", cursor: str | None = None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[SlotRow, ...], str | None]:
    """Return one page of slots by their start: those of colleagues she knows, or all with herself. Five queries."""
    rows = _visible(actor)
    mine = Q(host=actor.user_id) | Q(guest=actor.user_id)
    rows = rows.filter(mine) if view == "mine" else rows.filter(starts_at__gte=now)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row, actor=actor, now=now) for row in page.rows), page.next_cursor


def to_confirm(*, actor: Actor, now: dt.datetime) -> tuple[SlotRow, ...]:
    """Return the actor's booked slots that are over and of which she has not said whether they were held. One query."""
    over = unconfirmed(actor=actor, now=now).select_related("host", "guest")
    return tuple(_row(row, actor=actor, now=now) for row in over.order_by(*ORDER.fields)[:50])


def unconfirmed(*, actor: Actor, now: dt.datetime) -> QuerySet[models.SupportSlot]:
    """Return the rows of the actor's slots that are over and unsaid; for this app alone."""
    rows = in_world(models.SupportSlot.objects.filter(host=actor.user_id, is_withdrawn=False), actor.world)
    return rows.filter(guest__isnull=False, held_minutes=None, starts_at__lt=now)


def own_free(*, actor: Actor, now: dt.datetime) -> tuple[SlotRow, ...]:
    """Return the actor's own slots to come that nobody has taken, the soonest first. One query."""
    rows = in_world(models.SupportSlot.objects.filter(host=actor.user_id, is_withdrawn=False), actor.world)
    free = rows.filter(guest=None, starts_at__gt=now).select_related("host", "guest")
    return tuple(_row(row, actor=actor, now=now) for row in free.order_by(*ORDER.fields)[:20])


def find(*, actor: Actor, slot_id: int) -> models.SupportSlot:
    """Return one slot the actor may know of, or say there is none; for this app alone."""
    row = _visible(actor).filter(pk=slot_id).first()
    if row is None:
        raise NotFound("There is no such slot.", code="slot_not_found")
    return row


def visible_ids(*, actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids the actor may know of."""
    return frozenset(_visible(actor).filter(pk__in=ids).values_list("pk", flat=True))


def kept_ids(*, actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids whose history is not the actor's: who booked a slot is for its two people. One query."""
    rows = models.SupportSlot.objects.filter(pk__in=ids)
    if actor.user_id is not None:
        rows = rows.exclude(host=actor.user_id).exclude(guest__isnull=False, guest=actor.user_id)
    return frozenset(rows.values_list("pk", flat=True))


def month(*, actor: Actor, day: dt.date, host_id: int | None = None) -> MonthReport:
    """Return what was offered and held in a month by the actor, or by all she may know of. Six queries at most."""
    first = day.replace(day=1)
    begin, end = (clock.begin_of(each) for each in (first, add_months(first, 1)))
    rows = _visible(actor).filter(starts_at__gte=begin, starts_at__lt=end)
    doors = in_world(models.OpenDoor.objects.filter(held_at__gte=begin, held_at__lt=end), actor.world)
    if host_id is None:
        doors = doors.filter(host__in=[person.id for person in accounts.staff(actor=actor)])
    else:
        rows, doors = rows.filter(host=host_id), doors.filter(host=host_id)
    found, came = list(rows), list(doors)
    matters = Counter(row.matter for row in came)
    return MonthReport(
        month=first,
        offered=len(found),
        offered_minutes=sum(row.minutes for row in found),
        booked=sum(row.guest_id is not None for row in found),
        held=sum(bool(row.held_minutes) for row in found),
        held_minutes=sum(row.held_minutes or 0 for row in found),
        door=len(came),
        door_minutes=sum(row.minutes for row in came),
        matters=tuple((MATTERS[key], n) for key, n in sorted(matters.items())),
    )


def _visible(actor: Actor) -> QuerySet[models.SupportSlot]:
    """Return slots of colleagues she knows, those she booked with anybody, and the free ones of those who lead her."""
    known = Q(host__in=[person.id for person in accounts.staff(actor=actor)])
    if actor.user_id is not None:
        above = leading.leaders_of(user_id=actor.user_id, world=actor.world)
        known |= Q(guest=actor.user_id) | Q(guest=None, host__in=above)
    rows = in_world(models.SupportSlot.objects.filter(known, is_withdrawn=False), actor.world)
    return rows.select_related("host", "guest")


def _row(row: models.SupportSlot, *, actor: Actor, now: dt.datetime) -> SlotRow:
    is_ours = actor.user_id in {row.host_id, row.guest_id}
    return SlotRow(
        id=row.pk,
        host_id=row.host_id,
        host=row.host.name,
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=row.place,
        is_taken=row.guest_id is not None,
        guest=row.guest.name if row.guest and is_ours else "",
        about=row.about if is_ours else "",
        is_own=actor.user_id == row.host_id,
        is_mine=row.guest_id is not None and actor.user_id == row.guest_id,
        held_minutes=row.held_minutes if is_ours else None,
        is_over=row.starts_at + dt.timedelta(minutes=row.minutes) <= now,
        version=row.version,
    )
