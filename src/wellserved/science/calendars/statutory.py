"""Dates that laws and codes set: calendar months, weeks and business days from a date of receipt.

Pure dates and a set of holidays. Which rule applied when is data outside science, read by `rulepacks`: each pack is
dated, so a change of the law adds a version and leaves old cases under the rule they began with.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from wellserved.science.calendars.errors import CalendarError, Unreachable

_LONGEST_SEARCH = 10_000


class Unit(StrEnum):
    """What a statutory period is counted in."""

    DAYS = "days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryRule:
    """One period of one law or code, with the dates of receipt it applies to.

    `counts_receipt` makes the day of receipt day one; `rolls` moves a due date that is no business day to the
    next.

    >>> rule = StatutoryRule(key="x", title="Acknowledge", count=30, unit=Unit.DAYS, rolls=True)
    >>> rule.due(date(2026, 6, 20))
    datetime.date(2026, 7, 20)
    """

    key: str
    title: str
    count: int
    unit: Unit
    rolls: bool = False
    counts_receipt: bool = False
    effective_from: date = date.min
    effective_to: date = date.max

    def due(self, received: date, holidays: Collection[date] = ()) -> date:
        """Return the last day on which the duty is met in time."""
        begun = received - timedelta(days=1) if self.counts_receipt else received
        match self.unit:
            case Unit.DAYS:
                due = begun + timedelta(days=self.count)
            case Unit.WEEKS:
                due = add_weeks(begun, self.count)
            case Unit.MONTHS:
                due = add_months(begun, self.count)
            case Unit.BUSINESS_DAYS:
                due = add_business_days(begun, self.count, holidays)
        return roll_forward(due, holidays) if self.rolls else due


def is_business_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Say whether a date is Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def roll_forward(day: date, holidays: Collection[date] = ()) -> date:
    """Return `day`, or the next business day when it is none.

    >>> roll_forward(date(2026, 10, 3))
    datetime.date(2026, 10, 5)
    """
    for ahead in range(_LONGEST_SEARCH):
        found = day + timedelta(days=ahead)
        if is_business_day(found, holidays):
            return found
    raise Unreachable(f"There is no business day within {_LONGEST_SEARCH:,} days of {day}.")


def add_months(day: date, count: int) -> date:
    """Return the same day `count` calendar months on, or the last day of a shorter month.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise CalendarError(f"{count:,} months from {day} is outside the years 1 to 9999; give fewer months.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_weeks(day: date, count: int) -> date:
    """Return the same weekday `count` weeks on.

    >>> add_weeks(date(2026, 12, 18), 8)
    datetime.date(2027, 2, 12)
    """
    return day + timedelta(weeks=count)


def add_business_days(received: date, count: int, holidays: Collection[date] = ()) -> date:
    """Return the `count`-th business day after the day of receipt, which itself never counts.

    >>> add_business_days(date(2026, 12, 18), 3)
    datetime.date(2026, 12, 23)
    """
    if not 1 <= count <= _LONGEST_SEARCH:
        raise CalendarError(f"Give 1 to {_LONGEST_SEARCH:,} business days, not {count}.")
    day = received
    for _ in range(count):
        day = roll_forward(day + timedelta(days=1), holidays)
    return day


def months_after_receipt(received: date, count: int, holidays: Collection[date] = ()) -> date:
    """Return the date `count` months on, cut to a short month and rolled to a business day.

    >>> months_after_receipt(date(2026, 9, 3), 1)
    datetime.date(2026, 10, 5)
    """
    return roll_forward(add_months(received, count), holidays)


def wall_hours(start: datetime, end: datetime) -> float:
    """Return the hours the wall clock seems to show between two local datetimes, blind to clock changes.

    Beside `WorkingCalendar.always(tz).elapsed`, which is true, it shows what reading a rota by eye would
    give.

    >>> from zoneinfo import ZoneInfo
    >>> london = ZoneInfo("Europe/London")
    >>> wall_hours(datetime(2027, 3, 27, 19, 30, tzinfo=london), datetime(2027, 3, 28, 6, 30, tzinfo=london))
    11.0
    """
    return (end.replace(tzinfo=None) - start.replace(tzinfo=None)) / timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A stretch in which a period stands still, because something had to come from the person who asked.

    `ends` is the day it came, or None while it is awaited. With `restarts` the period begins on that day, as when a
    request counts only from proof of identity; otherwise the days of the wait are added to it.
    """

    begins: date
    ends: date | None = None
    restarts: bool = False


def due_after_waits(
    rule: StatutoryRule, received: date, waits: Iterable[Wait], holidays: Collection[date] = ()
) -> date | None:
    """Return the last day in time after every wait is taken off, or None while one of them is still open.

    >>> rule = StatutoryRule(key="x", title="Answer", count=1, unit=Unit.MONTHS)
    >>> due_after_waits(rule, date(2026, 9, 3), [Wait(begins=date(2026, 9, 5), ends=date(2026, 9, 15))])
    datetime.date(2026, 10, 13)
    """
    known = list(waits)
    closed = [(wait.begins, wait.ends, wait.restarts) for wait in known if wait.ends is not None]
    if len(closed) < len(known):
        return None
    start = max([received, *(ends for _, ends, restarts in closed if restarts)])
    idle = {
        begins + timedelta(days=n)
        for begins, ends, restarts in closed
        if not restarts
        for n in range(max(0, (ends - begins).days))
        if begins + timedelta(days=n) >= start
    }
    if not idle:
        return rule.due(start, holidays)
    plain = replace(rule, rolls=False)
    if rule.unit == Unit.BUSINESS_DAYS:
        worked = sum(is_business_day(day, holidays) for day in idle)
        due = replace(plain, count=rule.count + worked).due(start, holidays)
    else:
        due = plain.due(start, holidays) + timedelta(days=len(idle))
    return roll_forward(due, holidays) if rule.rolls else due


def warning_days(start: date, due: date, holidays: Collection[date] = ()) -> tuple[date, date]:
    """Return when three quarters of a period are over, and the day two business days before it ends.

    >>> warning_days(date(2026, 12, 18), date(2027, 2, 12))
    (datetime.date(2027, 1, 29), datetime.date(2027, 2, 10))
    """
    before = due
    for _ in range(2):
        before -= timedelta(days=1)
        while not is_business_day(before, holidays) and before > start:
            before -= timedelta(days=1)
    return start + timedelta(days=(due - start).days * 3 // 4), max(start, before)


def rule_in_force(key: str, on: date, rules: Iterable[StatutoryRule]) -> StatutoryRule:
    """Return the rule of that key which applies to something received on a date.

    >>> week = StatutoryRule(key="x", title="Answer", count=1, unit=Unit.WEEKS, effective_from=date(2026, 4, 8))
    >>> rule_in_force("x", date(2026, 4, 8), [week]).count
    1

    Raises:
        CalendarError: No such rule applies on that date.
    """
    known = list(rules)
    for rule in known:
        if rule.key == key and rule.effective_from <= on <= rule.effective_to:
            return rule
    keys = ", ".join(sorted({rule.key for rule in known if rule.effective_from <= on <= rule.effective_to}))
    raise CalendarError(f"No rule {key!r} applies on {on}; rules in force then: {keys or 'none'}.")
