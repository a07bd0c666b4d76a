"""Whether a series rises or falls, said with care when its values lean on each other."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many

Direction = Literal["rising", "falling", "no trend shown", "too few"]
FEWEST = 8
MOST = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A trend and how sure it is.

    `slope` is the change from one period to the next (Theil-Sen) with its interval `low` to `high`; `intercept` the
    value of the line at position 0; `tau` the share of pairs that rise less the share that fall; `p` the chance of a
    tau as far from 0 were there no trend. `inflation` is by how much leaning of the values on each other widens the
    variance, 1 when they do not. Of fewer than eight values nothing is claimed: the figures are NaN.
    """

    direction: Direction
    slope: float
    low: float
    high: float
    intercept: float
    tau: float
    p: float
    inflation: float
    values: int

    @property
    def is_shown(self) -> bool:
        """Whether the series may be said to rise or fall."""
        return self.direction in {"rising", "falling"}


def trend(values: Many, *, at: Many | None = None, confidence: float = CONFIDENCE) -> Trend:
    """Return whether a series rises or falls: Theil-Sen slope, and Mann-Kendall test corrected for autocorrelation.

    The slope is the median of (yj - yi) / (tj - ti) over all pairs. S is the number of rising pairs less that of
    falling ones, Var S = (n(n-1)(2n+5) - sum over ties of t(t-1)(2t+5)) / 18, and z = (S -+ 1) / sqrt(Var S). Values
    that lean on those before them carry less news than as many independent ones: Var S is multiplied by Hamed and Rao's
    1 + 2/(n(n-1)(n-2)) sum over k of (n-k)(n-k-1)(n-k-2) r_k, with r_k the autocorrelation of the ranks of the
    detrended values where it is beyond +-z/sqrt(n); or, if that is more, by 1 + 2 sum of (1 - k/n) r^k (Yue and Wang),
    with r the first of these plus the (2 + 4r)/n that detrending takes from it, where it is beyond 1.645/sqrt(n); and
    never by less than 1. The interval of the slope uses the same variance. `at` gives the positions when they are not
    0, 1, 2...; NaN values are left out. Take a season away first (`decompose`): it leans in its own way.

    >>> found = trend([3, 4, 4, 5, 6, 6, 7, 9, 8, 10])
    >>> found.direction, round(found.slope, 3), found.p < 0.001
    ('rising', 0.667, True)
    >>> trend([1, 2, 3]).direction
    'too few'

    Raises:
        StatisticsError: The values are no row of finite numbers, the positions differ in number or do not increase, or
            there are more than 3,000.

    Source:
        Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau. JASA 63, 1379-1389.
        Mann, H. B. (1945). Nonparametric tests against trend. Econometrica 13, 245-259.
        Hamed, K. H. and Rao, A. R. (1998). A modified Mann-Kendall trend test for autocorrelated data. Journal of
        Hydrology 204, 182-196.
        Yue, S. and Wang, C. Y. (2004). The Mann-Kendall test modified by effective sample size to detect trend in
        serially correlated hydrological series. Water Resources Management 18, 201-218.
    """
    row, place = _read(values, at)
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    n = len(row)
    if n < FEWEST:
        return Trend(
            direction="too few",
            slope=np.nan,
            low=np.nan,
            high=np.nan,
            intercept=np.nan,
            tau=np.nan,
            p=np.nan,
            inflation=np.nan,
            values=n,
        )
    first, second = np.triu_indices(n, k=1)
    apart = row[second] - row[first]
    score = float(np.sign(apart).sum())
    slopes = np.sort(apart / (place[second] - place[first]))
    slope = float(np.median(slopes))
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    inflation = _inflation(row - slope * place, z)
    variance = _variance(row) * inflation
    p = _p_value(score, variance)
    low, high = _bounds(slopes, z * np.sqrt(variance))
    direction: Direction = "no trend shown"
    if p < 1 - confidence and score != 0:
        direction = "rising" if score > 0 else "falling"
    return Trend(
        direction=direction,
        slope=slope,
        low=low,
        high=high,
        intercept=float(np.median(row) - slope * np.median(place)),
        tau=score / len(slopes),
        p=p,
        inflation=inflation,
        values=n,
    )


def _read(values: Many, at: Many | None) -> tuple[Floats, Floats]:
    row = read_series(values, gaps=True)
    place = np.arange(len(row), dtype=np.float64) if at is None else read_series(at)
    if len(place) != len(row) or (np.diff(place) <= 0).any():
        raise StatisticsError("Give one position for each value, each later than the one before.")
    known = ~np.isnan(row)
    if known.sum() > MOST:
        raise StatisticsError(f"A trend is judged on at most {MOST:,} values; add hours up to days or days to weeks.")
    return row[known], place[known]


def _variance(row: Floats) -> float:
    n = len(row)
    ties = np.unique(row, return_counts=True)[1].astype(np.float64)
    return float(n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18


def _p_value(score: float, variance: float) -> float:
    if variance <= 0 or score == 0:
        return 1.0
    z = (abs(score) - 1) / np.sqrt(variance)
    return float(2 * NormalDist().cdf(-z))


def _inflation(detrended: Floats, z: float) -> float:
    n = len(detrended)
    # Rounding must not make ties into ranks.
    values, places = np.unique(np.round(detrended, 12), return_inverse=True)
    counts = np.bincount(places, minlength=len(values))
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    ranks -= ranks.mean()
    total = float((ranks**2).sum())
    if total == 0:
        return 1.0
    lags = np.arange(1, n - 2)
    size = 1 << (2 * n - 1).bit_length()
    turned = np.fft.rfft(ranks, size)
    correlations = np.fft.irfft(turned * np.conj(turned), size)[1 : n - 2] / total
    counted = np.where(np.abs(correlations) > z / np.sqrt(n), correlations, 0.0)
    weights = (n - lags) * (n - lags - 1.0) * (n - lags - 2.0)
    hamed_rao = float(1 + 2 / (n * (n - 1.0) * (n - 2.0)) * (weights * counted).sum())
    return max(1.0, hamed_rao, _first_order(float(correlations[0]), n))


def _first_order(correlation: float, n: int) -> float:
    """Return the inflation of values that lean on the one before only, 1 unless they clearly do."""
    if correlation <= NormalDist().inv_cdf(0.95) / np.sqrt(n):
        return 1.0
    # Taking a line away makes values look as if they leaned less.
    lean = min(correlation + (2 + 4 * correlation) / n, 0.95)
    lags = np.arange(1, n)
    return float(1 + 2 * ((1 - lags / n) * lean**lags).sum())


def _bounds(slopes: Floats, reach: float) -> tuple[float, float]:
    """Return Sen's order-statistic bounds; beyond the outermost slopes nothing is known better than these."""
    pairs = len(slopes)
    low = max(int(np.floor((pairs - reach) / 2)) - 1, 0)
    return float(slopes[low]), float(slopes[pairs - 1 - low])
