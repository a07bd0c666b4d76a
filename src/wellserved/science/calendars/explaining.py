"""Why each stretch of time counts or does not."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from wellserved.science.calendars.errors import CalendarError
from wellserved.science.calendars.instants import Seconds, to_instant, to_seconds
from wellserved.science.calendars.timeline import MICRO, Timeline, year_of
from wellserved.science.calendars.vectors import open_spans

_LONGEST_YEARS = 20

Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time, half open, that counts or does not, with the reason."""

    start: datetime
    end: datetime
    counted: bool
    reason: str

    @property
    def seconds(self) -> Seconds:
        """How long the stretch is, counted or not."""
        return to_seconds((self.end - self.start) // (to_instant(1) - to_instant(0)))


def explain_span(timeline: Timeline, start: int, end: int, pauses: list[Labelled]) -> tuple[Segment, ...]:
    """Return contiguous segments that cover [start, end), all in microseconds."""
    first, last = year_of(start), year_of(end)
    if last - first > _LONGEST_YEARS:
        raise CalendarError(f"An explanation may cover at most {_LONGEST_YEARS} years; give a shorter span.")
    if end <= start:
        return ()
    opened = [(opens, closes, "open") for opens, closes in open_spans(timeline, start, end)]
    closed = [span for year in range(first, last + 1) for span in _named_closures(timeline, year)]
    paused = [(since, until, f"paused: {reason}" if reason else "paused") for since, until, reason in pauses]
    layers = [_flatten(paused), opened, _flatten(closed)]
    cuts = {start, end}
    for layer in layers:
        cuts.update(edge for since, until, _ in layer for edge in (since, until) if start < edge < end)
    return _label(sorted(cuts), layers)


def _label(cuts: list[int], layers: list[list[Labelled]]) -> tuple[Segment, ...]:
    keys = [[since for since, _, _ in layer] for layer in layers]
    pieces: list[tuple[int, int, bool, str]] = []
    for since, until in pairwise(cuts):
        paused, opened, closed = (_covering(layer, key, since) for layer, key in zip(layers, keys, strict=True))
        counted = bool(opened and not paused)
        reason = (paused or opened) if opened else (closed or "outside hours")
        if pieces and pieces[-1][2:] == (counted, reason):
            pieces[-1] = (pieces[-1][0], until, counted, reason)
        else:
            pieces.append((since, until, counted, reason))
    return tuple(Segment(to_instant(since), to_instant(until), counted, why) for since, until, counted, why in pieces)


def _covering(layer: list[Labelled], keys: list[int], instant: int) -> str:
    index = bisect_right(keys, instant) - 1
    return layer[index][2] if index >= 0 and instant < layer[index][1] else ""


def _flatten(spans: list[Labelled]) -> list[Labelled]:
    """Return disjoint spans; where some overlap the first begun gives the reason, of two at once the fuller one."""
    flat: list[Labelled] = []
    for since, until, reason in sorted(spans, key=lambda span: (span[0], -len(span[2]), span)):
        begin = max(since, flat[-1][1]) if flat else since
        if begin < until:
            flat.append((begin, until, reason))
    return flat


def _named_closures(timeline: Timeline, year: int) -> list[Labelled]:
    """Return what each holiday took from the weekly hours of one UTC year, in microseconds."""
    starts, ends = timeline.closed_by_holiday(year)
    found: list[Labelled] = []
    for local_start, local_end, name in timeline.closures(year):
        span = (np.array([local_start], dtype=np.int64), np.array([local_end], dtype=np.int64))
        for since, until in zip(*(side * MICRO for side in timeline.in_utc(*span, year)), strict=True):
            low = int(np.searchsorted(ends, since, side="right"))
            high = int(np.searchsorted(starts, until, side="left"))
            reason = f"holiday: {name}" if name else "holiday"
            found.extend(
                (int(max(starts[index], since)), int(min(ends[index], until)), reason) for index in range(low, high)
            )
    return found
