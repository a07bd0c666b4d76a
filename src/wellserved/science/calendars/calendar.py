"""The working calendar: deadlines and elapsed working time, exact to the microsecond."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from wellserved.science.calendars import vectors
from wellserved.science.calendars.definition import (
    DAY,
    Holiday,
    Opening,
    Week,
    read_holidays,
    read_openings,
    read_week,
    refuse_unknown,
    sort_holidays,
    weekly_time_remains,
    write_week,
)
from wellserved.science.calendars.errors import CalendarError, NeverDue, Unreachable
from wellserved.science.calendars.explaining import Segment, explain_span
from wellserved.science.calendars.instants import (
    FOREVER,
    Pause,
    Seconds,
    read_pauses,
    read_seconds,
    running_spans,
    to_instant,
    to_micros,
    to_seconds,
)
from wellserved.science.calendars.timeline import (
    HORIZON_YEARS,
    LAST_INSTANT,
    Timeline,
    compile_timeline,
    span_of_years,
    year_of,
)
from wellserved.science.calendars.zones import load_zone

_FIRST_DATE = date(1970, 1, 1)
_ALWAYS: Week = (((0, DAY),),) * 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Weekly hours in one time zone, less holidays, plus extra openings.

    Build it with `from_dict`; equal definitions are equal, hash alike and share one compiled form. An instant
    is open exactly when the wall clock of the zone shows a time inside a window; windows are half open, so a
    calendar is open at its opening time and shut at its closing time. Holidays close civil dates, midnight to
    midnight, also for a night shift begun the evening before; openings win over holidays. Years 1900 to 2199
    are known.

    >>> office = WorkingCalendar.from_dict(
    ...     {"tz": "Europe/London", "hours": {"0": [["09:00", "17:30"]]}, "holidays": ["2026-05-04"]}
    ... )
    >>> from datetime import UTC, datetime
    >>> office.deadline(datetime(2026, 4, 27, 15, 30, tzinfo=UTC), 7200).isoformat()
    '2026-05-11T09:00:00+00:00'
    """

    tz: str
    hours: Week
    holidays: tuple[Holiday, ...] = ()
    openings: tuple[Opening, ...] = ()
    timeline: Timeline = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        load_zone(self.tz)
        if not self.openings and not weekly_time_remains(self.hours, self.holidays):
            raise CalendarError(
                "This calendar never opens; give at least one window such as {'0': [['09:00', '17:00']]} "
                "that yearly holidays do not close."
            )
        timeline = compile_timeline(self.tz, self.hours, self.holidays, self.openings)
        object.__setattr__(self, "timeline", timeline)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (WorkingCalendar.from_dict, (self.to_dict(),))

    @classmethod
    def from_dict(cls, value: Mapping[str, object]) -> "WorkingCalendar":
        """Read `{"tz", "hours", "holidays", "openings"}`.

        `hours` maps "0" (Monday) to "6" (Sunday) to any number of ["HH:MM", "HH:MM"] windows, over midnight
        when the closing time is not after the opening time. `holidays` are "MM-DD", "YYYY-MM-DD" or {"date",
        "from", "to", "name"}; `openings` are {"date", "from", "to"}. Both may be left out.

        Raises:
            CalendarError: A key, zone, window or date cannot be read, or no working time is left.
        """
        if not isinstance(value, Mapping):
            raise CalendarError("A calendar is a mapping with 'tz', 'hours' and 'holidays'.")
        refuse_unknown(value, {"tz", "hours", "holidays", "openings"}, "A calendar")
        if "tz" not in value or "hours" not in value:
            raise CalendarError("A calendar needs 'tz' and 'hours'.")
        tz = value["tz"]
        if not isinstance(tz, str):
            raise CalendarError(f"There is no time zone {tz!r}; use an IANA name such as 'Europe/London' or 'UTC'.")
        return cls(
            tz=tz,
            hours=read_week(value["hours"]),
            holidays=read_holidays(value.get("holidays", ())),
            openings=read_openings(value.get("openings", ())),
        )

    @classmethod
    def always(cls, tz: str = "UTC") -> "WorkingCalendar":
        """Return the calendar that never closes, in which elapsed time is real time.

        >>> from datetime import UTC, datetime
        >>> WorkingCalendar.always().elapsed(datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 7, tzinfo=UTC))
        86400
        """
        return cls(tz=tz, hours=_ALWAYS)

    def to_dict(self) -> dict[str, object]:
        """Return the canonical definition; `from_dict` of it equals this calendar."""
        written: dict[str, object] = {
            "tz": self.tz,
            "hours": write_week(self.hours),
            "holidays": [holiday.to_value() for holiday in self.holidays],
        }
        if self.openings:
            written["openings"] = [opening.to_value() for opening in self.openings]
        return written

    def with_holidays(self, holidays: Iterable[Holiday | tuple[date, str]]) -> "WorkingCalendar":
        """Return this calendar with more holidays, as `holiday_dates` and `holidays_from_ical` give them."""
        added = [
            entry
            if isinstance(entry, Holiday)
            else Holiday(year=entry[0].year, month=entry[0].month, day=entry[0].day, name=entry[1])
            for entry in holidays
        ]
        together = sort_holidays([*self.holidays, *added])
        return WorkingCalendar(tz=self.tz, hours=self.hours, holidays=together, openings=self.openings)

    def deadline(self, start: datetime, seconds: Seconds, pauses: Iterable[Pause] = ()) -> datetime:
        """Return the earliest instant, in UTC, by which `seconds` of working time have passed since `start`.

        A target used up exactly at closing, or exactly when a pause begins, is due then. Zero seconds are due
        at `start`, open or not. `pauses` are (start, end or None) with an optional reason; they may overlap.

        Raises:
            NeverDue: A pause without end begins before the target is used up.
            Unreachable: The due time lies more than 50 years on, or after 2199.
            CalendarError: A datetime has no zone, or the duration is no finite number from zero up.
        """
        amount, cursor, pausing = read_seconds(seconds), to_micros(start), read_pauses(pauses)
        last_year = year_of(cursor) + HORIZON_YEARS
        if amount == 0:
            return to_instant(cursor)
        for begin, end in running_spans(cursor, FOREVER, pausing):
            due = self.timeline.due(begin, amount) if begin < LAST_INSTANT else None
            if due is None or to_instant(due).year > last_year:
                break
            if due <= end:
                return to_instant(due)
            amount -= self.timeline.elapsed(begin, end)
        if any(end == FOREVER for _, end, _ in pausing):
            raise NeverDue("The clock is paused without an end, so there is no due time; close the pause first.")
        raise Unreachable(
            f"There is no due time within {HORIZON_YEARS} years of {start.isoformat()}; "
            "shorten the target or give the calendar more hours."
        )

    def elapsed(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> Seconds:
        """Return the working seconds in [start, end) outside every pause; 0 when `end` is not after `start`.

        The result is an int when whole, otherwise the float nearest to the exact microseconds.

        Raises:
            CalendarError: A datetime has no zone or lies outside 1900 to 2199, the span is longer than 100
                years, or a pause ends before it starts.
        """
        first, last = to_micros(start), to_micros(end)
        span_of_years(first, last)
        spans = running_spans(first, last, read_pauses(pauses))
        return to_seconds(sum(self.timeline.elapsed(begin, until) for begin, until in spans))

    def is_open(self, at: datetime) -> bool:
        """Say whether the calendar is open at an instant: yes at the opening time, no at the closing time."""
        instant = to_micros(at)
        return self.timeline.elapsed(instant, instant + 1) > 0

    def next_opening(self, at: datetime) -> datetime:
        """Return the earliest open instant from `at` on, which is `at` itself when open; in UTC.

        Raises:
            Unreachable: The calendar does not open again within 50 years.
        """
        due = self.timeline.due(to_micros(at), 1)
        if due is None:
            raise Unreachable(f"The calendar does not open within {HORIZON_YEARS} years of {at.isoformat()}.")
        return to_instant(due - 1)

    def windows(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Return the open intervals of [start, end) in UTC, sorted, clipped and joined where they touch."""
        return [
            (to_instant(opens), to_instant(closes))
            for opens, closes in vectors.open_spans(self.timeline, to_micros(start), to_micros(end))
        ]

    def explain(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> tuple[Segment, ...]:
        """Return contiguous segments from `start` to `end`, each counted or not, and why.

        The counted ones sum to `elapsed`. Reasons are "open", "outside hours", "holiday" or "holiday: <name>"
        where a holiday took working time, and "paused" or "paused: <reason>" where a pause took it.

        Raises:
            CalendarError: As `elapsed`, or the span is longer than 20 years.
        """
        return explain_span(self.timeline, to_micros(start), to_micros(end), read_pauses(pauses))

    def deadlines(self, starts: npt.ArrayLike, seconds: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
        """Return `deadline` of many at once: datetime64[us] in UTC, in the shape both arguments broadcast to.

        `starts` is datetime64 in UTC, `seconds` numbers from zero up. NaT and NaN give NaT.

        >>> starts = np.array(["2026-03-06T16:00", "NaT"], dtype="datetime64[us]")
        >>> WorkingCalendar.always().deadlines(starts, 3600).astype("datetime64[m]").tolist()
        [datetime.datetime(2026, 3, 6, 17, 0), None]

        Raises:
            CalendarError: As `deadline`.
        """
        return vectors.deadlines(self.timeline, starts, seconds)

    def elapsed_many(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return `elapsed` of many at once as float seconds; both are datetime64 in UTC. NaT gives NaN.

        The result has the shape both arguments broadcast to.

        >>> starts = np.array(["2026-03-06T16:00", "NaT"], dtype="datetime64[us]")
        >>> WorkingCalendar.always().elapsed_many(starts, np.datetime64("2026-03-06T16:30")).tolist()
        [1800.0, nan]

        Raises:
            CalendarError: An instant lies outside 1900 to 2199, or a span is longer than 100 years.
        """
        return vectors.elapsed_many(self.timeline, starts, ends)

    def is_working_day(self, day: date) -> bool:
        """Say whether a local date has any working time."""
        self._check_date(day)
        return self.timeline.opens_on(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after a local date; before it when negative.

        Zero gives `day` itself when it is a working day, otherwise the next one.

        >>> office = WorkingCalendar.from_dict({"tz": "UTC", "hours": {"0": [["09:00", "17:00"]]}})
        >>> office.add_working_days(date(2026, 3, 2), 2)
        datetime.date(2026, 3, 16)

        Raises:
            Unreachable: There are not that many working days within 50 years.
        """
        self._check_date(day)
        number = (day - _FIRST_DATE).days
        step = -1 if count < 0 else 1
        left = abs(count) or 1
        for year in range(day.year, day.year + step * (HORIZON_YEARS + 1), step):
            if not 1900 <= year <= 2199:
                break
            days = self.timeline.open_days(year)
            if step > 0:
                days = days[days >= number] if count == 0 else days[days > number]
            else:
                days = days[days < number][::-1]
            if left <= len(days):
                return _FIRST_DATE + timedelta(days=int(days[left - 1]))
            left -= len(days)
        raise Unreachable(f"There are not {abs(count):,} working days within {HORIZON_YEARS} years of {day}.")

    def _check_date(self, day: date) -> None:
        if isinstance(day, datetime) or not isinstance(day, date):
            raise CalendarError(f"{day!r} is not a date; give the local date.")
        year_of((day - _FIRST_DATE).days * DAY * 1_000_000)
