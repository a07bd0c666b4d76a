"""Which periods are out of the ordinary, seasons allowed for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.seasons import NARROWEST, Decomposition, decompose
from wellserved.science.statistics.movements.series import read_series, spread
from wellserved.science.statistics.proportions import Floats, Many

Kind = Literal["values", "counts"]
FEWEST = 8
# With fewer seasons the fit takes so much of the values that ordinary ones look odd.
FEWEST_SEASONS = 6
THRESHOLD = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomalies:
    """What was expected of each period and how far off it was.

    `z` is the distance in robust standard deviations, NaN for a gap; `flags` is 1 above what is ordinary, -1 below,
    else 0. With `is_enough` False nothing is flagged and `reason` says why.
    """

    expected: Floats
    z: Floats
    flags: npt.NDArray[np.int64]
    threshold: float
    is_enough: bool
    reason: str


def anomalies(
    values: Many, *, period: int | None = None, kind: Kind = "values", threshold: float = THRESHOLD
) -> Anomalies:
    """Return which periods lie far from what was expected of them.

    With a `period` the expectation is trend plus season of an STL without the periods that lie twice as far out of a
    robust one, and z the remainder over its robust standard deviation 1.4826 MAD, widened by √(n / (n - p)) for the p
    figures fitted; without one the expectation is the median. Beyond 3.5 a period is out of the ordinary. Counts are
    made 2 √(x + 3/8) first, so that a busy hour may vary more than a quiet one, and their spread is at least 1, what
    chance alone gives. A season weaker than 0.3 is left out. Eight values are needed, with a period six whole seasons.

    >>> anomalies([5, 6, 5, 4, 5, 30, 5, 6, 4]).flags.tolist()
    [0, 0, 0, 0, 0, 1, 0, 0, 0]
    >>> anomalies([5, 6, 30]).reason
    'At least 8 values are needed, not 3.'

    Raises:
        StatisticsError: The series is no row of finite numbers, a count is negative, the threshold is not above 0, or
            the period is below 2.

    Source:
        Iglewicz, B. and Hoaglin, D. C. (1993). How to detect and handle outliers. ASQC Quality Press (3.5).
        Anscombe, F. J. (1948). The transformation of Poisson, binomial and negative-binomial data. Biometrika 35.
    """
    row = read_series(values, gaps=True, counts=kind == "counts")
    if not threshold > 0:
        raise StatisticsError("A threshold lies above 0, such as 3.5 standard deviations.")
    known = ~np.isnan(row)
    if known.sum() < FEWEST:
        return _nothing(row, threshold, f"At least {FEWEST} values are needed, not {int(known.sum())}.")
    used = 2 * np.sqrt(row + 3 / 8) if kind == "counts" else row
    if period is None:
        expected, width = np.full(len(row), np.median(used[known])), spread((used - np.median(used[known]))[known])
    else:
        first = decompose(used, periods=period)
        if not first.is_enough or len(row) < FEWEST_SEASONS * period:
            few = f"{FEWEST_SEASONS} whole seasons of {period} periods are needed, not {len(row)} values."
            return _nothing(row, threshold, first.reason or few)
        expected, width = _settled(used, first, period, threshold)
    width = max(width, 1.0) if kind == "counts" else width
    left = used - expected
    z = left / width if width > 0 else np.where(known, 0.0, np.nan)
    with np.errstate(invalid="ignore"):
        flags = (z > threshold).astype(np.int64) - (z < -threshold).astype(np.int64)
    back = np.maximum(expected / 2, 0) ** 2 - 3 / 8 if kind == "counts" else expected
    return Anomalies(
        expected=np.maximum(back, 0.0) if kind == "counts" else back,
        z=z,
        flags=flags,
        threshold=threshold,
        is_enough=True,
        reason="",
    )


def _settled(used: Floats, first: Decomposition, period: int, threshold: float) -> tuple[Floats, float]:
    """Return the expectation and spread of the periods that a first, robust look does not call odd.

    A robust fit follows the middle of few seasons so closely that ordinary periods look odd beside it; it only says
    which lie so far out (twice the threshold) that a plain fit would follow them.
    """
    width = _width(first.remainder[~np.isnan(first.remainder)], period)
    with np.errstate(invalid="ignore"):
        is_odd = np.abs(first.remainder) > 2 * threshold * width
    plain = decompose(np.where(is_odd, np.nan, used), periods=period, robust=False)
    parts = plain if plain.is_enough else first
    expected = parts.expected if parts.is_seasonal else parts.trend
    return expected, _width((used - expected)[~is_odd & ~np.isnan(used)], period)


def _width(left: Floats, period: int) -> float:
    """Return the spread of what is left, made up for what the fit took of it.

    A season takes one figure for each of its places, and the trend, a loess over a season and a half, about two a
    window.
    """
    size = len(left)
    free = max(size - period - 2 * size / max(1.5 * period, NARROWEST), size / 4)
    return spread(left) * float(np.sqrt(size / free))


def _nothing(row: Floats, threshold: float, reason: str) -> Anomalies:
    unknown = np.full(len(row), np.nan)
    return Anomalies(
        expected=unknown,
        z=unknown,
        flags=np.zeros(len(row), dtype=np.int64),
        threshold=threshold,
        is_enough=False,
        reason=reason,
    )
