"""Instants, durations and pauses between the outside world and whole microseconds."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from wellserved.science.calendars.errors import CalendarError
from wellserved.science.calendars.timeline import MICRO
from wellserved.science.calendars.zones import EPOCH

Seconds = int | float
Pause = tuple[datetime, datetime | None] | tuple[datetime, datetime | None, str]

FOREVER = 1 << 62
MAX_SECONDS = 10_000_000_000


def to_micros(at: object) -> int:
    """Return whole microseconds since 1970 of an aware datetime."""
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise CalendarError(f"{at!r} has no time zone; give an aware datetime such as one ending in UTC.")
    try:
        # Datetimes of one zone object subtract blind to its offset changes, so UTC comes first.
        return (at.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)
    except OverflowError as error:
        raise CalendarError(f"{at!r} is outside the years 1 to 9999 in UTC; give an earlier or later one.") from error


def to_instant(micros: int) -> datetime:
    """Return the aware UTC datetime of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=micros)


def to_seconds(micros: int) -> Seconds:
    """Return an int when the seconds are whole, otherwise the nearest float.

    >>> to_seconds(2_000_000), to_seconds(1_500_000)
    (2, 1.5)
    """
    whole, rest = divmod(micros, MICRO)
    return micros / MICRO if rest else whole


def read_seconds(seconds: object) -> int:
    """Return microseconds of a duration that is a finite number and not negative."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float | np.integer | np.floating):
        raise CalendarError(f"{seconds!r} is not a duration; give a number of seconds.")
    amount = int(seconds) if isinstance(seconds, int | np.integer) else float(seconds)
    if isinstance(amount, float) and not math.isfinite(amount):
        raise CalendarError(f"{seconds!r} is not a duration; give a number of seconds.")
    if amount < 0:
        raise CalendarError("A duration cannot be negative; give zero or more seconds.")
    # Beyond any reachable due time the exact figure no longer matters, and a bounded one keeps sums small.
    if amount > MAX_SECONDS:
        return MAX_SECONDS * MICRO
    return amount * MICRO if isinstance(amount, int) else round(amount * MICRO)


def read_pauses(pauses: Iterable[Pause]) -> list[tuple[int, int, str]]:
    """Return pauses as sorted (start, end, reason) in microseconds; an open one ends at `FOREVER`."""
    found: list[tuple[int, int, str]] = []
    for pause in pauses:
        start = to_micros(pause[0])
        end = FOREVER if pause[1] is None else to_micros(pause[1])
        if end < start:
            raise CalendarError(f"A pause ends at {pause[1]}, before it starts at {pause[0]}; give its start first.")
        if end > start:
            found.append((start, end, pause[2] if len(pause) > 2 else ""))
    return sorted(found)


def merge_pauses(pauses: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return disjoint (start, end) of sorted pauses."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in pauses:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def running_spans(start: int, end: int, pauses: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return the parts of [start, end) outside every pause."""
    edges = [(start, start), *merge_pauses(pauses), (end, end)]
    spans = [(max(before[1], start), min(after[0], end)) for before, after in pairwise(edges)]
    return [span for span in spans if span[0] < span[1]]
