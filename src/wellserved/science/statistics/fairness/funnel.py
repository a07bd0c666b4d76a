"""Funnel plots: which teams lie further out than their size explains."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Interval, Many, read_counts
from wellserved.science.statistics.quantiles import (
    binomial_up_to,
    chi_square_quantile,
    read_confidence,
    two_sided,
)

Adjust = Literal["auto", "always", "never"]

INNER, OUTER = 0.95, 0.998
# The share of figures at either end that is pulled in before spread is measured, lest outliers hide themselves.
WINSORISED = 0.1
# Of fewer, one outlier would widen the limits until it lies within them.
FEWEST_TO_ADJUST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Figures with their limits at 95 % and 99.8 %, one a team in the order given.

    A signal is 2 beyond the outer limit, 1 beyond the inner, else 0, with a minus below. A team without cases has the
    figure NaN, the widest limits and no signal. `dispersion` is the mean square of the z values, about 1 when size
    explains the spread; `between` is the variance (on the scale of the method) that widened the limits, 0 when they
    are exact.
    """

    figures: Floats
    centre: float
    inner: Interval[Floats]
    outer: Interval[Floats]
    z: Floats
    dispersion: float
    between: float
    is_adjusted: bool
    signals: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """A scale on which figures vary by size alone, and its way back."""

    values: Floats
    errors: Floats
    target: float
    back: Callable[[Floats], Floats]
    widest: tuple[float, float]


def poisson_limits(expected: Many | float, *, confidence: float = INNER) -> Interval[Floats]:
    """Return the exact limits of observed / expected when counts are Poisson.

    χ²(tail; 2E) / 2E and χ²(1 - tail; 2(E + 1)) / 2E; none and endless where nothing is expected.

    >>> found = poisson_limits([15, 20, 30])
    >>> found.low.round(4).tolist(), found.high.round(4).tolist()
    ([0.5597, 0.6108, 0.6747], [1.6493, 1.5444, 1.4276])

    Raises:
        StatisticsError: An expected count is negative or not finite.

    Source:
        Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics in Medicine 24,
        1185-1202.
    """
    tail = (1 - read_confidence(confidence)) / 2
    count = np.asarray(expected, dtype=np.float64)
    if not np.isfinite(count).all() or (count < 0).any():
        raise StatisticsError("Expected counts are finite, none or more.")
    some = np.where(count > 0, count, 1.0)
    low = np.where(count > 0, chi_square_quantile(tail, 2 * some) / (2 * some), 0.0)
    high = np.where(count > 0, chi_square_quantile(1 - tail, 2 * (some + 1)) / (2 * some), np.inf)
    return Interval(low, high)


def binomial_limits(total: Many | float, share: float, *, confidence: float = INNER) -> Interval[Floats]:
    """Return the exact limits of a share of `total` cases whose true share is `share`, smoothed between whole counts.

    With r the least count whose chance of at most r reaches the tail p, and F that chance, the lower limit is
    (r - (F(r) - p) / (F(r) - F(r-1))) / n. The upper one is the lower of the cases not kept, so that chance alone is
    beyond either no more often than the tail says. Of no cases 0 to 1.

    >>> found = binomial_limits([50, 500], 0.8)
    >>> found.low.round(3).tolist(), found.high.round(3).tolist()
    ([0.673, 0.763], [0.916, 0.836])

    Raises:
        StatisticsError: A total is negative or no whole number, or the share lies outside 0 to 1.

    Source:
        Spiegelhalter (2005), see `poisson_limits`, appendix (the lower limit).
    """
    tail = (1 - read_confidence(confidence)) / 2
    cases = np.asarray(total, dtype=np.float64)
    if not np.isfinite(cases).all() or (cases < 0).any() or (cases != np.floor(cases)).any():
        raise StatisticsError("Totals are whole numbers of cases, none or more.")
    if not 0 <= share <= 1:
        raise StatisticsError("A share lies between 0 and 1.")
    if share in {0.0, 1.0}:
        exact = np.where(cases > 0, share, 0.0)
        return Interval(exact, np.where(cases > 0, share, 1.0))
    low, high = _interpolated(cases, share, tail), 1 - _interpolated(cases, 1 - share, tail)
    return Interval(np.where(cases > 0, low, 0.0), np.where(cases > 0, high, 1.0))


def funnel_counts(observed: Many, expected: Many, *, adjust: Adjust = "auto") -> Funnel:
    """Return the funnel of observed / expected counts, such as complaints or breaches, around 1.

    Limits are exact Poisson. Where ten teams or more differ beyond what size explains ("auto": φ above 1 + 2 √(2/k))
    limits widen on the scale of √(O/E): ± z √(1/4E + t²), with t² = (kφ - (k-1)) / (Σw - Σw²/Σw), w = 4E and φ the
    mean square of z after pulling in 10 % at either end.

    >>> found = funnel_counts([16, 60, 31], [15, 20, 30])
    >>> found.figures.round(2).tolist(), found.signals.tolist()
    ([1.07, 3.0, 1.03], [0, 2, 0])

    Raises:
        StatisticsError: The lengths differ, or a count is negative or not finite.

    Source:
        Spiegelhalter, D. J. (2005), see `poisson_limits`; and Handling over-dispersion of performance indicators.
        Quality and Safety in Health Care 14, 347-351.
    """
    count, hoped = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if count.shape != hoped.shape or count.ndim != 1 or not np.isfinite(count).all() or (count < 0).any():
        raise StatisticsError("Give one observed count, none or more, for each expected one.")
    exact = poisson_limits(hoped, confidence=INNER), poisson_limits(hoped, confidence=OUTER)
    used = hoped > 0
    figures = np.full(len(count), np.nan)
    figures[used] = count[used] / hoped[used]
    scale = _Scale(
        values=np.sqrt(figures),
        errors=np.where(used, 1 / (2 * np.sqrt(np.where(used, hoped, 1.0))), np.nan),
        target=1.0,
        back=lambda at: np.maximum(at, 0.0) ** 2,
        widest=(0.0, math.inf),
    )
    return _funnel(figures, 1.0, exact, scale, adjust)


