"""What the past, and the other series now, say of each count of a table: every figure uses earlier periods only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom, poisson

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats

Bools = npt.NDArray[np.bool_]
# A past count further than this above its own expectation counts only up to it: yesterday's spike is no baseline.
MOST_SPREADS = 3.0
# How many cases of the whole weigh as much as the share of one place of the season.
SHARE_WEIGHT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The expectations of each period, by its past and by the present of the others, and how far they scatter."""

    past: Floats
    present: Floats
    past_phi: dict[int, Floats]
    present_phi: dict[int, Floats]
    is_judged: Bools
    total: Floats
    total_cut: Floats
    total_past: Floats
    total_phi: dict[int, Floats]
    members: Floats


def known_counts(counts: npt.NDArray[Any] | Sequence[Sequence[float]]) -> Floats:
    """Return the counts as a table of series by periods, or say what is wrong with them.

    >>> known_counts([[1, 2], [3, 4]]).shape
    (2, 2)

    Raises:
        StatisticsError: They are no table, or hold an endless or negative number.
    """
    try:
        table = np.asarray(counts, dtype=np.float64)
    except ValueError as error:
        raise StatisticsError("Give every series a count for every period; NaN for one not measured.") from error
    if table.ndim != 2 or not len(table):
        raise StatisticsError("Give a table of counts: one row a series, one column a period, oldest first.")
    known = table[~np.isnan(table)]
    if not np.isfinite(known).all() or (known < 0).any():
        raise StatisticsError("Counts are finite and none or more; give NaN for a period not measured.")
    return table


def windowed(table: Floats, length: int) -> Floats:
    """Return the sum of each period and the length - 1 before it; NaN where that is not whole.

    >>> windowed(np.array([[1.0, 2.0, 3.0]]), 2).tolist()
    [[nan, 3.0, 5.0]]
    """
    sums = np.full(table.shape, np.nan)
    if length <= table.shape[1]:
        sums[:, length - 1 :] = np.lib.stride_tricks.sliding_window_view(table, length, axis=1).sum(axis=-1)
    return sums


def upper_tail(counted: Floats, expected: Floats, phi: Floats) -> Floats:
    """Return the chance of at least so many, of a negative binomial with variance phi times its mean.

    At phi 1 that is a Poisson. `phi` is one value a series or one a cell. NaN where nothing is expected or known.

    >>> upper_tail(np.array([[3.0]]), np.array([[1.0]]), np.array([1.0])).round(4).tolist()
    [[0.0803]]
    """
    wide = np.broadcast_to(phi if phi.ndim == counted.ndim else phi[:, None], counted.shape)
    p = np.full(counted.shape, np.nan)
    plain = (expected > 0) & (wide <= 1 + 1e-9) & ~np.isnan(counted)
    p[plain] = poisson.sf(counted[plain] - 1, expected[plain])
    broad = (expected > 0) & (wide > 1 + 1e-9) & ~np.isnan(counted)
    p[broad] = nbinom.sf(counted[broad] - 1, expected[broad] / (wide[broad] - 1), 1 / wide[broad])
    return p


def baseline(table: Floats, appeared: npt.NDArray[np.int64], *, period: int, longest: int, wait: int) -> Baseline:
    """Return the expectations of every period, twice: the second time with the spikes of the past cut off."""
    periods = np.arange(table.shape[1])
    starts = np.where(appeared < 0, 0, appeared)[:, None]
    is_seen = ~np.isnan(table) & (periods >= starts)
    is_known = appeared < 0
    counted = np.where(is_seen, table, 0.0)
    total = (counted * is_known[:, None]).sum(axis=0, keepdims=True)
    members = (is_seen & is_known[:, None]).sum(axis=0, keepdims=True).astype(np.float64)
    others = np.where(is_known[:, None], total - counted, total)
    used, used_total = counted, total
    for _ in range(2):
        present = _by_share(used, np.where(is_seen, others, 0.0), is_seen, period, longest)
        past = _by_past(used, is_seen, period, longest)
        total_past = _by_past(used_total, members > 0, period, longest)
        used = _cut(counted, past)
        # One series alone is not everything: it adds to the whole no more than its cut.
        cut = (used * is_known[:, None]).sum(axis=0, keepdims=True)
        used_total = _cut(cut, total_past)
    # A series that came late has no past to be judged by until it has a history of its own.
    is_judged = is_seen & (periods >= np.where(appeared < 0, 0, appeared + wait)[:, None]) & (np.nan_to_num(past) > 0)
    widths = range(1, longest + 1)
    unsure = _unsure(is_seen, period)
    # What a share learnt from usual counts leaves unsure grows with the count it is held against.
    share_unsure = 1 + (unsure - 1) * np.fmax(_ratio(present, past), 1.0)
    total_unsure = _unsure(members > 0, period)
    return Baseline(
        past=past,
        present=np.where(others > 0, present, np.nan),
        past_phi={length: _phi(counted, past, unsure, length, period) for length in widths},
        present_phi={length: _phi(counted, present, share_unsure, length, period) for length in widths},
        is_judged=is_judged,
        total=total,
        total_cut=cut,
        total_past=total_past,
        total_phi={length: _phi(cut, total_past, total_unsure, length, period) for length in widths},
        members=members,
    )


