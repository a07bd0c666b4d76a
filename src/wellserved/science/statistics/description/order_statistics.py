"""The median and other quantiles, each with the interval that the order of the values alone gives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many
from wellserved.science.statistics.reading import read_confidence, read_values
from wellserved.science.statistics.reference_distributions import ROUNDING, binomial_at_most, binomial_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Between which of the values in order, counted from one, a quantile lies, and how surely.

    A rank is None where even the outermost value is not far enough out; `coverage` is the exact probability for the
    bounds that there are.
    """

    low: int | None
    high: int | None
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantile:
    """A quantile of `count` values, its bounds, the ranks they have and their exact coverage.

    `is_enough` is False, and `reason` says how many values would do, where a bound is missing.
    """

    share: float
    value: float
    low: float | None
    high: float | None
    ranks: Ranks
    count: int
    confidence: float
    is_enough: bool
    reason: str


def quantile_ranks(count: int, share: float, *, confidence: float = CONFIDENCE) -> Ranks:
    """Return the ranks between which the true quantile lies with at least the confidence.

    With B the binomial probability of at most so many of `count` lying below the quantile and a = 1 - confidence: the
    largest l with B(l-1) ≤ a/2 and the smallest u with B(u-1) ≥ 1 - a/2. Nothing is assumed of the distribution; ties
    make the interval surer.

    >>> found = quantile_ranks(11, 0.5)
    >>> found.low, found.high, round(found.coverage, 5)
    (2, 10, 0.98828)

    Raises:
        StatisticsError: There are fewer than one, or share or confidence lie not between 0 and 1.

    Source:
        David, H. A. and Nagaraja, H. N. (2003). Order statistics, 3rd ed. Wiley, section 7.1.
    """
    if count < 1:
        raise StatisticsError("A quantile needs at least one value.")
    if not 0 < share < 1:
        raise StatisticsError(f"A quantile is named by a share between 0 and 1, such as 0.9, not {share}.")
    tail = (1 - read_confidence(confidence)) / 2
    # The smallest k with B(k) ≥ tail is the rank, one further when the tail is used up exactly.
    low = binomial_quantile(tail, count, share)
    low += binomial_at_most(low, count, share) <= tail * (1 + ROUNDING)
    high = binomial_quantile(1 - tail, count, share) + 1
    below = binomial_at_most(low - 1, count, share) if low else 0.0
    above = binomial_at_most(high - 1, count, share) if high <= count else 1.0
    return Ranks(low=low or None, high=high if high <= count else None, coverage=above - below)


def quantile(values: Many, share: float, *, confidence: float = CONFIDENCE) -> Quantile:
    """Return the quantile below which the share of the values lies, with its interval.

    The estimate runs straight between the values around place 1 + (n - 1) share (type 7); the interval is
    that of `quantile_ranks`.

    >>> found = quantile([2, 4, 4, 4, 5, 5, 7, 9], 0.5)
    >>> found.value, found.low, found.high
    (4.5, 2.0, 9.0)

    Raises:
        StatisticsError: As `quantile_ranks`, or a value is not known or endless.

    Source:
        Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50,
        361-365 (type 7).
    """
    return quantiles(values, (share,), confidence=confidence)[0]


def median(values: Many, *, confidence: float = CONFIDENCE) -> Quantile:
    """Return the median with its interval, which takes six values at 95 %.

    >>> found = median([1, 2, 3, 4, 5])
    >>> found.value, found.low, found.reason
    (3.0, None, 'Both bounds of the 50 % quantile need 6 values; there are 5.')

    Raises:
        StatisticsError: As `quantile`.

    Source:
        As `quantile`.
    """
    return quantile(values, 0.5, confidence=confidence)


def quantiles(values: Many, shares: Sequence[float], *, confidence: float = CONFIDENCE) -> tuple[Quantile, ...]:
    """Return several quantiles of the same values, which are put in order once.

    >>> [found.value for found in quantiles([1, 2, 3, 4, 5], (0.25, 0.75))]
    [2.0, 4.0]

    Raises:
        StatisticsError: As `quantile`.

    Source:
        As `quantile`.
    """
    row = np.sort(read_values(values))
    return tuple(_one(row, share, read_confidence(confidence)) for share in shares)


def fewest_values(share: float, *, confidence: float = CONFIDENCE) -> int:
    """Return how many values give a quantile both its bounds: share^n and (1-share)^n at most (1 - confidence)/2.

    >>> fewest_values(0.5), fewest_values(0.9)
    (6, 36)

    Raises:
        StatisticsError: Share or confidence lie not between 0 and 1.

    Source:
        David and Nagaraja (2003), section 7.1.
    """
    if not 0 < share < 1:
        raise StatisticsError(f"A quantile is named by a share between 0 and 1, such as 0.9, not {share}.")
    tail = (1 - read_confidence(confidence)) / 2
    return int(np.ceil(np.log(tail) / np.log(max(share, 1 - share)) - 1e-12))


def _one(row: Floats, share: float, confidence: float) -> Quantile:
    count = len(row)
    ranks = quantile_ranks(count, share, confidence=confidence)
    is_enough = ranks.low is not None and ranks.high is not None
    needed = "" if is_enough else fewest_values(share, confidence=confidence)
    return Quantile(
        share=share,
        value=float(np.quantile(row, share)),
        low=None if ranks.low is None else float(row[ranks.low - 1]),
        high=None if ranks.high is None else float(row[ranks.high - 1]),
        ranks=ranks,
        count=count,
        confidence=confidence,
        is_enough=is_enough,
        reason=(
            ""
            if is_enough
            else f"Both bounds of the {100 * share:g} % quantile need {needed} values; there are {count}."
        ),
    )