def funnel_shares(kept: Many, total: Many, *, centre: float | None = None, adjust: Adjust = "auto") -> Funnel:
    """Return the funnel of shares around the share of all teams, or around `centre`, such as a target.

    Limits are exact binomial. Where teams differ more than size explains they widen as in `funnel_counts`, on the scale
    of arcsin √p with standard error 1 / (2√n).

    >>> found = funnel_shares([40, 85, 300], [60, 100, 370])
    >>> round(found.centre, 3), found.signals.tolist()
    (0.802, [-1, 0, 0])

    Raises:
        StatisticsError: Counts cannot be used, there is no case, or the centre lies outside 0 to 1.

    Source:
        Spiegelhalter (2005), see `funnel_counts`.
    """
    successes, cases = read_counts(kept, total)
    if successes.ndim != 1 or not cases.sum() > 0:
        raise StatisticsError("Give one row of counts with at least one case.")
    middle = float(successes.sum() / cases.sum()) if centre is None else centre
    exact = binomial_limits(cases, middle, confidence=INNER), binomial_limits(cases, middle, confidence=OUTER)
    used = cases > 0
    figures = np.full(len(cases), np.nan)
    figures[used] = successes[used] / cases[used]
    scale = _Scale(
        values=np.arcsin(np.sqrt(figures)),
        errors=np.where(used, 1 / (2 * np.sqrt(np.where(used, cases, 1.0))), np.nan),
        target=math.asin(math.sqrt(middle)),
        back=lambda at: np.sin(np.clip(at, 0.0, math.pi / 2)) ** 2,
        widest=(0.0, 1.0),
    )
    return _funnel(figures, middle, exact, scale, adjust)


def _funnel(
    figures: Floats, centre: float, exact: tuple[Interval[Floats], Interval[Floats]], scale: _Scale, adjust: Adjust
) -> Funnel:
    used = np.isfinite(scale.errors)
    errors = scale.errors[used]
    plain = (scale.values[used] - scale.target) / errors
    dispersion, between = _overdispersion(plain, errors)
    count = max(len(plain), 1)
    is_wide = count >= FEWEST_TO_ADJUST and dispersion > 1 + 2 * math.sqrt(2 / count)
    is_adjusted = between > 0 and (adjust == "always" or (adjust == "auto" and is_wide))
    if is_adjusted:
        inner, outer = (_widened(scale, between, confidence) for confidence in (INNER, OUTER))
    else:
        inner, outer, between = *exact, 0.0
    z = np.full(len(figures), np.nan)
    z[used] = (scale.values[used] - scale.target) / np.sqrt(errors**2 + between)
    with np.errstate(invalid="ignore"):
        above = (figures > inner.high).astype(np.int64) + (figures > outer.high)
        below = (figures < inner.low).astype(np.int64) + (figures < outer.low)
    return Funnel(
        figures=figures,
        centre=centre,
        inner=inner,
        outer=outer,
        z=z,
        dispersion=dispersion,
        between=between,
        is_adjusted=is_adjusted,
        signals=above - below,
    )


def _overdispersion(z: Floats, errors: Floats) -> tuple[float, float]:
    """Return the mean square of the winsorised z, and the variance between teams that explains it."""
    count = len(z)
    if count < 2:
        return math.nan, 0.0
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    dispersion = float((np.clip(z, low, high) ** 2).mean())
    weights = 1 / errors**2
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    return dispersion, max(0.0, (count * dispersion - (count - 1)) / scale)


def _widened(scale: _Scale, between: float, confidence: float) -> Interval[Floats]:
    half = two_sided(confidence) * np.sqrt(np.nan_to_num(scale.errors, nan=1.0) ** 2 + between)
    used = np.isfinite(scale.errors)
    low = np.where(used, scale.back(scale.target - half), scale.widest[0])
    return Interval(low, np.where(used, scale.back(scale.target + half), scale.widest[1]))


def _interpolated(cases: Floats, share: float, chance: float) -> Floats:
    """Return the share at which the smoothed distribution function of the counts reaches the chance."""
    low, high = np.full_like(cases, -1.0), np.maximum(cases, 0.0)
    # The least r with F(r) >= chance lies in (low, high]; halve the whole numbers between.
    for _ in range(64):
        middle = np.floor((low + high) / 2)
        reached = binomial_up_to(middle, cases, share) >= chance
        low, high = np.where(reached, low, middle), np.where(reached & (middle > low), middle, high)
        if (high - low <= 1).all():
            break
    at, before = binomial_up_to(high, cases, share), binomial_up_to(high - 1, cases, share)
    rise = at - before
    within = np.where(rise > 0, (at - chance) / np.where(rise > 0, rise, 1.0), 0.0)
    return np.clip((high - within) / np.maximum(cases, 1.0), 0.0, 1.0)
