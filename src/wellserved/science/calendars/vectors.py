"""Deadlines and elapsed time of whole arrays, by cumulative open time and binary search."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.calendars.errors import CalendarError, Unreachable
from wellserved.science.calendars.instants import MAX_SECONDS
from wellserved.science.calendars.timeline import (
    FIRST_INSTANT,
    HORIZON_YEARS,
    LAST_INSTANT,
    LONGEST_SPAN_YEARS,
    MICRO,
    Ints,
    OpenIntervals,
    Timeline,
    span_of_years,
    year_of,
)
from wellserved.science.calendars.zones import FIRST_YEAR, LAST_YEAR

_NAT = np.iinfo(np.int64).min
# Blocks grow by this many years while the latest target is not yet reached.
_GROWTH = 8
# From so many values on, a table is quicker than a search for each.
_MANY = 512


def open_spans(timeline: Timeline, start: int, end: int) -> list[tuple[int, int]]:
    """Return the open intervals of [start, end), in microseconds."""
    first, last = span_of_years(start, end)
    if end <= start:
        return []
    block = timeline.block(first, last)
    since = int(np.searchsorted(block.closes, start, side="right"))
    until = int(np.searchsorted(block.opens, end, side="left"))
    opens = np.maximum(block.opens[since:until], start)
    closes = np.minimum(block.closes[since:until], end)
    return list(zip(opens.tolist(), closes.tolist(), strict=True))


def deadlines(timeline: Timeline, starts: npt.ArrayLike, seconds: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
    instants, amounts = np.broadcast_arrays(_instants(starts), _amounts(seconds))
    shape = instants.shape
    instants, amounts = instants.ravel(), amounts.ravel()
    known = (instants != _NAT) & (amounts != _NAT)
    result = np.full(len(instants), _NAT, dtype=np.int64)
    if known.any():
        result[known] = _due(timeline, instants[known], amounts[known])
    return result.view("datetime64[us]").reshape(shape)


def elapsed_many(timeline: Timeline, starts: npt.ArrayLike, ends: npt.ArrayLike) -> npt.NDArray[np.float64]:
    begins, finishes = np.broadcast_arrays(_instants(starts), _instants(ends))
    known = (begins != _NAT) & (finishes != _NAT)
    result = np.full(begins.shape, np.nan)
    if known.any():
        low, high = begins[known], finishes[known]
        if (_years(high) - _years(low) > LONGEST_SPAN_YEARS).any():
            raise CalendarError(f"Working time can be counted over {LONGEST_SPAN_YEARS} years; give shorter spans.")
        block = timeline.block(year_of(int(min(low.min(), high.min()))), year_of(int(max(low.max(), high.max()))))
        micros = _open_until(block, np.maximum(low, high)) - _open_until(block, low)
        result[known] = micros / MICRO
    return result


def _due(timeline: Timeline, starts: Ints, amounts: Ints) -> Ints:
    first, last = year_of(int(starts.min())), year_of(int(starts.max()))
    horizon = min(last + HORIZON_YEARS, LAST_YEAR)
    block = timeline.block(first, last)
    # More years are added after these, so what was open before each start stays as it is.
    wanted = amounts + _open_until(block, starts)
    furthest = int(wanted.max())
    while furthest > block.total and last < horizon:
        last = min(last + _GROWTH, horizon)
        block = timeline.block(first, last)
    positive = amounts > 0
    if furthest > block.total and (wanted[positive] > block.total).any():
        raise _unreachable()
    index = _rank(block.before, wanted, side="left") - 1
    due = np.where(positive, block.opens[index] + wanted - block.before[index], starts) if block.total else starts
    # Years are dear to work out, and nearly always the outermost two are near enough for every row.
    latest = _years(due.max(keepdims=True)) - _years(starts.min(keepdims=True))
    if latest[0] > HORIZON_YEARS and (_years(due) - _years(starts) > HORIZON_YEARS).any():
        raise _unreachable()
    return due


def _years(instants: Ints) -> Ints:
    return instants.view("datetime64[us]").astype("datetime64[Y]").astype(np.int64)


def _open_until(block: OpenIntervals, instants: Ints) -> Ints:
    if not block.total:
        return np.zeros(len(instants), dtype=np.int64)
    index = _rank(block.opens, instants, side="right") - 1
    held = np.maximum(index, 0)
    inside = np.minimum(instants, block.closes[held]) - block.opens[held]
    return np.where(index < 0, 0, block.before[held] + inside)


def _rank(keys: Ints, values: Ints, *, side: Literal["left", "right"]) -> Ints:
    """Return `np.searchsorted(keys, values, side)`; of many values through a table, which needs no search each.

    The table counts the keys before each of equal stretches of time, none longer than the shortest gap between two
    keys: so a stretch holds one key at most, and one comparison settles it.
    """
    if len(values) < _MANY or len(keys) < 2:
        return np.searchsorted(keys, values, side=side)
    shift = int(np.diff(keys).min()).bit_length() - 1
    stretches = (int(keys[-1] - keys[0]) >> max(shift, 0)) + 1
    if shift < 0 or stretches > len(values):
        return np.searchsorted(keys, values, side=side)
    before = np.searchsorted(keys, keys[0] + (np.arange(stretches, dtype=np.int64) << shift), side="left")
    found: Ints = before[np.minimum(np.maximum((values - keys[0]) >> shift, 0), stretches - 1)]
    reached: npt.NDArray[np.bool_] = keys[found] <= values if side == "right" else keys[found] < values
    return found + reached


def _instants(values: npt.ArrayLike) -> Ints:
    array = np.asarray(values)
    if array.dtype.kind != "M":
        raise CalendarError("Give instants as numpy datetime64 in UTC, for example np.array(..., 'datetime64[us]').")
    micros = array.astype("datetime64[us]").astype(np.int64)
    known = micros[micros != _NAT]
    if known.size and (known.min() < FIRST_INSTANT or known.max() >= LAST_INSTANT):
        raise CalendarError(f"Working time is known from {FIRST_YEAR} to {LAST_YEAR}; give instants in those years.")
    return micros


def _amounts(values: npt.ArrayLike) -> Ints:
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise CalendarError("Give durations as numbers of seconds.")
    missing = np.isnan(array) if array.dtype.kind == "f" else np.zeros(array.shape, dtype=bool)
    # Narrow types hold neither the bound nor the microseconds.
    known = np.where(missing, 0, array.astype(np.float64) if array.dtype.kind == "f" else array)
    known = known.astype(np.int64) if array.dtype.kind == "i" else known
    known = known.astype(np.uint64) if array.dtype.kind == "u" else known
    if known.size and (known.min() < 0 or not np.isfinite(known).all()):
        raise CalendarError("A duration cannot be negative or endless; give zero or more seconds.")
    bounded = np.minimum(known, MAX_SECONDS)
    micros = np.rint(bounded * MICRO).astype(np.int64) if array.dtype.kind == "f" else bounded.astype(np.int64) * MICRO
    return np.where(missing, _NAT, micros)


def _unreachable() -> Unreachable:
    return Unreachable(
        f"At least one due time lies more than {HORIZON_YEARS} years after its start or after {LAST_YEAR}; "
        "shorten the targets or give the calendar more hours."
    )
