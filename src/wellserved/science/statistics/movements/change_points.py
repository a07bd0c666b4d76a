"""When a series changed its level, if it did: nothing found is an answer."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import ruptures
from scipy.special import kolmogorov

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import first_correlation, read_series, spread
from wellserved.science.statistics.proportions import Floats, Many

Kind = Literal["values", "counts"]
SEGMENT = 5
FEWEST = 12
MOST = 5000
ALPHA = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of level: the first period of the new one, the mean before and after, and its p-value."""

    at: int
    before: float
    after: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changes of level of a series, oldest first, with the mean of the segment each period lies in.

    `penalty` is what each change had to earn, in squared units of the (transformed) series. With nothing found or too
    little to look at, `reason` says so.
    """

    found: tuple[Change, ...]
    levels: Floats
    penalty: float
    is_enough: bool
    reason: str


def change_points(
    values: Many, *, kind: Kind = "values", segment: int = SEGMENT, penalty: float | None = None, alpha: float = ALPHA
) -> Changes:
    """Return where the level of a series changed: PELT on squared error, and a test of every change it proposes.

    PELT finds the segments with the least sum of squared error plus `penalty` a change; the default is 2 s² ln n with s
    the robust standard deviation of successive differences over √2. Counts are made 2 √(x + 3/8) first, with s at least
    1. A proposed change stays only if, in the two segments it parts, max |S_k - k/m S_m| / (s √m) exceeds what a series
    without change would show (the Kolmogorov distribution), where S are the running sums and s² is multiplied by
    (1+r)/(1-r) when the values lean on the one before by r > 0, made up for the (k+1)(1+3r)/n that k changes hide. The
    p-values count all proposed changes (times their number); the weakest is dropped and its neighbours tested anew
    until all stay. A straight line that explains the values better than the steps (by BIC) leaves nothing found: that
    is a trend.

    >>> found = change_points([5, 6, 5, 4, 5, 6, 5, 4, 9, 10, 9, 8, 9, 10, 9, 8])
    >>> [(change.at, change.before, change.after) for change in found.found]
    [(8, 5.0, 9.0)]
    >>> change_points([5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 5, 4]).reason
    'No change of level was found.'

    Raises:
        StatisticsError: The series is no row of finite numbers, a count is negative, a segment is shorter than 2, the
            penalty is not above 0, or there are more than 5,000 values.

    Source:
        Killick, R., Fearnhead, P. and Eckley, I. A. (2012). Optimal detection of changepoints with a linear
        computational cost. JASA 107, 1590-1598.
        Ploberger, W. and Krämer, W. (1992). The CUSUM test with OLS residuals. Econometrica 60, 271-285.
    """
    row = read_series(values, counts=kind == "counts")
    if segment < 2 or (penalty is not None and not penalty > 0):
        raise StatisticsError("A segment has at least two periods, and a change costs a penalty above 0.")
    if len(row) > MOST:
        raise StatisticsError(f"Changes are looked for in at most {MOST:,} values; add hours up to days.")
    used = 2 * np.sqrt(row + 3 / 8) if kind == "counts" else row
    if len(row) < max(FEWEST, 2 * segment):
        few = f"At least {max(FEWEST, 2 * segment)} periods are needed, not {len(row)}."
        return Changes(found=(), levels=np.full(len(row), np.nan), penalty=np.nan, is_enough=False, reason=few)
    noise = spread(np.diff(used)) / np.sqrt(2)
    noise = max(noise, 1.0) if kind == "counts" else noise
    # Values that repeat exactly leave no noise to hold a change against; their smallest part does.
    cost = penalty if penalty is not None else 2 * max(noise**2, 1e-12 * float(np.var(used))) * np.log(len(row))
    proposed = _pelt(used, cost, segment) if np.ptp(used) > 0 else []
    kept: list[int] = []
    p: list[float] = []
    if proposed and _line_is_better(used, proposed):
        reason = "A straight line explains the values better than steps do: see the trend."
    else:
        kept, p = _significant(used, proposed, alpha)
        reason = "" if kept else "No change of level was found."
    found = _describe(row, kept, p)
    return Changes(found=found, levels=_levels(row, kept), penalty=float(cost), is_enough=True, reason=reason)


def _pelt(used: Floats, penalty: float, segment: int) -> list[int]:
    # The linear kernel is the squared error, computed in C.
    ends = ruptures.KernelCPD(kernel="linear", min_size=segment).fit(used.reshape(-1, 1)).predict(pen=penalty)
    return [int(end) for end in ends[:-1]]


def _significant(used: Floats, proposed: list[int], alpha: float) -> tuple[list[int], list[float]]:
    kept = list(proposed)
    looked_at = len(proposed)
    while kept:
        edges = [0, *kept, len(used)]
        lean = _lean(used, kept)
        p = [
            min(1.0, looked_at * _p_value(used[start:end], middle - start, (lean + _without(used, kept, middle)) / 2))
            for start, middle, end in zip(edges, edges[1:], edges[2:], strict=False)
        ]
        worst = int(np.argmax(p))
        if p[worst] <= alpha:
            return kept, p
        kept.pop(worst)
    return [], []


def _lean(used: Floats, kept: list[int]) -> float:
    """Return how far values lean on the one before, made up for what each level that is taken away hides of it."""
    seen = first_correlation(used - _levels(used, kept))
    return float(np.clip(seen + (len(kept) + 1) * (1 + 3 * seen) / len(used), 0.0, 0.95))


def _without(used: Floats, kept: list[int], change: int) -> float:
    """Return how far values would lean on the one before, were this change none."""
    return _lean(used, [at for at in kept if at != change])


def _p_value(used: Floats, split: int, lean: float) -> float:
    m = len(used)
    left = np.concatenate([used[:split] - used[:split].mean(), used[split:] - used[split:].mean()])
    variance = float((left**2).sum()) / max(m - 2, 1) * (1 + lean) / (1 - lean)
    centred = np.abs(np.cumsum(used - used.mean())[:-1]).max()
    if variance <= 1e-20 * float(used @ used):
        # Steps without any noise between them: as sure as so few values allow.
        return float(min(1.0, 2.0 ** (2 - m)))
    return float(kolmogorov(centred / np.sqrt(variance * m)))


def _line_is_better(used: Floats, kept: list[int]) -> bool:
    n = len(used)
    place = np.arange(n) - (n - 1) / 2
    centred = used - used.mean()
    straight = float(((centred - place * (place @ centred) / (place @ place)) ** 2).sum())
    steps = float(((used - _levels(used, kept)) ** 2).sum())
    floor = 1e-12 * float((centred**2).sum())
    line = n * np.log(max(straight, floor) / n) + 2 * np.log(n)
    level = n * np.log(float((centred**2).sum()) / n) + np.log(n)
    return bool(line < level and line < n * np.log(max(steps, floor) / n) + (2 * len(kept) + 1) * np.log(n))


def _levels(row: Floats, kept: list[int]) -> Floats:
    edges = np.array([0, *kept, len(row)])
    lengths = np.diff(edges)
    return np.repeat(np.add.reduceat(row, edges[:-1]) / lengths, lengths)


def _describe(row: Floats, kept: list[int], p: list[float]) -> tuple[Change, ...]:
    levels = _levels(row, kept)
    return tuple(
        Change(at=at, before=float(levels[at - 1]), after=float(levels[at]), p=chance)
        for at, chance in zip(kept, p, strict=True)
    )
