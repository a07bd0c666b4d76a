"""What a sample says of the mean it was drawn from."""

import math
from dataclasses import dataclass

from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many
from wellserved.science.statistics.reading import read_confidence, read_values
from wellserved.science.statistics.reference_distributions import student_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanInterval:
    """The mean of `count` values with its interval, or why it has none.

    `sd` is the standard deviation of the sample and `standard_error` that of the mean; both, and the bounds, are None
    where one value shows no spread.
    """

    value: float
    low: float | None
    high: float | None
    sd: float | None
    standard_error: float | None
    count: int
    confidence: float
    is_enough: bool
    reason: str


def mean_interval(values: Many, *, confidence: float = CONFIDENCE) -> MeanInterval:
    """Return the mean of the values with Student's interval.

    x̄ ± t s/√n with n - 1 degrees of freedom. Exact where the values are normal, near enough where they are many; the
    mean of a few very uneven values, such as resolution times, is better left to the median. One value has a mean and
    no interval.

    >>> found = mean_interval([2, 4, 4, 4, 5, 5, 7, 9])
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (5.0, 3.213, 6.787)

    Raises:
        StatisticsError: There are no values, one is not known or endless, or the confidence lies not between 0 and 1.

    Source:
        Student (1908). The probable error of a mean. Biometrika 6, 1-25.
    """
    row = read_values(values)
    level = read_confidence(confidence)
    value, count = mean_of(row), len(row)
    if count < 2:
        return MeanInterval(
            value=value,
            low=None,
            high=None,
            sd=None,
            standard_error=None,
            count=count,
            confidence=level,
            is_enough=False,
            reason="One value shows no spread; an interval needs two or more.",
        )
    sd = math.sqrt(variance_of(row, value))
    error = sd / math.sqrt(count)
    half = float(student_quantile((1 + level) / 2, count - 1)) * error
    return MeanInterval(
        value=value,
        low=value - half,
        high=value + half,
        sd=sd,
        standard_error=error,
        count=count,
        confidence=level,
        is_enough=True,
        reason="",
    )


def mean_of(row: Floats) -> float:
    """Return the mean, which rounding never puts outside its values.

    >>> import numpy as np
    >>> mean_of(np.array([0.1, 0.1, 0.1]))
    0.1
    """
    smallest, largest = float(row.min()), float(row.max())
    # Values near one another far from 0 keep their digits when the first of them is taken off before they are summed.
    value = smallest + float((row - smallest).mean())
    return min(max(value, smallest), largest)


def variance_of(row: Floats, centre: float) -> float:
    """Return the sample variance by two passes, the second corrected for the rounding of the first.

    >>> import numpy as np
    >>> variance_of(np.array([10000001.0, 10000003.0, 10000002.0]), 10000002.0)
    1.0
    """
    apart = row - centre
    return max(float((apart @ apart - apart.sum() ** 2 / len(row)) / (len(row) - 1)), 0.0)
