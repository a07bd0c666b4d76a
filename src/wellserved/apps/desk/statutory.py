"""The law's clocks on one complaint: the pack's rules and what has happened so far, turned into dates. Pure."""

import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Mapping

from wellserved.apps.desk.types.complaints import StatutoryClock
from wellserved.science.calendars import ClockRule, RulePack, Wait, due_after_waits, warning_days

RESTARTS = frozenset({"identity", "fee"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What has happened to a complaint so far, in the days of the place whose law holds.

    `waits` are (reason, stretch); `sent` maps a letter to the day it was first sent, and `close` to the day of closing.
    """

    received_on: dt.date
    holidays: frozenset[dt.date] = frozenset()
    waits: tuple[tuple[str, Wait], ...] = ()
    sent: Mapping[str, dt.date] = dataclasses.field(default_factory=dict)
    extended: frozenset[str] = frozenset()


def clocks(rules: RulePack, case: Case, *, today: dt.date) -> tuple[StatutoryClock, ...]:
    """Return the clocks that run or ran on this complaint, in the order of the pack.

    An extension shows once it is granted, and then stands in for the clock it extends.
    """
    granted = {clock.extends: clock.key for clock in rules.clocks if clock.extends and clock.extends in case.extended}
    shown = [clock for clock in rules.clocks if not clock.extends or clock.extends in case.extended]
    return tuple(_clock(rules, clock, case, today=today, extended_by=granted.get(clock.key, "")) for clock in shown)


def due_if_extended(rules: RulePack, case: Case, *, key: str) -> tuple[ClockRule, dt.date | None] | None:
    """Return the clock that would stand in for this one and its due day, or None when the pack knows no extension."""
    found = next((clock for clock in rules.clocks if clock.extends == key), None)
    return (found, _due(found, case)) if found else None


def local_day(rules: RulePack, at: dt.datetime) -> dt.date:
    """Return the day it is where the pack's law holds."""
    return at.astimezone(zoneinfo.ZoneInfo(rules.time_zone)).date()


def _due(clock: ClockRule, case: Case) -> dt.date | None:
    waits = [wait for reason, wait in case.waits if reason in clock.waits]
    return due_after_waits(clock.rule, case.received_on, waits, case.holidays)


def _clock(rules: RulePack, clock: ClockRule, case: Case, *, today: dt.date, extended_by: str) -> StatutoryClock:
    due = _due(clock, case)
    stops = [case.sent[key] for key in clock.stops_on if key in case.sent]
    stopped = min(stops) if stops else None
    started = max(
        [case.received_on, *(w.ends for reason, w in case.waits if reason in RESTARTS & set(clock.waits) and w.ends)]
    )
    warn, last = warning_days(started, due, case.holidays) if due else (None, None)
    return StatutoryClock(
        key=clock.key,
        title=clock.rule.title,
        sentence=clock.sentence,
        is_route=clock.is_route,
        letter=clock.letter,
        started_on=started,
        due_on=due,
        due_at=_midnight(rules, due + dt.timedelta(days=1)) if due else None,
        warn_at=_midnight(rules, warn) if warn else None,
        last_call_at=_midnight(rules, last) if last else None,
        stopped_on=stopped,
        extended_by=extended_by,
        state="extended" if extended_by else _state(clock, due=due, stopped=stopped, today=today),
        days_left=(due - today).days if due and stopped is None else None,
    )


def _state(clock: ClockRule, *, due: dt.date | None, stopped: dt.date | None, today: dt.date) -> str:
    if stopped is not None:
        return "met" if due is None or stopped <= due else "late"
    if due is None:
        return "waiting"
    if today <= due:
        return "running"
    return "gone" if clock.is_route else "passed"


def _midnight(rules: RulePack, day: dt.date) -> dt.datetime:
    zone = zoneinfo.ZoneInfo(rules.time_zone)
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)
