"""Working time compiled year by year: open intervals in UTC and the open time before each.

The rule that decides everything: **an instant is open exactly when the wall clock of the zone shows a time
inside a window.** A stretch of a window the clock skips in spring does not exist, a stretch it shows twice in
autumn counts twice, and a date the zone left out (Apia, 30 December 2011) has no working time.

All instants here are whole microseconds since 1970 in UTC. Intervals are half open, [opens, closes).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from wellserved.science.calendars.definition import DAY, Holiday, Opening, Span, Week
from wellserved.science.calendars.errors import CalendarError
from wellserved.science.calendars.zones import EPOCH, FIRST_YEAR, LAST_YEAR, offsets_in_year, seconds_at_year

Ints = npt.NDArray[np.int64]

MICRO = 1_000_000
HORIZON_YEARS = 50
LONGEST_SPAN_YEARS = 100
FIRST_INSTANT = seconds_at_year(FIRST_YEAR) * MICRO
LAST_INSTANT = seconds_at_year(LAST_YEAR + 1) * MICRO
_FIRST_DATE = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntervals:
    """Sorted, disjoint open intervals and the open time `before` each; as lists too, for single look-ups."""

    opens: Ints
    closes: Ints
    before: Ints
    total: int
    opens_list: list[int]
    closes_list: list[int]
    before_list: list[int]

    def open_until(self, instant: int) -> int:
        """Return the open microseconds before `instant`."""
        index = bisect_right(self.opens_list, instant) - 1
        if index < 0:
            return 0
        return self.before_list[index] + min(instant, self.closes_list[index]) - self.opens_list[index]

    def instant_of(self, amount: int) -> int:
        """Return the earliest instant before which `amount` (1 to `total`) microseconds were open."""
        index = bisect_left(self.before_list, amount) - 1
        return self.opens_list[index] + amount - self.before_list[index]


def gather(opens: Ints, closes: Ints) -> OpenIntervals:
    lengths = closes - opens
    ends = np.cumsum(lengths)
    before = ends - lengths
    return OpenIntervals(
        opens=opens,
        closes=closes,
        before=before,
        total=int(ends[-1]) if len(ends) else 0,
        opens_list=opens.tolist(),
        closes_list=closes.tolist(),
        before_list=before.tolist(),
    )


class Timeline:
    """The compiled form of one calendar definition; years are built when first asked for and kept."""

    __slots__ = ("_closed_years", "_dated", "_openings", "_week", "_yearly", "_years", "zone")

    def __init__(self, zone: str, week: Week, holidays: tuple[Holiday, ...], openings: tuple[Opening, ...]) -> None:
        self.zone = zone
        self._week = week
        self._yearly = [holiday for holiday in holidays if holiday.year is None]
        self._dated: dict[int, list[Holiday]] = {}
        for holiday in holidays:
            if holiday.year is not None:
                self._dated.setdefault(holiday.year, []).append(holiday)
        self._openings: dict[int, list[Opening]] = {}
        for opening in openings:
            self._openings.setdefault(opening.date.year, []).append(opening)
        self._years: dict[int, OpenIntervals] = {}
        self._closed_years: dict[int, tuple[Ints, Ints]] = {}

    def year(self, year: int) -> OpenIntervals:
        """Return the open intervals of one UTC year."""
        found = self._years.get(year)
        if found is None:
            opens, closes = self.in_utc(*self._combine(year, closed=False), year)
            found = self._years[year] = gather(opens * MICRO, closes * MICRO)
        return found

    def closed_by_holiday(self, year: int) -> tuple[Ints, Ints]:
        """Return what holidays took from the weekly hours in one UTC year, in microseconds."""
        found = self._closed_years.get(year)
        if found is None:
            starts, ends = self.in_utc(*self._combine(year, closed=True), year)
            found = self._closed_years[year] = (starts * MICRO, ends * MICRO)
        return found

    def closures(self, year: int) -> list[tuple[int, int, str]]:
        """Return (start, end, name) of the holidays around a year, in local seconds since 1970."""
        found: list[tuple[int, int, str]] = []
        for near in (year - 1, year, year + 1):
            for holiday in [*self._yearly, *self._dated.get(near, ())]:
                # Of the years beside, only the days next to the turn of the year can reach into this one.
                nearby = near == year or holiday.month == (12 if near < year else 1)
                day = holiday.date_in(near) if nearby else None
                if day is not None:
                    midnight = (day - _FIRST_DATE).days * DAY
                    found.append((midnight + holiday.start, midnight + holiday.end, holiday.name))
        return found

    def in_utc(self, starts: Ints, ends: Ints, year: int) -> tuple[Ints, Ints]:
        """Return the instants of one UTC year at which the wall clock is inside the local intervals."""
        found_starts: list[Ints] = []
        found_ends: list[Ints] = []
        for since, until, offset in offsets_in_year(self.zone, year):
            first = int(np.searchsorted(ends, since + offset, side="right"))
            last = int(np.searchsorted(starts, until + offset, side="left"))
            found_starts.append(np.maximum(starts[first:last] - offset, since))
            found_ends.append(np.minimum(ends[first:last] - offset, until))
        return join_touching(np.concatenate(found_starts), np.concatenate(found_ends))

    def _combine(self, year: int, *, closed: bool) -> tuple[Ints, Ints]:
        """Return local intervals that are open, or with `closed` those a holiday closed, around one year."""
        weekly = self._weekly_spans(year)
        closures = _as_spans((start, end) for start, end, _ in self.closures(year))
        extra = _as_spans(
            (midnight + opening.start, midnight + opening.end)
            for near in (year - 1, year, year + 1)
            for opening in self._openings.get(near, ())
            for midnight in [(opening.date - _FIRST_DATE).days * DAY]
        )
        times = np.concatenate([part[side] for part in (weekly, closures, extra) for side in (0, 1)])
        counts = np.zeros((3, len(times)), dtype=np.int64)
        filled = 0
        for row, part in enumerate((weekly, closures, extra)):
            size = len(part[0])
            counts[row, filled : filled + size] = 1
            counts[row, filled + size : filled + 2 * size] = -1
            filled += 2 * size
        order = np.argsort(times, kind="stable")
        times = times[order]
        last = np.append(times[1:] != times[:-1], np.ones(min(1, len(times)), dtype=bool))
        in_week, in_closure, in_extra = np.cumsum(counts[:, order], axis=1)[:, last] > 0
        wanted = (in_week & in_closure & ~in_extra) if closed else (in_extra | (in_week & ~in_closure))
        edges = times[last][np.diff(wanted.astype(np.int8), prepend=np.int8(0)) != 0]
        return edges[0::2], edges[1::2]

    def _weekly_spans(self, year: int) -> tuple[Ints, Ints]:
        first = seconds_at_year(year) // DAY - 3
        last = seconds_at_year(year + 1) // DAY + 3
        days = np.arange(first, last, dtype=np.int64)
        starts: list[Ints] = [np.empty(0, dtype=np.int64)]
        ends: list[Ints] = [np.empty(0, dtype=np.int64)]
        for weekday, spans in enumerate(self._week):
            # Day 0 of the count, 1 January 1970, was a Thursday.
            midnights = days[(days + 3) % 7 == weekday] * DAY
            for start, end in spans:
                starts.append(midnights + start)
                ends.append(midnights + end)
        return np.concatenate(starts), np.concatenate(ends)

    def opens_on(self, day: date) -> bool:
        """Say whether a local date has any working time by its definition."""
        midnight = (day - _FIRST_DATE).days * DAY
        starts, ends = self._combine(day.year, closed=False)
        index = int(np.searchsorted(ends, midnight, side="right"))
        return index < len(starts) and bool(starts[index] < midnight + DAY)

    def open_days(self, year: int) -> Ints:
        """Return the local dates of a year with working time, as days since 1970, sorted."""
        starts, ends = self._combine(year, closed=False)
        first, last = seconds_at_year(year) // DAY, seconds_at_year(year + 1) // DAY
        days = np.arange(first, last, dtype=np.int64)
        index = np.searchsorted(ends, days * DAY, side="right")
        padded = np.append(starts, np.iinfo(np.int64).max)
        return days[padded[index] < (days + 1) * DAY]

    def elapsed(self, start: int, end: int) -> int:
        """Return the open microseconds in [start, end)."""
        if end <= start:
            return 0
        first, last = span_of_years(start, end)
        if first == last:
            year = self.year(first)
            return year.open_until(end) - year.open_until(start)
        between = sum(self.year(year).total for year in range(first + 1, last))
        opening = self.year(first)
        return opening.total - opening.open_until(start) + between + self.year(last).open_until(end)

    def due(self, start: int, amount: int) -> int | None:
        """Return the earliest instant by which `amount` microseconds were open, None beyond the horizon."""
        if amount <= 0:
            return start
        first = year_of(start)
        left = amount + self.year(first).open_until(start)
        for number in range(first, min(first + HORIZON_YEARS, LAST_YEAR) + 1):
            year = self.year(number)
            if left <= year.total:
                return year.instant_of(left)
            left -= year.total
        return None

    def block(self, first: int, last: int) -> OpenIntervals:
        """Return the open intervals of several years as one."""
        years = [self.year(number) for number in range(first, last + 1)]
        return gather(
            *join_touching(np.concatenate([y.opens for y in years]), np.concatenate([y.closes for y in years]))
        )


def _as_spans(spans: Iterable[Span]) -> tuple[Ints, Ints]:
    table = np.array(list(spans), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def join_touching(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Join sorted intervals where one begins at the end of the one before it."""
    if len(starts) < 2:
        return starts, ends
    apart = starts[1:] != ends[:-1]
    return starts[np.append(True, apart)], ends[np.append(apart, True)]


def year_of(instant: int) -> int:
    """Return the UTC year of an instant, or raise `CalendarError` outside 1900 to 2199."""
    if not FIRST_INSTANT <= instant < LAST_INSTANT:
        raise CalendarError(
            f"Working time is known from {FIRST_YEAR} to {LAST_YEAR}; give an instant within those years."
        )
    return (EPOCH + timedelta(microseconds=instant)).year


def span_of_years(start: int, end: int) -> tuple[int, int]:
    """Return the UTC years of two instants, or raise `CalendarError` when they are too far apart."""
    first, last = year_of(start), year_of(end)
    if last - first > LONGEST_SPAN_YEARS:
        raise CalendarError(f"Working time can be counted over {LONGEST_SPAN_YEARS} years; give a shorter span.")
    return first, last


@lru_cache(maxsize=128)
def compile_timeline(zone: str, week: Week, holidays: tuple[Holiday, ...], openings: tuple[Opening, ...]) -> Timeline:
    """Return the one shared timeline of a definition."""
    return Timeline(zone, week, holidays, openings)
