"""Rates by area, with what so few cases can say."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many

PER = 1000.0
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRates:
    """The rate of each area in cases `per` so many customers, with its interval.

    `is_shown` is False for an area with fewer than five customers or none, or fewer than five cases, whose rate is
    better not printed: it may point at a person, and says nothing. `overall` is the rate of all areas together.
    """

    rate: Floats
    low: Floats
    high: Floats
    is_shown: npt.NDArray[np.bool_]
    overall: float
    per: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SmoothedRates:
    """The rates drawn to the overall one, each the further the fewer customers it is made of.

    `weight` is what each area's own rate counts for, 0 to 1; `between` the variance of true rates between areas (in
    rates of one customer), 0 where areas do not differ more than chance: then all are given the overall rate.
    """

    rate: Floats
    weight: Floats
    overall: float
    between: float
    per: float


def area_rates(
    cases: Many, population: Many, *, per: float = PER, fewest: int = FEWEST, confidence: float = CONFIDENCE
) -> AreaRates:
    """Return the rate of every area with its exact Poisson interval.

    Of c cases the expected number lies between half the alpha/2 quantile of chi-square on 2c degrees of freedom and
    half the 1 - alpha/2 quantile on 2c + 2. An area without customers has no rate (NaN, 0 to endless).

    >>> found = area_rates([10, 0, 3], [2000, 500, 4])
    >>> found.rate.tolist(), found.low.round(2).tolist(), found.high.round(2).tolist(), found.is_shown.tolist()
    ([5.0, 0.0, 750.0], [2.4, 0.0, 154.67], [9.2, 7.38, 2191.82], [True, False, False])

    Raises:
        StatisticsError: The columns differ in length, a count is negative or not finite, there are cases without
            customers, or `per` is not above 0.

    Source:
        Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    """
    c, n = read_areas(cases, population, per)
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    tail = (1 - confidence) / 2
    lower = np.where(c > 0, gammaincinv(np.maximum(c, 1e-300), tail), 0.0)
    upper = gammaincinv(c + 1, 1 - tail)
    has_any = n > 0
    size = np.where(has_any, n, 1.0) / per
    return AreaRates(
        rate=np.where(has_any, c / size, np.nan),
        low=np.where(has_any, lower / size, 0.0),
        high=np.where(has_any, upper / size, np.inf),
        is_shown=(n >= fewest) & (c >= fewest),
        overall=float(c.sum() / n.sum() * per) if n.sum() > 0 else np.nan,
        per=per,
    )


def smoothed_rates(cases: Many, population: Many, *, per: float = PER) -> SmoothedRates:
    """Return the rates drawn to the overall rate by Marshall's global empirical Bayes.

    With m the overall rate, s² = sum of n (r - m)² / sum of n and A = max(0, s² - m / mean n), each becomes
    m + w (r - m), w = A / (A + m/n). An area without customers gets the overall rate.

    >>> found = smoothed_rates([2, 40, 400], [10, 1000, 4000])
    >>> found.rate.round(1).tolist(), found.weight.round(2).tolist()
    ([94.7, 46.7, 99.5], [0.06, 0.86, 0.96])

    Raises:
        StatisticsError: As `area_rates`, or there is no customer at all.

    Source:
        Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators. Applied Statistics
        40, 283-294.
    """
    c, n = read_areas(cases, population, per)
    if not n.sum() > 0:
        raise StatisticsError("Rates need customers; every area has none.")
    overall = float(c.sum() / n.sum())
    raw = np.where(n > 0, c / np.where(n > 0, n, 1.0), overall)
    spread = float((n * (raw - overall) ** 2).sum() / n.sum())
    between = max(0.0, spread - overall / float(n.mean()))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where((n > 0) & (between > 0), between / (between + overall / n), 0.0)
    return SmoothedRates(
        rate=(overall + weight * (raw - overall)) * per,
        weight=weight,
        overall=overall * per,
        between=between,
        per=per,
    )


def read_areas(cases: Many, population: Many, per: float = PER) -> tuple[Floats, Floats]:
    """Return cases and customers of every area, or say what is wrong with them."""
    c, n = read_series(cases, counts=True), read_series(population, counts=True)
    if len(c) != len(n):
        raise StatisticsError("Give for every area its cases and its customers.")
    if (c[n == 0] > 0).any():
        raise StatisticsError("An area has cases but no customers; check how cases were given to areas.")
    if not (np.isfinite(per) and per > 0):
        raise StatisticsError("Rates are per a number above 0, such as 1000 customers.")
    return c, n
