"""A row of measurements read once for every method that takes one: finite numbers, oldest first, gaps as NaN."""

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many


def read_series(values: Many, *, gaps: bool = False, counts: bool = False) -> Floats:
    """Return one row of numbers as floats, or say what is wrong with it.

    `gaps` allows NaN for a period that was not measured; `counts` allows nothing below 0.

    >>> read_series([3, 1, 2]).tolist()
    [3.0, 1.0, 2.0]

    Raises:
        StatisticsError: It is a table, holds an endless number or a gap that is not allowed, or a negative count.
    """
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1:
        raise StatisticsError("A series is one row of numbers, oldest first; give one-dimensional values.")
    known = row[~np.isnan(row)]
    if not np.isfinite(known).all():
        raise StatisticsError("A series holds finite numbers; give NaN where nothing was measured.")
    if not gaps and len(known) < len(row):
        raise StatisticsError("This method needs a value in every period; leave out or fill the gaps first.")
    if counts and (known < 0).any():
        raise StatisticsError("Counts are none or more, never negative.")
    return row


def spread(values: Floats) -> float:
    """Return the robust standard deviation: 1.4826 times the median absolute deviation.

    Where more than half of the values are alike that is 0, and 1.2533 times the mean absolute deviation is taken.

    >>> round(spread(np.array([1.0, 2.0, 3.0, 4.0, 90.0])), 4)
    1.4826

    Source:
        Iglewicz, B. and Hoaglin, D. C. (1993). How to detect and handle outliers. ASQC Quality Press.
    """
    if not len(values):
        return 0.0
    away = np.abs(values - np.median(values))
    middle = float(np.median(away))
    # What is left of equal values by rounding alone is no spread.
    if middle > 1e-12 * float(np.abs(values).max()):
        return 1.4826 * middle
    mean = float(away.mean())
    return 1.2533 * mean if mean > 1e-12 * float(np.abs(values).max()) else 0.0


def first_correlation(values: Floats) -> float:
    """Return the correlation of each value with the one before it, 0 of fewer than three or of equal values.

    >>> first_correlation(np.array([1.0, -1.0, 1.0, -1.0]))
    -0.75
    """
    if len(values) < 3:
        return 0.0
    centred = values - values.mean()
    total = float((centred**2).sum())
    return float((centred[1:] * centred[:-1]).sum()) / total if total > 0 else 0.0
