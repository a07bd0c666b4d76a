"""Time kept free for colleagues: offered, booked, held; and the open door."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import words
from wellserved.apps.development.queries import support as queries
from wellserved.apps.development.types.support import MATTERS
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.platform.errors import Conflict, Refused
from wellserved.platform.origin import live_origin

SLOT = "development.slot"
MOST_WEEKS = 12


@transaction.atomic
def offer(
    *, actor: Actor, starts_at: dt.datetime, minutes: int, place: str = "", weeks: int = 1, now: dt.datetime
) -> tuple[int, ...]:
    """Keep some minutes free, the same in each of some weeks; return the slots' ids."""
    accounts.check_can(
        actor, accounts.EDIT_PEOPLE, "Team leaders and managers offer support slots; book one of theirs."
    )
    words.number(minutes, low=5, high=480, field="minutes")
    words.number(weeks, low=1, high=MOST_WEEKS, field="weeks")
    first = words.moment(starts_at, after=now, field="starts_at")
    days = [first + dt.timedelta(weeks=week) for week in range(weeks)]
    taken = models.SupportSlot.objects.filter(host=actor.user_id, starts_at__in=days, is_withdrawn=False)
    if taken.exists():
        raise Conflict("You offer a slot at that time already.", code="slot_twice", field="starts_at")
    made = [
        models.SupportSlot.objects.create(
            host_id=actor.person_id,
            starts_at=day,
            minutes=minutes,
            place=words.said(place, 120, field="place"),
            origin=live_origin(actor.world),
        ).pk
        for day in days
    ]
    for pk, day in zip(made, days, strict=True):
        _tell(actor, pk, "development.offer_slot", now, starts_at=(None, day.isoformat()), minutes=(None, minutes))
    return tuple(made)


@transaction.atomic
def book(*, actor: Actor, slot_id: int, about: str = "", version: int | None = None, now: dt.datetime) -> None:
    """Take a slot; what it is about is for the two alone."""
    row = _locked(actor, slot_id, version)
    if row.host_id == actor.user_id:
        raise Refused("This is your own slot, for your colleagues.", code="own_slot")
    if row.guest_id is not None:
        raise Conflict("Somebody was quicker: this slot is taken. Choose another.", code="slot_taken")
    if row.starts_at <= now:
        raise Conflict("This slot has begun. Choose one to come.", code="slot_over")
    row.guest_id, row.about = actor.user_id, words.said(about, 300, field="about")
    _save(row, "guest", "about")
    _tell(actor, row.pk, "development.book_slot", now)


@transaction.atomic
def keep_for(*, actor: Actor, slot_id: int, user_id: int, about: str, now: dt.datetime) -> dt.datetime:
    """Give a colleague one of one's own free slots, and call her to it; return when it is."""
    row = _locked(actor, slot_id, None)
    if row.host_id != actor.user_id:
        raise Refused("Only its host gives a slot to somebody.", code="not_your_slot")
    if row.guest_id is not None or row.is_withdrawn or row.starts_at <= now:
        raise Conflict("This slot is not free any more. Choose another.", code="slot_taken", field="slot")
    row.guest_id, row.about = user_id, words.said(about, 300, field="about")
    _save(row, "guest", "about")
    _tell(actor, row.pk, "development.keep_slot", now)
    text = f"A support slot is kept for you: {about}."
    calling.call(by=actor, subject=(SLOT, row.pk), user_id=user_id, text=text, now=now)
    return row.starts_at


@transaction.atomic
def give_back(*, actor: Actor, slot_id: int, version: int | None = None, now: dt.datetime) -> None:
    """Free a slot one booked; or withdraw, as its host, one that nobody has booked."""
    row = _locked(actor, slot_id, version)
    if row.held_minutes is not None:
        raise Conflict("This slot was held.", code="slot_over")
    if actor.user_id == row.guest_id:
        row.guest_id, row.about = None, ""
        _save(row, "guest", "about")
        _tell(actor, row.pk, "development.free_slot", now)
        return
    if actor.user_id != row.host_id:
        raise Refused("Only whoever booked it gives it back.", code="not_your_slot")
    if row.guest_id is not None:
        raise Conflict("A colleague counts on it: talk to her first.", code="slot_taken")
    row.is_withdrawn = True
    _save(row, "is_withdrawn")
    _tell(actor, row.pk, "development.withdraw_slot", now)


@transaction.atomic
def confirm(*, actor: Actor, slot_id: int, held_minutes: int, version: int | None = None, now: dt.datetime) -> None:
    """Say, as its host, how long a slot took; none when nobody came."""
    row = _locked(actor, slot_id, version)
    if actor.user_id != row.host_id:
        raise Refused("Only its host says how long it took.", code="not_your_slot")
    if row.guest_id is None or row.starts_at > now:
        raise Conflict("Nobody booked this slot, or it is still to come.", code="slot_not_held")
    row.held_minutes = words.number(held_minutes, low=0, high=480, field="held_minutes")
    _save(row, "held_minutes")
    _tell(actor, row.pk, "development.confirm_slot", now, held_minutes=(None, held_minutes))


@transaction.atomic
def open_door(*, actor: Actor, minutes: int, matter: str, now: dt.datetime) -> int:
    """Note that somebody came by: how long it took and what sort of matter it was, never who it was."""
    accounts.check_can(actor, accounts.EDIT_PEOPLE, "The open-door log is kept by those who lead a team.")
    row = models.OpenDoor.objects.create(
        host_id=actor.person_id,
        held_at=now,
        minutes=words.number(minutes, low=1, high=480, field="minutes"),
        matter=words.choice(matter, MATTERS, field="matter"),
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.open_door",
        subject=("development.door", row.pk),
        now=now,
        changes={"minutes": (None, minutes), "matter": (None, matter)},
    )
    return row.pk


def _locked(actor: Actor, slot_id: int, version: int | None) -> models.SupportSlot:
    queries.find(actor=actor, slot_id=slot_id)
    row = models.SupportSlot.objects.select_for_update().get(pk=slot_id)
    holding.check_version(row.version, version)
    return row


def _save(row: models.SupportSlot, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _tell(actor: Actor, pk: int, action: str, now: dt.datetime, **changes: tuple[object, object]) -> None:
    ledger.record(actor=actor, action=action, subject=(SLOT, pk), now=now, changes=changes)
