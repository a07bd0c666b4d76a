"""Read the times people write in exports, without `strptime` for each row and without guessing row by row.

A column is read by one rule for all its rows:

* ``iso``: the year comes first (``2012/10/09 14:50:17.000``, ``2012-10-09T14:50:17Z``, ``20121009T145017``);
* ``dmy`` and ``mdy``: day or month first (``29/2/2016 01:16``, ``02/29/2016 01:16:00 AM``); a year that
  comes first is still understood, for it cannot be mistaken;
* ``epoch_s`` and ``epoch_ms``: seconds or milliseconds since 1970;
* anything with a ``%``: an explicit `datetime.strptime` format.

English month names are understood under ``iso``, ``dmy`` and ``mdy`` alike. A time with an offset is exact. A
time without one is read in the named time zone; one that happened twice there (clocks went back) is taken as
the first, and one that never happened (clocks went forward) keeps the offset from before the change, which
moves it forward by the width of the gap. Both are flagged.

>>> reader = TimeReader(time_format="dmy", timezone="Europe/Rome")
>>> reader.read("29/2/2016 01:16").at
datetime.datetime(2016, 2, 29, 0, 16, tzinfo=datetime.timezone.utc)
>>> reader.read("31/2/2016 01:16").at is None
True
>>> reader.read("27/3/2016 02:30").flag
'time_skipped_by_clock_change'
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from wellserved.science.formats.errors import MappingError

__all__ = ["TIME_FORMATS", "Reading", "TimeReader", "date_order", "parse_time"]

TIME_FORMATS: Final = ("iso", "dmy", "mdy", "epoch_s", "epoch_ms")
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2199
LONGEST_TIME: Final = 64
CACHE_LIMIT: Final = 200_000

_CLOCK = (
    r"(?:(?:T|,?\s+(?:at\s+)?)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?:\s*(?P<ap>[AaPp])\.?[Mm]\.?)?)?"
    r"\s*(?P<z>Z|z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|UTC|GMT|[+-]\d{2})?"
)
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<b>{'|'.join(_MONTH_NAMES)})[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_FLAGS = re.ASCII | re.IGNORECASE
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})" + _CLOCK, _FLAGS)
_NUMBER_FIRST = re.compile(r"(?P<p>\d{1,2})([-/.])(?P<q>\d{1,2})\2(?P<y>\d{4}|\d{2})" + _CLOCK, _FLAGS)
_DAY_NAME_YEAR = re.compile(
    _WEEKDAY + r"(?P<d>\d{1,2})[-\s./]" + _MONTH + r"[-\s./,]+(?P<y>\d{4}|\d{2})" + _CLOCK, _FLAGS
)
_NAME_DAY_YEAR = re.compile(_WEEKDAY + _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + _CLOCK, _FLAGS)
_NAME_DAY_CLOCK_YEAR = re.compile(
    _WEEKDAY
    + _MONTH
    + r"\s+(?P<d>\d{1,2})\s+(?P<H>\d{2}):(?P<M>\d{2}):(?P<S>\d{2})(?P<f>)(?P<ap>)"
    + r"\s+(?:(?P<z>[+-]\d{4}|UTC|GMT)\s+)?(?P<y>\d{4})",
    _FLAGS,
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?P<ap>)(?P<z>Z|[+-]\d{2}:?\d{2})?",
    _FLAGS,
)
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text says about time: the moment in UTC (None when it cannot be read) and a flag, if any."""

    at: dt.datetime | None
    flag: str = ""


def parse_time(text: str, time_format: str) -> dt.datetime | None:
    """Read one time by one rule; the answer has a zone only if the text has one, and is None if unreadable.

    >>> parse_time("02/29/2016 01:16:00 PM", "mdy")
    datetime.datetime(2016, 2, 29, 13, 16)
    >>> parse_time("02/29/2016 01:16:00 PM", "dmy") is None
    True
    """
    text = text.strip()
    if not text or len(text) > LONGEST_TIME:
        return None
    try:
        if "%" in time_format:
            moment: dt.datetime | None = dt.datetime.strptime(text, time_format)  # noqa: DTZ007
        elif time_format.startswith("epoch"):
            moment = _from_epoch(text, time_format)
        else:
            moment = _from_words(text, time_format)
    except (ValueError, OverflowError, IndexError):
        return None
    if moment is None or not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return moment


