"""Holidays as data: from the `holidays` library and from iCalendar feeds."""

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import icalendar
from holidays.registry import COUNTRIES

from wellserved.science.calendars.definition import DAY, MAX_ENTRIES, Holiday, sort_holidays
from wellserved.science.calendars.errors import CalendarError
from wellserved.science.calendars.zones import FIRST_YEAR, LAST_YEAR, load_zone

MAX_YEARS = 100
MAX_FEED_CHARACTERS = 2_000_000
MAX_EVENT_DAYS = 400
MAX_EVENTS = 10_000
MAX_REPEATED_EVENTS = 500
MAX_DATES_IN_RULE = 24
MAX_DAYS_TOUCHED = 200_000
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORD_BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
_RULE_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"}


def holiday_dates(country: str, subdivision: str | None, years: Iterable[int]) -> tuple[tuple[date, str], ...]:
    """Return (date, name) of the public holidays of a country or part of one, sorted.

    `country` and `subdivision` are ISO 3166 codes as the `holidays` library spells them ("GB", "ENG").

    >>> holiday_dates("GB", "ENG", [2026])[-1]
    (datetime.date(2026, 12, 28), 'Boxing Day (observed)')

    Raises:
        CalendarError: The country, the subdivision or a year is not known.
    """
    wanted = _read_years(years)
    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=wanted)
    except (NotImplementedError, TypeError, ValueError, AttributeError) as error:
        raise CalendarError(_unknown_place(country, subdivision or "")) from error
    return tuple(sorted((day, name) for day, name in found.items() if day.year in wanted))


@functools.cache
def holiday_countries() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country whose public holidays are known, by name.

    >>> dict(holiday_countries())["JP"], dict(holiday_countries())["US"]
    ('Japan', 'United States')
    """
    named = ((known[1], _WORD_BEGINS.sub(" ", known[0])) for known in COUNTRIES.values())
    return tuple(sorted(named, key=lambda each: each[1]))


def _unknown_place(country: str, subdivision: str) -> str:
    parts = holidays.list_supported_countries().get(country)
    way = f"{country!r} has {', '.join(parts)}." if parts else "use codes such as 'GB' with 'ENG'."
    return f"There are no holidays for {country!r} {subdivision!r}; {way}"


def holidays_from_ical(text: str, *, years: Iterable[int], tz: str = "UTC") -> tuple[Holiday, ...]:
    """Return the events of an iCalendar feed as dated holidays in the given years.

    Whole-day events close whole days, timed events close their hours in the zone `tz`, events of several days
    close each. Yearly rules (INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY) are expanded within `years`
    only, dates under RDATE are added and under EXDATE left out, and cancelled events are skipped.

    Raises:
        CalendarError: The feed is malformed or too long, or repeats in a way other than yearly.
    """
    wanted, zone = set(_read_years(years)), load_zone(tz)
    if len(text) > MAX_FEED_CHARACTERS:
        raise CalendarError(f"The feed is longer than {MAX_FEED_CHARACTERS:,} characters; give holidays alone.")
    if "\0" in text:
        raise CalendarError("The feed holds NUL characters, which no text has; give a feed in UTF-8.")
    try:
        # Bytes are read as a feed; of one line of text the library would open the file it names.
        feed = icalendar.Calendar.from_ical(text.encode())
        events = list(feed.walk("VEVENT"))
    except (*_UNREADABLE, IndexError, RecursionError) as error:
        raise CalendarError("This is not an iCalendar feed; it must begin with BEGIN:VCALENDAR.") from error
    if len(events) > MAX_EVENTS:
        raise CalendarError(f"The feed has {len(events):,} events; at most {MAX_EVENTS:,} can be read.")
    if sum("RRULE" in event for event in events) > MAX_REPEATED_EVENTS:
        raise CalendarError(f"The feed has more than {MAX_REPEATED_EVENTS} repeated events; give holidays alone.")
    return sort_holidays(_close(events, wanted, zone))


def _close(events: Iterable[Any], wanted: set[int], zone: ZoneInfo) -> set[Holiday]:
    """Return what the events close in the wanted years, within limits of what is spread and of what is kept."""
    found: set[Holiday] = set()
    touched = 0
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        firsts, start, end = _read_event(event, wanted, zone)
        touched += len(firsts) * ((end - start).days + 1)
        if touched > MAX_DAYS_TOUCHED:
            raise CalendarError(f"The feed names more than {MAX_DAYS_TOUCHED:,} days; give holidays alone.")
        name = str(event.get("SUMMARY", "")).strip()
        for first in firsts:
            found.update(_spread(first, start, end, name, wanted))
        if len(found) > MAX_ENTRIES:
            raise CalendarError(f"The feed closes more than {MAX_ENTRIES:,} dates; ask for fewer years.")
    return found


def _read_years(years: Iterable[int]) -> list[int]:
    wanted = sorted(set(years))
    if not wanted or len(wanted) > MAX_YEARS or wanted[0] < FIRST_YEAR or wanted[-1] > LAST_YEAR:
        raise CalendarError(f"Give 1 to {MAX_YEARS} years between {FIRST_YEAR} and {LAST_YEAR}.")
    return wanted


def _read_event(event: Any, years: set[int], zone: ZoneInfo) -> tuple[list[date], datetime, datetime]:
    """Return the first dates that can reach into the wanted years, and the naive local start and end."""
    name = str(event.get("SUMMARY", "")).strip()
    try:
        start, end = _read_times(event, zone)
        skipped = set(_listed_dates(event, "EXDATE", zone))
        added = set(_listed_dates(event, "RDATE", zone))
        repeated = set(_repeat(event.get("RRULE"), start.date(), years, zone))
    except _UNREADABLE as error:
        if isinstance(error, CalendarError):
            raise
        raise CalendarError(f"The event {name[:80]!r} cannot be read; look at its dates and its rule.") from error
    near = years | {year - 1 for year in years} | {year - 2 for year in years}
    return sorted(first for first in (repeated | added) - skipped if first.year in near), start, end


def _read_times(event: Any, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return naive local start and end; a whole-day event ends at the midnight after it."""
    if "DTSTART" not in event:
        raise CalendarError(f"The event {str(event.get('SUMMARY', ''))!r} has no start; give it DTSTART.")
    opened = event["DTSTART"].dt
    start = _to_local(opened, zone)
    if "DTEND" in event:
        end = _to_local(event["DTEND"].dt, zone)
    elif "DURATION" in event:
        end = start + event["DURATION"].dt
    else:
        end = start + (timedelta() if isinstance(opened, datetime) else timedelta(days=1))
    if end < start or end - start > timedelta(days=MAX_EVENT_DAYS):
        raise CalendarError(f"The event on {start.date()} must end after it starts, within {MAX_EVENT_DAYS} days.")
    return start, end


