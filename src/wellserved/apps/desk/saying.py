"""A promise said in one line, "I will ring you by Friday 14:00", as what and by when. Pure."""

import datetime as dt
import re
import zoneinfo

from wellserved.platform.errors import Invalid

# Without an hour, a day means its last hour of work.
END_OF_DAY = dt.time(17, 0)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BY = re.compile(r"\s+(?:by|within|before|in)\s+(?=[^\s])", re.IGNORECASE)
_LEAD = re.compile(r"^i(?:\s+will|'ll|\u2019ll)\s+", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,3}|an?|one)\s*(minute|min|hour|day|week)s?")
_CLOCK = re.compile(r"(?:\bat\s+)?\b(\d{1,2})(?::(\d{2})|\.(\d{2}))?\s*(am|pm)?$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})(?:\s+(\d{4}))?")


def read_promise(line: str, *, now: dt.datetime, zone: str) -> tuple[str, dt.datetime]:
    """Return what is promised and by when, read from one line in the writer's zone.

    The time is what follows the last "by": today, tomorrow, a weekday, 12 March or 2026-03-12, with an hour or without,
    or a span such as 2 hours.

    >>> tuesday = dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)
    >>> what, due = read_promise("I will ring you back by Friday 14:00", now=tuesday, zone="Europe/London")
    >>> what, due.isoformat()
    ('ring you back', '2026-03-06T14:00:00+00:00')
    """
    words = " ".join(line.split()).rstrip(".")
    parts = list(_BY.finditer(words))
    for found in reversed(parts):
        due = _moment(words[found.end() :].casefold(), now=now, zone=zoneinfo.ZoneInfo(zone))
        what = _LEAD.sub("", words[: found.start()]).strip(" ,")
        if due and what:
            return what, due
    raise Invalid(
        "Say what you promise and by when, for example “ring you back by Friday 14:00” or “send it by tomorrow”.",
        code="promise_line",
        field="promise",
    )


def _moment(text: str, *, now: dt.datetime, zone: zoneinfo.ZoneInfo) -> dt.datetime | None:
    local = now.astimezone(zone)
    if span := _SPAN.fullmatch(text):
        count = int(span[1]) if span[1].isdigit() else 1
        unit = {"minute": "minutes", "min": "minutes", "hour": "hours", "day": "days", "week": "weeks"}[span[2]]
        return now + dt.timedelta(**{unit: count})
    text, at = _hour(text)
    day = local.date() if not text and at else _day(text, today=local.date())
    if day is None:
        return None
    return dt.datetime.combine(day, at or END_OF_DAY, tzinfo=zone).astimezone(dt.UTC)


def _hour(text: str) -> tuple[str, dt.time | None]:
    """Return the text without its hour, and the hour; a number alone after a date is the day, not the hour."""
    if text.endswith("noon"):
        return text.removesuffix("noon").removesuffix("at ").strip(), dt.time(12, 0)
    found = _CLOCK.search(text)
    if found is None or not (found[2] or found[3] or found[4]):
        return text, None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "pm" else 0)
    if hour > 23 or minute > 59:
        return text, None
    return text[: found.start()].strip(" ,"), dt.time(hour, minute)


def _day(text: str, *, today: dt.date) -> dt.date | None:
    text = text.removeprefix("on ").removeprefix("this ").removeprefix("end of ").strip(" ,")
    if text in {"today", "tonight"}:
        return today
    if text == "tomorrow":
        return today + dt.timedelta(days=1)
    for place, name in enumerate(_DAYS):
        if text in {name, name[:3], f"next {name}"}:
            return today + dt.timedelta(days=(place - today.weekday() - 1) % 7 + 1)
    try:
        return _date(text, today=today)
    except ValueError:
        return None


def _date(text: str, *, today: dt.date) -> dt.date | None:
    if iso := _ISO.fullmatch(text):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DATE.fullmatch(text)
    if found is None or found[2][:3] not in _MONTHS:
        return None
    month, year = _MONTHS.index(found[2][:3]) + 1, int(found[3] or today.year)
    day = dt.date(year, month, int(found[1]))
    return day.replace(year=year + 1) if not found[3] and day < today else day
