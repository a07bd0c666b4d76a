"""The UTC offsets of a time zone, year by year, as plain integers."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wellserved.science.calendars.errors import CalendarError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR = 1900
LAST_YEAR = 2199

# Since 1900 no zone returns to an earlier offset in less than 6.9 days (Recife, October 2000; a test measures
# it), so looking every six days misses no change.
_STEP = 6 * 86_400


def load_zone(name: str) -> ZoneInfo:
    """Return the zone, or raise `CalendarError` naming a spelling that works.

    >>> load_zone("Europe/London").key
    'Europe/London'
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError, AttributeError) as error:
        raise CalendarError(
            f"There is no time zone {name!r}; use an IANA name such as 'Europe/London' or 'UTC'."
        ) from error


def seconds_at_year(year: int) -> int:
    """Return the seconds from 1970 to the first instant of `year`, both in UTC."""
    return (datetime(year, 1, 1, tzinfo=UTC) - EPOCH) // timedelta(seconds=1)


@lru_cache(maxsize=8192)
def offsets_in_year(name: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """Return `(from, until, offset)` runs in seconds that cover one UTC year without a gap.

    `from` and `until` count UTC seconds since 1970, `offset` is what the wall clock shows beyond UTC.

    >>> [offset for _, _, offset in offsets_in_year("Europe/London", 2026)]
    [0, 3600, 0]
    """
    zone = load_zone(name)

    def offset_at(second: int) -> int:
        found = (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
        return (found or timedelta()) // timedelta(seconds=1)

    begin, end = seconds_at_year(year), seconds_at_year(year + 1)
    runs: list[tuple[int, int, int]] = []
    run_start, here, offset = begin, begin, offset_at(begin)
    while here < end:
        ahead = min(here + _STEP, end - 1)
        if ahead <= here:
            break
        if offset_at(ahead) == offset:
            here = ahead
            continue
        low, high = here, ahead
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset_at(middle) == offset else (low, middle)
        runs.append((run_start, high, offset))
        run_start, here, offset = high, high, offset_at(high)
    runs.append((run_start, end, offset))
    return tuple(runs)
