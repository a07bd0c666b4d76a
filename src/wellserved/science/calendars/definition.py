"""Reading and writing the definition of a working calendar: windows, holidays and openings.

Times of day are whole seconds after local midnight. A span whose end lies beyond 86,400 runs into the
next day.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wellserved.science.calendars.errors import CalendarError

DAY = 86_400
MAX_ENTRIES = 10_000

Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]

_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_YEARLY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A closure on one date, or on the same date of every year when `year` is None.

    `start` and `end` are seconds after local midnight; a whole day is 0 to 86,400.

    >>> Holiday(month=12, day=25, name="Christmas Day").to_value()
    {'date': '12-25', 'name': 'Christmas Day'}
    """

    year: int | None = None
    month: int
    day: int
    start: int = 0
    end: int = DAY
    name: str = ""

    @property
    def exact_date(self) -> date | None:
        """The date of a dated holiday, None for a yearly one."""
        return None if self.year is None else date(self.year, self.month, self.day)

    @property
    def whole_day(self) -> bool:
        return self.start == 0 and self.end == DAY

    def date_in(self, year: int) -> date | None:
        """Return the date on which this falls in `year`, None when it does not."""
        if self.year is not None and self.year != year:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def to_value(self) -> str | dict[str, str]:
        """Return the shortest form `WorkingCalendar.from_dict` reads back as this holiday."""
        text = f"{self.month:02d}-{self.day:02d}"
        text = text if self.year is None else f"{self.year:04d}-{text}"
        if self.whole_day and not self.name:
            return text
        times = {} if self.whole_day else span_to_dict((self.start, self.end))
        return {"date": text} | times | ({"name": self.name} if self.name else {})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Opening:
    """Working time on one date beyond the weekly hours; it wins over holidays."""

    date: date
    start: int
    end: int

    def to_value(self) -> dict[str, str]:
        return {"date": self.date.isoformat()} | span_to_dict((self.start, self.end))


def read_time(text: object, *, closing: bool = False) -> int:
    """Return seconds after midnight of "HH:MM" or "HH:MM:SS"; "24:00" is a closing time only.

    >>> read_time("09:30"), read_time("24:00", closing=True)
    (34200, 86400)
    """
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found:
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        value = hour * 3600 + minute * 60 + second
        if minute < 60 and second < 60 and (value < DAY or (closing and value == DAY)):
            return value
    raise CalendarError(
        f"{text!r} is not a time of day; write 'HH:MM' from '00:00' to '23:59', or '24:00' as a closing time."
    )


def write_time(second: int) -> str:
    """Return "HH:MM", or "HH:MM:SS" when seconds matter; 86,400 is "24:00"."""
    hour, rest = divmod(second, 3600)
    minute, left = divmod(rest, 60)
    return f"{hour:02d}:{minute:02d}" + (f":{left:02d}" if left else "")


def read_span(opening: object, closing: object) -> Span:
    """Return (start, end) in seconds; a closing time at or before the opening time is on the next day.

    >>> read_span("22:00", "06:00")
    (79200, 108000)
    """
    start, end = read_time(opening), read_time(closing, closing=True)
    return (start, end if end > start else end + DAY)


def span_to_dict(span: Span) -> dict[str, str]:
    start, end = span
    return {"from": write_time(start), "to": write_time(end if end <= DAY else end - DAY)}


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with touching and overlapping ones joined.

    >>> merge_spans([(5, 9), (1, 3), (3, 6)])
    ((1, 9),)
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def read_week(value: object) -> Week:
    """Return seven tuples of spans inside the day, night shifts divided at midnight."""
    if not isinstance(value, Mapping):
        raise CalendarError("'hours' maps weekdays '0' (Monday) to '6' (Sunday) to lists of windows.")
    days: list[list[Span]] = [[] for _ in range(7)]
    for weekday, windows in value.items():
        if weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
            raise CalendarError(f"{weekday!r} is not a weekday; use '0' for Monday to '6' for Sunday.")
        for start, end in (_read_window(window) for window in _read_list(windows, f"hours of {weekday!r}")):
            days[int(weekday)].append((start, min(end, DAY)))
            if end > DAY:
                days[(int(weekday) + 1) % 7].append((0, end - DAY))
    return tuple(merge_spans(day) for day in days)


def write_week(week: Week) -> dict[str, list[list[str]]]:
    """Return the weekly windows, night shifts joined again over midnight."""
    tails = [_night_tail(week, weekday) for weekday in range(7)]
    written: dict[str, list[list[str]]] = {}
    for weekday, spans in enumerate(week):
        lines: list[list[str]] = []
        for span in spans:
            if span[0] == 0 and tails[weekday - 1] == span:
                continue
            tail = tails[weekday] if span[1] == DAY else None
            lines.append([write_time(span[0]), write_time(tail[1] if tail else span[1])])
        if lines:
            written[str(weekday)] = lines
    return written


