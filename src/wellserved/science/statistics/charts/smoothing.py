"""The EWMA chart, which finds a small lasting drift sooner than limits around single points do."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.charts.control import Baseline, chosen
from wellserved.science.statistics.charts.measurements import centre_and_sigma
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.reading import read_gaps

WEIGHT = 0.3
WIDTH = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EwmaChart:
    """Values, their weighted moving average and its limits; a signal is 1 above them, -1 below, else 0."""

    values: Floats
    smoothed: Floats
    centre: float
    sigma: float
    lower: Floats
    upper: Floats
    signals: npt.NDArray[np.int64]


def ewma_chart(
    values: Many,
    *,
    centre: float | None = None,
    sigma: float | None = None,
    weight: float = WEIGHT,
    width: float = WIDTH,
    steady: bool = False,
    baseline: Baseline | None = None,
) -> EwmaChart:
    """Return the exponentially weighted moving average of the values, oldest first, with its limits.

    z_i = λ x_i + (1-λ) z_{i-1} from z_0 = centre, within centre ± L s √(λ/(2-λ) (1 - (1-λ)^{2i})); `steady` leaves the
    last factor out, which is the limit after many points. Centre and s, which is `sigma`, are the mean and mR̄/1.128
    of the baseline unless given. A point not known (NaN) leaves the average where it was.

    >>> chart = ewma_chart([52.0, 47.0, 53.0, 49.3], centre=50, sigma=2.0539, steady=True)
    >>> chart.smoothed.round(2).tolist(), float(chart.upper[0].round(3))
    ([50.6, 49.52, 50.56, 50.18], 52.588)

    Raises:
        StatisticsError: No value is known, λ lies not above 0 and up to 1, L not above 0, s below 0, or s cannot be
            had from the values.

    Source:
        Roberts, S. W. (1959). Control chart tests based on geometric moving averages. Technometrics 1, 239-250.
        Lucas, J. M. and Saccucci, M. S. (1990). Exponentially weighted moving average control schemes. Technometrics
        32, 1-12.
    """
    if not (0 < weight <= 1 and width > 0 and np.isfinite(width)):
        raise StatisticsError("The weight lies above 0 and up to 1, such as 0.3, and the width above 0, such as 3.")
    row = read_gaps(values)
    middle, spread = scale_of(row, centre, sigma, baseline)
    smoothed = np.array(list(accumulate(row.tolist(), _moved(weight), initial=middle))[1:], dtype=np.float64)
    steps = np.arange(1, len(row) + 1)
    factor = np.ones(len(row)) if steady else 1 - (1 - weight) ** (2 * steps)
    half = width * spread * np.sqrt(weight / (2 - weight) * factor)
    slack = 1e-10 * max(abs(middle), spread)
    apart = smoothed - middle
    return EwmaChart(
        values=row,
        smoothed=smoothed,
        centre=middle,
        sigma=spread,
        lower=middle - half,
        upper=middle + half,
        signals=(apart > half + slack).astype(np.int64) - (apart < -half - slack).astype(np.int64),
    )


def scale_of(row: Floats, centre: float | None, sigma: float | None, baseline: Baseline | None) -> tuple[float, float]:
    """Return the centre and the sigma given, or those of the XmR chart of the baseline.

    >>> scale_of(np.array([1.0, 2.0]), None, 3.0, None)
    (1.5, 3.0)

    Raises:
        StatisticsError: Nothing in the baseline is known, or there is no sigma from 0 on.
    """
    usable = ~np.isnan(row) & chosen(baseline, len(row))
    if not usable.any():
        raise StatisticsError("A chart needs at least one point with a value in its baseline.")
    mean, spread = centre_and_sigma(row, usable)
    middle, width = float(mean if centre is None else centre), float(spread if sigma is None else sigma)
    if not (np.isfinite(middle) and np.isfinite(width) and width >= 0):
        raise StatisticsError("Limits need two known values next to one another, or a centre and a sigma from 0 on.")
    return middle, width


def _moved(weight: float) -> Callable[[float, float], float]:
    def step(before: float, value: float) -> float:
        return before if math.isnan(value) else before + weight * (value - before)

    return step
