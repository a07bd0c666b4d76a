"""Intervals of a share and of the difference of two."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError

Floats = npt.NDArray[np.float64]
Many = npt.NDArray[Any] | Sequence[float]
Number = TypeVar("Number", float, Floats)

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval(Generic[Number]):
    """The bounds of an interval: two floats for scalars, two arrays of one shape for arrays."""

    low: Number
    high: Number


@overload
def wilson(kept: float, total: float, *, confidence: float = CONFIDENCE) -> Interval[float]: ...
@overload
def wilson(kept: Many, total: Many | float, *, confidence: float = CONFIDENCE) -> Interval[Floats]: ...
def wilson(kept: Many | float, total: Many | float, *, confidence: float = CONFIDENCE) -> Interval[Any]:
    """Return the score interval of the share `kept / total`.

    With p = kept/total, n = total and z the normal quantile of the confidence:
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).  Of no cases nothing is known: 0 to 1.

    >>> found = wilson(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)

    Raises:
        StatisticsError: A count is negative, endless or no number, more are kept than there are, or the confidence
            does not lie between 0 and 1.

    Source:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    """
    successes, cases = read_counts(kept, total)
    low, high = _score(successes, cases, _quantile(confidence))
    return Interval(*_like((kept, total), low, high))


@overload
def difference(
    kept: float, total: float, *, other_kept: float, other_total: float, confidence: float = CONFIDENCE
) -> Interval[float]: ...
@overload
def difference(
    kept: Many, total: Many, *, other_kept: Many | float, other_total: Many | float, confidence: float = CONFIDENCE
) -> Interval[Floats]: ...
def difference(
    kept: Many | float,
    total: Many | float,
    *,
    other_kept: Many | float,
    other_total: Many | float,
    confidence: float = CONFIDENCE,
) -> Interval[Any]:
    """Return the interval of `kept / total - other_kept / other_total`, two shares of different cases.

    With d the difference and l, u the Wilson bounds of each share: d - √((p₁-l₁)² + (u₂-p₂)²) to
    d + √((u₁-p₁)² + (p₂-l₂)²).  When either share has no cases nothing is known: -1 to 1.

    >>> found = difference(56, 70, other_kept=48, other_total=80)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)

    Raises:
        StatisticsError: As `wilson`.

    Source:
        Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions: comparison of
        eleven methods. Statistics in Medicine 17, 873-890, method 10.
    """
    z = _quantile(confidence)
    first, first_cases = read_counts(kept, total)
    second, second_cases = read_counts(other_kept, other_total)
    low, high = _score(first, first_cases, z)
    other_low, other_high = _score(second, second_cases, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, other = first / first_cases, second / second_cases
    apart = share - other
    down = np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    up = np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    known = np.isfinite(apart)
    lower = np.where(known, np.clip(apart - down, -1.0, 1.0), -1.0)
    upper = np.where(known, np.clip(apart + up, -1.0, 1.0), 1.0)
    return Interval(*_like((kept, total, other_kept, other_total), lower, upper))


def _score(kept: Floats, total: Floats, z: float) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = kept / total
        scale = 1 + z * z / total
        centre = (share + z * z / (2 * total)) / scale
        half = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    # At the ends the formula gives exactly 0 and 1; rounding must not.
    low = np.where((kept == 0) | (total == 0), 0.0, np.maximum(centre - half, 0.0))
    high = np.where(kept == total, 1.0, np.minimum(centre + half, 1.0))
    return low, high


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def read_counts(kept: Many | float, total: Many | float) -> tuple[Floats, Floats]:
    """Return both counts as floats of one shape, or say what is wrong with them."""
    successes, cases = np.broadcast_arrays(np.asarray(kept, dtype=np.float64), np.asarray(total, dtype=np.float64))
    if not (np.isfinite(successes).all() and np.isfinite(cases).all()):
        raise StatisticsError("Counts are finite numbers; leave out what is not known.")
    if (successes < 0).any() or (successes > cases).any():
        raise StatisticsError("Of a total between none and all are kept: give 0 <= kept <= total.")
    return successes, cases


def _like(given: Sequence[Many | float], low: Floats, high: Floats) -> tuple[Any, Any]:
    """Return plain floats when everything given was a scalar."""
    if all(np.ndim(value) == 0 for value in given):
        return float(low), float(high)
    return low, high