def _night_tail(week: Week, weekday: int) -> Span | None:
    """Return the next day's first span when it carries on this day's last one, for less than 24 hours."""
    today, tomorrow = week[weekday], week[(weekday + 1) % 7]
    if not today or not tomorrow or today[-1][1] != DAY or tomorrow[0][0] != 0:
        return None
    return tomorrow[0] if 0 < tomorrow[0][1] <= today[-1][0] else None


def _read_window(value: object) -> Span:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise CalendarError(f"{value!r} is not a window; write an opening and a closing time: ['09:00', '17:30'].")
    return read_span(value[0], value[1])


def _read_list(value: object, what: str) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise CalendarError(f"The {what} must be a list.")
    if len(value) > MAX_ENTRIES:
        raise CalendarError(f"The {what} may hold at most {MAX_ENTRIES:,} entries, and here are {len(value):,}.")
    return value


def read_holidays(value: object) -> tuple[Holiday, ...]:
    """Return the holidays sorted by date, each once."""
    found = {read_holiday(entry) for entry in _read_list(value, "'holidays'")}
    return tuple(sorted(found, key=_holiday_order))


def _holiday_order(holiday: Holiday) -> tuple[int, int, int, int, int, str]:
    return (holiday.year or 0, holiday.month, holiday.day, holiday.start, holiday.end, holiday.name)


def sort_holidays(holidays: Iterable[Holiday]) -> tuple[Holiday, ...]:
    return tuple(sorted(set(holidays), key=_holiday_order))


def read_holiday(value: object) -> Holiday:
    """Return the holiday of "MM-DD", "YYYY-MM-DD" or {"date", "from", "to", "name"}."""
    if isinstance(value, str):
        year, month, day = _read_date(value)
        return Holiday(year=year, month=month, day=day)
    if not isinstance(value, Mapping):
        raise CalendarError(f"{value!r} is not a holiday; write '12-25', '2026-12-28' or {{'date': '12-24', ...}}.")
    refuse_unknown(value, {"date", "from", "to", "name"}, "A holiday")
    year, month, day = _read_date(value.get("date"))
    start, end = read_span(value.get("from", "00:00"), value.get("to", "24:00"))
    name = value.get("name", "")
    if not isinstance(name, str):
        raise CalendarError(f"The name of a holiday is text, not {name!r}.")
    return Holiday(year=year, month=month, day=day, start=start, end=end, name=name)


def _read_date(value: object) -> tuple[int | None, int, int]:
    if isinstance(value, str):
        try:
            if yearly := _YEARLY.fullmatch(value):
                leap_day = date(2000, int(yearly[1]), int(yearly[2]))
                return None, leap_day.month, leap_day.day
            if _DATED.fullmatch(value):
                exact = date.fromisoformat(value)
                return exact.year, exact.month, exact.day
        except ValueError as error:
            raise CalendarError(f"{value!r} is no day of the calendar.") from error
    raise CalendarError(f"{value!r} is not a date; write 'MM-DD' for every year or 'YYYY-MM-DD' for one.")


def read_openings(value: object) -> tuple[Opening, ...]:
    """Return the extra openings sorted by date, each once."""
    found: set[Opening] = set()
    for entry in _read_list(value, "'openings'"):
        if not isinstance(entry, Mapping):
            raise CalendarError(f"{entry!r} is not an opening; write {{'date': 'YYYY-MM-DD', 'from', 'to'}}.")
        refuse_unknown(entry, {"date", "from", "to"}, "An opening")
        year, month, day = _read_date(entry.get("date"))
        if year is None:
            raise CalendarError("An opening needs the year: write its date as 'YYYY-MM-DD'.")
        start, end = read_span(entry.get("from"), entry.get("to"))
        found.add(Opening(date=date(year, month, day), start=start, end=end))
    return tuple(sorted(found))


def refuse_unknown(value: Iterable[object], known: set[str], what: str) -> None:
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise CalendarError(f"{what} has no {', '.join(unknown)}; it may have {', '.join(sorted(known))}.")


def weekly_time_remains(week: Week, holidays: Iterable[Holiday]) -> bool:
    """Say whether the yearly closures leave any of the weekly hours, whatever weekday a date falls on."""
    if not any(week):
        return False
    closed: dict[tuple[int, int], list[Span]] = {}
    for holiday in holidays:
        if holiday.year is None:
            first = date(2000, holiday.month, holiday.day)
            closed.setdefault((first.month, first.day), []).append((holiday.start, min(holiday.end, DAY)))
            if holiday.end > DAY:
                following = first + timedelta(days=1)
                closed.setdefault((following.month, following.day), []).append((0, holiday.end - DAY))
    # 29 February is rarer, but falls on every weekday in time, and so counts like any other date.
    if len(closed) < 366:
        return True
    merged = [merge_spans(spans) for spans in closed.values()]
    return any(
        not any(start <= span[0] and span[1] <= end for start, end in spans)
        for spans in merged
        for day in week
        for span in day
    )
