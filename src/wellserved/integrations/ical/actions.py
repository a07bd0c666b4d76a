"""Read closed days from an address into a calendar: on demand, and once a day where the address is kept."""

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import actions as standards
from wellserved.apps.standards import adapters, policies
from wellserved.apps.standards import queries as standard_queries
from wellserved.apps.standards.types import CalendarVersion
from wellserved.integrations.ical import queries
from wellserved.integrations.ical.fetching import fetch
from wellserved.integrations.ical.models import Feed
from wellserved.platform.errors import Conflict, ServiceError
from wellserved.platform.origin import world_of

logger = logging.getLogger(__name__)

KIND = "standards.calendar"
YEARS_AHEAD = 3


def read(
    *, actor: Actor, calendar_id: int, url: str, keep: bool = False, allowed: Collection[str] = (), now: dt.datetime
) -> int:
    """Write the closed days that stand at an address into a calendar, and return how many were new.

    New days make a new version; an address that brings none changes nothing. With `keep` it is read again each day.
    Nothing is asked outside while a change is under way here.
    """
    policies.require_edit(actor)
    _newest(actor, calendar_id)
    found = _Read(fetch(url, allowed=allowed), now=now)
    # What takes long is done before anybody has to wait for the calendar.
    found.days_in(_newest(actor, calendar_id).spec["tz"])
    with transaction.atomic():
        added = _write(actor, calendar_id, found, url=url, now=now)
        if keep:
            _keep(actor, calendar_id, url.strip(), days=added, now=now)
    return added


def _newest(actor: Actor, calendar_id: int) -> CalendarVersion:
    """Return the version a change begins from, or say that there is no such calendar."""
    return standard_queries.calendar_history(actor=actor, calendar_id=calendar_id)[0]


class _Read:
    """A feed, with its closed days by the zone they are told in."""

    def __init__(self, text: str, *, now: dt.datetime) -> None:
        self._text, self._years = text, range(now.year, now.year + YEARS_AHEAD + 1)
        self._days: dict[str, list[dict[str, str]]] = {}

    def days_in(self, tz: str) -> list[dict[str, str]]:
        """Return the closed days of the coming years; each zone is worked out once."""
        if tz not in self._days:
            self._days[tz] = adapters.holidays_of_ical(self._text, years=self._years, tz=tz)
        return self._days[tz]


def _write(actor: Actor, calendar_id: int, found: _Read, *, url: str, now: dt.datetime) -> int:
    standards.hold_calendar(actor=actor, calendar_id=calendar_id)
    newest = _newest(actor, calendar_id)
    known = {_key(day) for day in newest.spec.get("holidays", ())}
    new = [day for day in found.days_in(newest.spec["tz"]) if _key(day) not in known]
    if new:
        standards.save_calendar(
            actor=actor,
            calendar_id=calendar_id,
            name=newest.name,
            spec=adapters.with_holidays(newest.spec, new),
            reason=f"{len(new)} closed {'day' if len(new) == 1 else 'days'} read from {url.strip()}"[:300],
            now=now,
        )
    return len(new)


def _key(day: Any) -> tuple[str, str, str]:
    """Return what makes two closed days the same, whatever they are called."""
    return (day, "", "") if isinstance(day, str) else (day["date"], day.get("from", ""), day.get("to", ""))


def _keep(actor: Actor, calendar_id: int, url: str, *, days: int, now: dt.datetime) -> None:
    before = Feed.objects.select_for_update().filter(calendar=calendar_id).values_list("url", flat=True).first()
    Feed.objects.update_or_create(
        calendar_id=calendar_id,
        defaults={
            "url": url,
            "kept_at": now,
            "kept_by_id": actor.user_id,
            "read_at": now,
            "well_at": now,
            "days": days,
            "error": "",
        },
    )
    if before != url:
        _record(actor, "ical.keep", calendar_id, (before, url), now)


@transaction.atomic
def stop(*, actor: Actor, calendar_id: int, now: dt.datetime) -> None:
    """Read the address no longer; the closed days it brought stay."""
    policies.require_edit(actor)
    _newest(actor, calendar_id)
    row = Feed.objects.select_for_update().filter(calendar=calendar_id).first()
    if row is None:
        raise Conflict("No address is kept for this calendar any more.", code="feed_not_kept")
    url = row.url
    row.delete()
    _record(actor, "ical.stop", calendar_id, (url, None), now)


def _record(
    actor: Actor, action: str, calendar_id: int, change: tuple[str | None, str | None], now: dt.datetime
) -> None:
    ledger.record(actor=actor, action=action, subject=(KIND, calendar_id), now=now, changes={"ical.url": change})


def read_due(*, allowed: Collection[str] = (), now: dt.datetime) -> int:
    """Read each kept address that was not read for a day, and return how many brought new days.

    One that fails, however it fails, is tried again the next day; what was wrong stands beside it.
    """
    return sum(_read_kept(calendar_id, allowed, now) for calendar_id in queries.due(now=now))


def _read_kept(calendar_id: int, allowed: Collection[str], now: dt.datetime) -> bool:
    row = Feed.objects.select_related("calendar").filter(calendar=calendar_id).first()
    if row is None:
        return False
    house = accounts.system_actor(world=world_of(row.calendar.origin))
    said: dict[str, Any] = {"read_at": now}
    try:
        added = read(actor=house, calendar_id=calendar_id, url=row.url, allowed=allowed, now=now)
    except ServiceError as wrong:
        logger.info("the address of calendar %s cannot be read: %s", calendar_id, wrong.code)
        error = wrong.sentence
    except Exception:
        # One feed nobody thought of must not keep the others from being read.
        logger.exception("the address of calendar %s cannot be read", calendar_id)
        error = "It could not be read."
    else:
        Feed.objects.filter(pk=row.pk, url=row.url).update(**said, well_at=now, days=added, error="")
        return added > 0
    Feed.objects.filter(pk=row.pk, url=row.url).update(**said, error=error[:300])
    return False
