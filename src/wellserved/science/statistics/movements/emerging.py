"""What is breaking out now: spikes of known series, and sources that were not there before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.discoveries import discoveries
from wellserved.science.statistics.movements.emerging_baseline import (
    Baseline,
    Bools,
    baseline,
    known_counts,
    upper_tail,
    windowed,
)
from wellserved.science.statistics.proportions import Floats

Kind = Literal["spike", "new source", "everything"]
WINDOWS = (1, 2, 3)
RATE = 0.05
FEWEST = 5
RATIO = 1.5
# A count that has at least this chance, given what the other series show now, is explained by them.
EXPLAINED = 0.003
MOST_CELLS = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """More than expected of one series, or of all together (`series` is None).

    `raised_at` is the first period at whose end it could be told; `first` to `last` are the periods of its windows.
    `observed` and `expected` are the counts of its clearest window, which ends with period `peak_at`, and `q` is the
    false-discovery rate at which that is found.
    """

    kind: Kind
    series: int | None
    first: int
    last: int
    raised_at: int
    peak_at: int
    observed: float
    expected: float
    q: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Emerging:
    """All surges, in the order in which they could be told, and how many windows were looked at."""

    found: tuple[Surge, ...]
    tested: int
    is_enough: bool
    reason: str

    def of(self, series: int) -> tuple[Surge, ...]:
        """Return the surges of one series."""
        return tuple(surge for surge in self.found if surge.series == series)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    rate: float
    fewest: int
    ratio: float
    gap: int


# The last and first period of a found window, its q, count and expectation.
_Hit = tuple[int, int, float, float, float]


def emerging(
    counts: npt.NDArray[Any] | Sequence[Sequence[float]],
    *,
    period: int = 24,
    windows: Sequence[int] = WINDOWS,
    history: int | None = None,
    rate: float = RATE,
    fewest: int = FEWEST,
    ratio: float = RATIO,
) -> Emerging:
    """Scan the counts of several series, one row each, oldest first, for windows with more than chance explains.

    A window of 1, 2 or 3 periods is judged by the past alone, in two ways. Its *past* expectation is the usual count of
    this series at this place in the season (`period`, 24 for hours of a day); its *present* one is the usual share of
    this series of what all the others count now, so that neither a busy hour nor a feed that starts late is a spike.
    p is the upper tail of a negative binomial with the past expectation as its mean and phi times it as its variance
    (phi at least 1, from earlier windows of the series); a window which the present expectation explains (a tail of
    0.003 or more) is none. Over all windows of all series the Benjamini-Hochberg rate is held at `rate`; a spike has at
    least `fewest` cases and `ratio` times the larger of the two expectations.
    Windows found within a quarter of a season of each other are one surge: it is told once.

    A **new source** is no spike: a series that had less than one case a season, and now has significantly more. It
    has no usual level to compare with, so it is told once, then left out of the shares of the others, and not judged
    again until it has a `history` of its own. **Everything** is a surge of the sum of the known series by its past.

    Nothing is claimed of the first `history` periods (two seasons), counted from the first case of any series. NaN is a
    period not measured, which is not 0.

    >>> quiet = np.tile([2.0, 3.0, 4.0, 4.0, 3.0, 2.0], 8)
    >>> loud, late = quiet.copy(), np.zeros(48)
    >>> loud[40], late[45:] = 25, [9, 12, 11]
    >>> found = emerging([quiet, loud, quiet, late], period=6)
    >>> [(surge.kind, surge.series, surge.raised_at) for surge in found.found]
    [('spike', 1, 40), ('new source', 3, 45)]

    Raises:
        StatisticsError: The counts are no table of finite counts, the season is not longer than the longest window by
            at least two periods, or a setting makes no sense.

    Source:
        Naus, J. I. (1965). The distribution of the size of the maximum cluster of points on a line. JASA 60, 532-538
        (the scan of a sliding window).
        Noufaily, A. et al. (2013). An improved algorithm for outbreak detection in multiple surveillance systems.
        Statistics in Medicine 32, 1206-1222 (quasi-Poisson limits, past outbreaks weighed down).
        Benjamini and Hochberg (1995), see `discoveries`.
    """
    table, start = _begun(known_counts(counts))
    lengths = tuple(sorted(set(windows)))
    wait = 2 * period if history is None else history
    _check(table, period=period, lengths=lengths, wait=wait, fewest=fewest, ratio=ratio)
    if table.shape[1] <= wait:
        short = f"Nothing is told before {wait} periods of history; there are {table.shape[1]} periods."
        return Emerging(found=(), tested=0, is_enough=False, reason=short)
    appeared, new_p = _new_sources(table, period, lengths, wait, fewest)
    base = baseline(table, appeared, period=period, longest=lengths[-1], wait=wait)
    p = np.stack([_tails(table, base, length, wait) for length in lengths])
    everything = np.stack([_total_tails(base, length, wait) for length in lengths])
    looked = discoveries(np.concatenate([p.ravel(), everything.ravel(), new_p]), rate=rate)
    q = looked.q[: p.size].reshape(p.shape)
    whole = looked.q[p.size : p.size + everything.size].reshape(everything.shape)
    limits = _Limits(rate=rate, fewest=fewest, ratio=ratio, gap=max(lengths[-1], period // 4))
    counted, usual = np.nan_to_num(table), np.fmax(base.past, np.nan_to_num(base.present, nan=-np.inf))
    found = [
        *_joined(base.total[0], base.total_past[0], whole, lengths, limits=limits, series=None),
        *_arrivals(table, appeared, looked.q[p.size + everything.size :], lengths, rate),
    ]
    for series in np.flatnonzero((np.nan_to_num(q, nan=1.0) <= rate).any(axis=(0, 2))):
        found += _joined(counted[series], usual[series], q[:, series], lengths, limits=limits, series=int(series))
    found = [_later(surge, start) for surge in found]
    found.sort(key=lambda surge: (surge.raised_at, -1 if surge.series is None else surge.series))
    reason = "" if found else "No window holds more than chance explains."
    return Emerging(found=tuple(found), tested=looked.tested, is_enough=True, reason=reason)


def _begun(table: Floats) -> tuple[Floats, int]:
    """Return the table from the first period in which anything was counted, and that period."""
    anything = (np.nan_to_num(table) > 0).any(axis=0)
    start = int(anything.argmax()) if anything.any() else 0
    return table[:, start:], start


def _later(surge: Surge, by: int) -> Surge:
    at = surge.raised_at + by
    return replace(surge, first=surge.first + by, last=surge.last + by, raised_at=at, peak_at=surge.peak_at + by)


def _check(table: Floats, *, period: int, lengths: tuple[int, ...], wait: int, fewest: int, ratio: float) -> None:
    if not lengths or lengths[0] < 1 or period < lengths[-1] + 2:
        raise StatisticsError("Windows have one period or more, and a season two more than the longest window.")
    if wait < period or fewest < 1 or ratio < 1:
        raise StatisticsError("A history is at least one season, a surge at least one case and never below its usual.")
    if table.size * len(lengths) > MOST_CELLS:
        raise StatisticsError("So many series and periods do not fit; scan the last months, or add hours up to days.")


def _new_sources(
    table: Floats, period: int, lengths: tuple[int, ...], wait: int, fewest: int
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return for each series the period it appears in (-1: it was there, or never came) and the chance of that."""
    filled, seen = np.nan_to_num(table), (~np.isnan(table)).astype(np.float64)
    series, periods = table.shape
    appeared = np.full(series, periods, dtype=np.int64)
    chance = np.full(series, np.nan)
    for length in lengths:
        now, span = windowed(filled, length), windowed(seen, length)
        before = np.cumsum(filled, axis=1) - now
        past = np.cumsum(seen, axis=1) - span
        with np.errstate(divide="ignore", invalid="ignore"):
            # One case more than was seen: of nothing, nothing is sure.
            p = upper_tail(now, span * (before + 1) / past, np.ones(series))
        is_new = (before * period < past) & (now >= fewest) & (past >= period) & (p < 1e-4)
        is_new[:, :wait] = False
        at = np.where(is_new.any(axis=1), is_new.argmax(axis=1), periods)
        earlier = at < appeared
        chance[earlier] = p[earlier, at[earlier]]
        appeared = np.minimum(appeared, at)
    appeared[appeared == periods] = -1
    return appeared, chance