def _lagged(table: Floats, by: int) -> Floats:
    """Return the table with every column moved `by` later; the first columns are 0."""
    moved = np.zeros_like(table)
    moved[:, by:] = table[:, : table.shape[1] - by] if by < table.shape[1] else 0
    return moved


def _same_place(table: Floats, period: int) -> Floats:
    """Return the sum of all earlier periods at the same place of the season, and half of those beside it."""
    around = table * 0.5
    around[:, 1:] += table[:, :-1] * 0.25
    # The later neighbour is known too: it lies a season back.
    around[:, :-1] += table[:, 1:] * 0.25
    sums = np.zeros_like(table)
    for start in range(period, table.shape[1], period):
        stop = min(start + period, table.shape[1])
        sums[:, start:stop] = (sums + around)[:, start - period : stop - period]
    return sums


def _by_past(counted: Floats, is_seen: Bools, period: int, longest: int) -> Floats:
    """Return the mean of the same place of the season, drawn to the level of the series by one season's weight."""
    seen = is_seen.astype(np.float64)
    level = _ratio(_lagged(np.cumsum(counted, axis=1), longest), _lagged(np.cumsum(seen, axis=1), longest))
    times = _same_place(seen, period)
    return np.asarray((_same_place(counted, period) + 0.5 * np.nan_to_num(level)) / (times + 0.5))


def _by_share(counted: Floats, others: Floats, is_seen: Bools, period: int, longest: int) -> Floats:
    """Return what the others count now times the usual ratio of the series to them, at this place of the season."""
    beside = np.where(is_seen, others, 0.0)
    overall = np.nan_to_num(
        _ratio(_lagged(np.cumsum(counted, axis=1), longest), _lagged(np.cumsum(beside, axis=1), longest))
    )
    placed = (_same_place(counted, period) + SHARE_WEIGHT * overall) / (_same_place(beside, period) + SHARE_WEIGHT)
    return np.asarray(others * placed)


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _cut(counted: Floats, expected: Floats) -> Floats:
    usual = np.nan_to_num(expected)
    most = usual + MOST_SPREADS * np.sqrt(np.maximum(usual, 1.0)) + 1
    return np.where(usual > 0, np.minimum(counted, most), counted)


def _unsure(is_seen: Bools, period: int) -> Floats:
    """Return 1 + 1/n: a usual count of n seasons is itself uncertain by 1/n of the variance."""
    return np.asarray(1 + 1 / np.maximum(_same_place(is_seen.astype(np.float64), period), 0.5))


def _phi(counted: Floats, expected: Floats, unsure: Floats, length: int, period: int) -> Floats:
    """Return the variance over the mean to be expected, at least 1, from earlier windows; each counts for at most 9."""
    now, usual = windowed(counted, length), windowed(np.nan_to_num(expected), length)
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.minimum((now - usual) ** 2 / usual / unsure, 9.0)
    is_used = (usual > 0) & ~np.isnan(now)
    is_used[:, :period] = False
    sums = _lagged(np.cumsum(np.where(is_used, away, 0.0), axis=1), length)
    times = _lagged(np.cumsum(is_used.astype(np.float64), axis=1), length)
    # One ordinary season beforehand keeps few windows from saying too much.
    return np.asarray(np.maximum((sums + period) / (times + period), 1.0) * unsure)