def _to_local(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value if value.tzinfo is None else value.astimezone(zone).replace(tzinfo=None)


def _listed_dates(event: Any, key: str, zone: ZoneInfo) -> Iterator[date]:
    listed = event.get(key, [])
    for line in listed if isinstance(listed, list) else [listed]:
        for entry in line.dts:
            yield _to_local(entry.dt, zone).date()


def _repeat(rule: Any, first: date, years: set[int], zone: ZoneInfo) -> Iterator[date]:
    """Yield the first dates of each occurrence of a yearly rule, up to the last wanted year."""
    if rule is None:
        yield first
        return
    parts = {str(key).upper(): value if isinstance(value, list) else [value] for key, value in rule.items()}
    if [str(entry).upper() for entry in parts.get("FREQ", [])] != ["YEARLY"] or set(parts) - _RULE_PARTS:
        raise CalendarError(
            f"The event on {first} repeats in a way that cannot be read; yearly rules with INTERVAL, COUNT, "
            "UNTIL, BYMONTH, BYMONTHDAY and BYDAY can."
        )
    interval, left = int(parts.get("INTERVAL", [1])[0]), int(parts.get("COUNT", [1_000_000])[0])
    until = _to_local(parts["UNTIL"][0], zone).date() if "UNTIL" in parts else date.max
    if interval < 1 or first.year < FIRST_YEAR:
        raise CalendarError(f"The event on {first} must repeat every year or more rarely, from {FIRST_YEAR} on.")
    for year in range(first.year, max(years) + 1, interval):
        for day in _dates_in_year(parts, first, year):
            if day < first:
                continue
            if left <= 0 or day > until:
                return
            left -= 1
            yield day


def _dates_in_year(parts: dict[str, list[Any]], first: date, year: int) -> list[date]:
    months = {int(month) for month in parts.get("BYMONTH", [first.month])}
    codes = parts.get("BYDAY", parts.get("BYMONTHDAY", []))
    if len(months) * len(codes) > MAX_DATES_IN_RULE:
        raise CalendarError(f"The event on {first} has more than {MAX_DATES_IN_RULE} dates a year; list them singly.")
    if "BYDAY" in parts:
        if "BYMONTH" not in parts or "BYMONTHDAY" in parts:
            raise CalendarError(f"The event on {first} repeats by BYDAY; it needs BYMONTH beside it and nothing else.")
        return sorted({day for month in months for code in parts["BYDAY"] for day in _by_weekday(code, year, month)})
    wanted = [int(day) for day in parts.get("BYMONTHDAY", [first.day])]
    return sorted({day for month in months for number in wanted for day in _by_number(year, month, number)})


def _month_days(year: int, month: int) -> list[date]:
    begin = date(year, month, 1)
    days = [begin + timedelta(days=ahead) for ahead in range(31)]
    return [day for day in days if day.month == month]


def _by_number(year: int, month: int, number: int) -> list[date]:
    days = _month_days(year, month)
    index = number - 1 if number > 0 else len(days) + number
    return [days[index]] if number and 0 <= index < len(days) else []


def _by_weekday(code: Any, year: int, month: int) -> list[date]:
    text = str(code).upper()
    weekday, position = _WEEKDAYS.index(text[-2:]), text[:-2]
    days = [day for day in _month_days(year, month) if day.weekday() == weekday]
    if not position:
        return days
    number = int(position)
    index = number - 1 if number > 0 else len(days) + number
    return [days[index]] if number and 0 <= index < len(days) else []


def _spread(first: date, start: datetime, end: datetime, name: str, years: set[int]) -> Iterator[Holiday]:
    """Yield one holiday for each civil date an occurrence touches."""
    begin = datetime.combine(first, start.time())
    finish = begin + (end - start)
    day = first
    while datetime.combine(day, time()) < finish:
        midnight = datetime.combine(day, time())
        since = max(0, (begin - midnight) // timedelta(seconds=1))
        until = min(DAY, (finish - midnight) // timedelta(seconds=1))
        if day.year in years and since < until:
            yield Holiday(year=day.year, month=day.month, day=day.day, start=since, end=until, name=name)
        day += timedelta(days=1)