def _tails(table: Floats, base: Baseline, length: int, wait: int) -> Floats:
    now = windowed(np.where(base.is_judged, np.nan_to_num(table), 0.0), length)
    past = upper_tail(now, windowed(base.past, length), base.past_phi[length])
    present = upper_tail(now, windowed(base.present, length), base.present_phi[length])
    # What the others explain is no finding, however far from its past; where there are no others the past decides.
    p = np.where(np.nan_to_num(present) > EXPLAINED, 1.0, past)
    return np.where(_whole(base.is_judged, length, wait), p, np.nan)


def _total_tails(base: Baseline, length: int, wait: int) -> Floats:
    p = upper_tail(windowed(base.total_cut, length), windowed(base.total_past, length), base.total_phi[length])
    is_whole = _whole(~np.isnan(base.total_past) & (base.members > 1), length, wait)
    return np.asarray(np.where(is_whole, p, np.nan)[0], dtype=np.float64)


def _whole(is_judged: Bools, length: int, wait: int) -> Bools:
    """Return the windows all of whose periods are judged and lie after the history."""
    judged = is_judged.copy()
    judged[:, :wait] = False
    return np.asarray(windowed(judged.astype(np.float64), length) == length)


def _joined(
    counted: Floats, usual: Floats, q: Floats, lengths: tuple[int, ...], *, limits: _Limits, series: int | None
) -> list[Surge]:
    """Return the found windows of one row, those near each other as one."""
    hits: list[_Hit] = []
    for place, length in enumerate(lengths):
        now, expected = windowed(counted[None], length)[0], windowed(usual[None], length)[0]
        with np.errstate(invalid="ignore"):
            good = (q[place] <= limits.rate) & (now >= limits.fewest) & (now >= limits.ratio * expected)
        hits += [(int(t), int(t) - length + 1, float(q[place, t]), now[t], expected[t]) for t in np.flatnonzero(good)]
    surges: list[Surge] = []
    group: list[_Hit] = []
    for hit in sorted(hits):
        if group and hit[0] - group[-1][0] > limits.gap:
            surges.append(_surge(group, series))
            group = []
        group.append(hit)
    return [*surges, _surge(group, series)] if group else surges


def _surge(group: list[_Hit], series: int | None) -> Surge:
    clearest = min(group, key=lambda hit: hit[2])
    return Surge(
        kind="everything" if series is None else "spike",
        series=series,
        first=min(hit[1] for hit in group),
        last=max(hit[0] for hit in group),
        raised_at=min(hit[0] for hit in group),
        peak_at=clearest[0],
        observed=float(clearest[3]),
        expected=float(clearest[4]),
        q=clearest[2],
    )


def _arrivals(
    table: Floats, appeared: npt.NDArray[np.int64], q: Floats, lengths: tuple[int, ...], rate: float
) -> list[Surge]:
    found = []
    for series in np.flatnonzero((appeared >= 0) & (np.nan_to_num(q, nan=1.0) <= rate)):
        at = int(appeared[series])
        row = np.nan_to_num(table[series])
        first = max(at - lengths[-1] + 1, 0)
        start = first + int(np.argmax(row[first : at + 1] > 0))
        found.append(
            Surge(
                kind="new source",
                series=int(series),
                first=start,
                last=at,
                raised_at=at,
                peak_at=at,
                observed=float(row[start : at + 1].sum()),
                expected=float(row[:start].mean() * (at + 1 - start)),
                q=float(q[series]),
            )
        )
    return found
