"""Which periods are out of the ordinary, seasons allowed for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.decomposition import decompose
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.series import read_series, spread

Kind = Literal["values", "counts"]
FEWEST = 8
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

    With a `period` the expectation is trend plus season of a robust STL, and z the remainder over its robust standard
    deviation 1.4826 MAD; without one the expectation is the median. Beyond 3.5 a period is out of the ordinary. Counts
    are made 2 √(x + 3/8) first, so that a busy hour may vary more than a quiet one, and their spread is at least 1,
    what chance alone gives. A season weaker than 0.3 is left out. Eight values are needed, with a period two whole
    seasons.

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
        expected = np.full(len(row), np.median(used[known]))
    else:
        parts = decompose(used, periods=period)
        if not parts.is_enough:
            return _nothing(row, threshold, parts.reason)
        expected = parts.expected if parts.is_seasonal else parts.trend
    left = used - expected
    width = spread(left[known])
    width = max(width, 1.0) if kind == "counts" else width
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
