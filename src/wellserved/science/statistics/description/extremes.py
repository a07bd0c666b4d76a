"""Which values lie too far out to belong to the rest."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.reading import read_values
from wellserved.science.statistics.reference_distributions import student_quantile
from wellserved.science.statistics.samples.means import mean_of, variance_of

# Below this the critical values are not right.
FEWEST = 15
ALPHA = 0.05
MOST = 20
# The median absolute deviation of a normal distribution is its standard deviation over this.
NORMAL_MAD = 1.4826


@dataclass(frozen=True, slots=True, kw_only=True)
class Outliers:
    """The places and values of what lies too far out, furthest first.

    `statistics` are the distances tested, in standard deviations of what was left, and `critical` what they had to
    exceed. `is_enough` is False, with the `reason`, where nothing could be tested.
    """

    positions: tuple[int, ...]
    values: tuple[float, ...]
    statistics: tuple[float, ...]
    critical: tuple[float, ...]
    is_enough: bool
    reason: str


def outliers(values: Many, *, alpha: float = ALPHA, most: int | None = None) -> Outliers:
    """Return the outliers by the generalised extreme studentised deviate test.

    The value furthest from the mean is taken away `most` times over; R_i is its distance from the mean of those still
    there in their standard deviations. With a the level and t the 1 - a/(2(n-i+1)) quantile of Student's t with n-i-1
    degrees of freedom it has to exceed λ_i = (n-i) t / √((n-i-1+t²)(n-i+1)). The outliers are the first k values
    taken, for the largest k with R_k > λ_k: several cannot hide one another. `most` is a tenth of the values, at
    most 20, unless given. The test takes the rest as normal; of waiting times, test the logarithms.

    Fewer than 15 values cannot be tested, and values that are all alike have no outliers.

    >>> found = outliers([10, 11, 9, 10, 12, 8, 10, 11, 9, 10, 11, 9, 10, 12, 8, 40])
    >>> found.positions, found.values
    ((15,), (40.0,))

    Raises:
        StatisticsError: A value is not known or endless, `alpha` lies not between 0 and 1, or `most` not between 1 and
            half of the values.

    Source:
        Rosner, B. (1983). Percentage points for a generalized ESD many-outlier procedure. Technometrics 25, 165-172.
    """
    row = read_values(values, fewest=0)
    count = len(row)
    if not 0 < alpha < 1:
        raise StatisticsError(f"A level lies between 0 and 1, such as 0.05, not at {alpha}.")
    if count < FEWEST:
        return Outliers(
            positions=(),
            values=(),
            statistics=(),
            critical=(),
            is_enough=False,
            reason=f"Outliers are told from the rest by {FEWEST} values or more; there are {count}.",
        )
    tested = min(count // 10, MOST) if most is None else most
    if not 1 <= tested <= count // 2:
        raise StatisticsError(f"Test for between 1 and {count // 2} outliers of {count} values.")
    positions, distances = _furthest(row, tested)
    limits = _critical(count, len(distances), alpha)
    exceeding = np.flatnonzero(np.array(distances) > limits)
    found = int(exceeding[-1]) + 1 if len(exceeding) else 0
    return Outliers(
        positions=tuple(positions[:found]),
        values=tuple(row[positions[:found]].tolist()),
        statistics=tuple(distances),
        critical=tuple(limits.tolist()),
        is_enough=True,
        reason="",
    )


def robust_scores(values: Many) -> Floats:
    """Return how far each value lies from the median, in 1.4826 median absolute deviations; beyond 3.5 is far.

    NaN for every value off the median, and 0 on it, where more than half of them are the same.

    >>> robust_scores([1, 2, 3, 4, 100]).round(2).tolist()
    [-1.35, -0.67, 0.0, 0.67, 65.43]

    Raises:
        StatisticsError: There are no values, or one is not known or endless.

    Source:
        Iglewicz, B. and Hoaglin, D. C. (1993). How to detect and handle outliers. ASQC Quality Press.
    """
    row = read_values(values)
    apart = row - np.median(row)
    spread = NORMAL_MAD * float(np.median(np.abs(apart)))
    if spread == 0:
        return np.where(apart == 0, 0.0, np.nan)
    with np.errstate(over="ignore"):
        return np.asarray(apart / spread, dtype=np.float64)


def _furthest(row: Floats, most: int) -> tuple[list[int], list[float]]:
    """Take the furthest value away so many times: only the two ends of the values in order can be it."""
    order = np.argsort(row, kind="stable")
    low, high = 0, len(row)
    positions: list[int] = []
    distances: list[float] = []
    for _ in range(most):
        left = row[order[low:high]]
        if left[0] == left[-1]:
            break
        centre = mean_of(left)
        down, up = centre - left[0], left[-1] - centre
        spread = float(np.sqrt(variance_of(left, centre)))
        if spread == 0:
            break
        distances.append(float(max(down, up)) / spread)
        takes_top = bool(up >= down)
        positions.append(int(order[high - 1] if takes_top else order[low]))
        low, high = (low, high - 1) if takes_top else (low + 1, high)
    return positions, distances


def _critical(count: int, tested: int, alpha: float) -> Floats:
    left = count - np.arange(1.0, tested + 1)
    t = student_quantile(1 - alpha / (2 * (left + 1)), left - 1)
    return np.asarray(left * t / np.sqrt((left - 1 + t * t) * (left + 1)), dtype=np.float64)