def date_order(text: str) -> str:
    """Say what one text can tell about its column's rule.

    The answer is ``iso`` (year first or a month name), ``dmy`` or ``mdy`` (only that order makes a date),
    ``either``, or nothing when the text is no time at all.

    >>> [date_order(text) for text in ("2016-02-29", "29/2/2016 01:16", "2/29/2016", "3/4/2016", "Group 70")]
    ['iso', 'dmy', 'mdy', 'either', '']
    """
    if not any(character.isdigit() for character in text):
        return ""
    if _NUMBER_FIRST.fullmatch(text.strip()) is None:
        return "iso" if parse_time(text, "iso") is not None else ""
    day_first = parse_time(text, "dmy") is not None
    month_first = parse_time(text, "mdy") is not None
    if day_first and month_first:
        return "either"
    return "dmy" if day_first else "mdy" if month_first else ""


class TimeReader:
    """Reads a column of times by one rule, remembering what it has read."""

    __slots__ = ("_cache", "_format", "_zone")

    def __init__(self, *, time_format: str, timezone: str) -> None:
        self._format = time_format
        self._zone = load_zone(timezone)
        self._cache: dict[str, Reading] = {}

    def read(self, text: str) -> Reading:
        """Give the moment a text names, in UTC."""
        reading = self._cache.get(text)
        if reading is None:
            if len(self._cache) >= CACHE_LIMIT:
                self._cache.clear()
            reading = self._cache[text] = self._read(text)
        return reading

    def _read(self, text: str) -> Reading:
        moment = parse_time(text, self._format)
        if moment is None:
            return Reading(at=None)
        if moment.tzinfo is not None:
            return Reading(at=moment.astimezone(dt.UTC))
        earlier = moment.replace(tzinfo=self._zone, fold=0)
        at = earlier.astimezone(dt.UTC)
        before, after = earlier.utcoffset(), moment.replace(tzinfo=self._zone, fold=1).utcoffset()
        if before is None or after is None or before == after:
            return Reading(at=at)
        return Reading(at=at, flag="time_happened_twice" if before > after else "time_skipped_by_clock_change")


def load_zone(name: str) -> ZoneInfo:
    """Find an IANA time zone, or say how one is written."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        msg = f"There is no time zone {name!r}: write one like 'Europe/London' or 'UTC'."
        raise MappingError(msg) from error


def require_layout(layout: str) -> None:
    """Refuse an explicit format that `strptime` itself does not know.

    >>> require_layout("%d.%m.%Y")
    """
    try:
        dt.datetime.strptime("", layout)  # noqa: DTZ007 - only the layout is of interest
    except (ValueError, IndexError, re.error) as error:
        if "does not match format" not in str(error):
            msg = f"The time format {layout!r} cannot be used ({error}): write one like '%d.%m.%Y %H:%M'."
            raise MappingError(msg) from error


def _from_epoch(text: str, time_format: str) -> dt.datetime:
    number = float(text)
    return _EPOCH + dt.timedelta(seconds=number / 1000 if time_format == "epoch_ms" else number)


def _from_words(text: str, order: str) -> dt.datetime | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match is not None:
        return _build(match, int(match["y"]), int(match["m"]), int(match["d"]))
    match = _NUMBER_FIRST.fullmatch(text)
    if match is not None:
        if order not in {"dmy", "mdy"}:
            return None
        first, second = int(match["p"]), int(match["q"])
        month, day = (second, first) if order == "dmy" else (first, second)
        return _build(match, _full_year(match["y"]), month, day)
    match = _COMPACT.fullmatch(text)
    if match is not None:
        return _build(match, int(match["y"]), int(match["m"]), int(match["d"]))
    for pattern in (_DAY_NAME_YEAR, _NAME_DAY_YEAR, _NAME_DAY_CLOCK_YEAR):
        match = pattern.fullmatch(text)
        if match is not None:
            return _build(match, _full_year(match["y"]), _MONTHS[match["b"].lower()], int(match["d"]))
    return None


def _full_year(text: str) -> int:
    """Two digits are read as POSIX does: 69 to 99 are the last century."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 69 else 2000)


def _build(match: re.Match[str], year: int, month: int, day: int) -> dt.datetime:
    hour = int(match["H"] or 0)
    half = (match["ap"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            msg = "a twelve-hour clock has hours 1 to 12"
            raise ValueError(msg)
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = match["f"] or ""
    return dt.datetime(  # the zone is absent when the text has none: the caller knows the column's zone
        year,
        month,
        day,
        hour,
        int(match["M"] or 0),
        int(match["S"] or 0),
        int(fraction[:6].ljust(6, "0")) if fraction else 0,
        tzinfo=_offset(match["z"]),
    )


def _offset(text: str | None) -> dt.timezone | None:
    if not text:
        return None
    digits = text.upper().removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if digits in {"", "Z"}:
        return dt.UTC
    hours, minutes = int(digits[1:3]), int(digits[3:5] or 0)
    if hours > 14 or minutes > 59:
        msg = "an offset lies within fourteen hours of UTC"
        raise ValueError(msg)
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if digits[0] == "-" else offset)
