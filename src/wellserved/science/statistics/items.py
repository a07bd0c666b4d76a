"""What answers say of a question, and whether two figures of the same groups go together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE

FEWEST_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Correlation:
    """How far two figures go together, from -1 to 1, with its interval, and of how many pairs."""

    value: float
    low: float
    high: float
    pairs: int


def item_discrimination(right: Sequence[bool], rest: Sequence[float]) -> float | None:
    """Return how well a question tells those who know from those who do not: the corrected item-total correlation.

    The correlation of right (1) or wrong (0) with each person's share right of all other questions. The question itself
    is left out of the total, which would else agree with it by itself. None where everybody did alike: then nothing
    can be told apart.

    >>> round(item_discrimination([True, True, False, False], [1.0, 0.5, 0.5, 0.0]), 3)
    0.707
    >>> item_discrimination([True, True], [1.0, 0.5]) is None
    True

    Raises:
        StatisticsError: The two are not of one length.

    Source:
        Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika 28, 211-218.
    """
    return _pearson(right, rest)


def correlation(
    first: Sequence[float], second: Sequence[float], *, confidence: float = CONFIDENCE
) -> Correlation | None:
    """Return the correlation of two figures of the same groups with Fisher's interval.

    With z = artanh(r): tanh(z ± q / √(n - 3)). None of fewer than four pairs, or when either figure is everywhere the
    same.

    >>> found = correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (0.8, -0.28, 0.99)

    Raises:
        StatisticsError: The two are not of one length.

    Source:
        Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation. Metron 1, 3-32.
    """
    value = _pearson(first, second)
    if value is None or len(first) < FEWEST_PAIRS:
        return None
    # At the ends the transform is endless; the nearest number to 1 below it is not.
    z = math.atanh(min(max(value, -1 + 1e-12), 1 - 1e-12))
    half = NormalDist().inv_cdf((1 + confidence) / 2) / math.sqrt(len(first) - 3)
    return Correlation(value=value, low=math.tanh(z - half), high=math.tanh(z + half), pairs=len(first))


def _pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    if len(first) != len(second):
        raise StatisticsError("Give the two figures of each, in the same order.")
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.clip(np.corrcoef(a, b)[0, 1], -1.0, 1.0))
