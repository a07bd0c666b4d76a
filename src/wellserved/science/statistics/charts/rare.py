"""The g chart: how many cases passed between two rare events."""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Literal

import numpy as np

from wellserved.science.statistics.charts.control import PROVISIONAL, Baseline, ControlChart, Fit, assemble, no_bounds
from wellserved.science.statistics.charts.detection import Bools
from wellserved.science.statistics.charts.rules import COUNTS, RuleSet
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.reading import read_gaps

Limits = Literal["probability", "sigma"]


def chart_gaps(
    gaps: Many,
    *,
    limits: Limits = "probability",
    rules: RuleSet = COUNTS,
    baseline: Baseline | None = None,
    breaks: Sequence[int] = (),
    fewest: int = PROVISIONAL,
) -> ControlChart:
    """Return the g chart of the cases between events, such as orders between two major failures.

    With ḡ the mean gap, gaps are geometric with p = 1/(1 + ḡ). "probability" draws the median and limits that a gap
    passes as rarely as a normal value passes three sigma: few gaps are long ones, so that the textbook limits "sigma",
    ḡ ± 3 √(ḡ(ḡ+1)), call one gap in 55 special and none too short. Above the limits events have become rarer, below
    them more frequent. A baseline without a case between events gives no limits. The other arguments are those of
    `chart_values`.

    >>> chart = chart_gaps([30, 12, 45, 8, 70, 22, 5, 60, 41, 18, 33, 26, 400])
    >>> [(signal.rule, signal.points, signal.side) for signal in chart.signals]
    [('beyond', (12,), 1)]

    Raises:
        StatisticsError: A gap is no whole number from 0 on, or as `chart_values`.

    Source:
        Benneyan, J. C. (2001). Number-between g-type statistical quality control charts for monitoring adverse events.
        Health Care Management Science 4, 305-318.
        Xie, M. and Goh, T. N. (1997). The use of probability limits for process control based on geometric
        distribution. International Journal of Quality & Reliability Management 14, 64-73.
    """
    row = read_gaps(gaps, noun="gaps")
    whole = row[~np.isnan(row)]
    if (whole < 0).any() or (whole != np.floor(whole)).any():
        raise StatisticsError("A gap is a whole number of cases from 0 on; of time, use the t chart.")

    def fit(place: slice, usable: Bools) -> Fit:
        mean = float(row[place][usable].mean())
        if mean == 0:
            return Fit(centre=mean, bounds=no_bounds)
        count = place.stop - place.start
        if limits == "sigma":
            half = float(np.sqrt(mean * (mean + 1)))
            return Fit(centre=mean, bounds=lambda k: _repeat(mean - k * half, mean + k * half, count))
        return Fit(centre=_bounds(mean, 0.0)[0], bounds=lambda k: _repeat(*_bounds(mean, k), count))

    return assemble("g", row, fit, rules=rules, baseline=baseline, breaks=breaks, within=(0, np.inf), fewest=fewest)


def _bounds(mean: float, sigma: float) -> tuple[float, float]:
    """Return the outermost gaps that are not rarer to their side than a normal value beyond so many sigma."""
    # The logarithm of the chance that a case is no event.
    passing = -np.log1p(1 / mean)
    tail = 1 - NormalDist().cdf(sigma)
    if sigma == 0:
        middle = max(float(np.ceil(np.log(0.5) / passing * (1 - 1e-12))) - 1, 0.0)
        return middle, middle
    high = max(float(np.ceil(np.log(tail) / passing * (1 - 1e-12))), 1.0) - 1
    return float(np.floor(np.log1p(-tail) / passing * (1 + 1e-12))), high


def _repeat(low: float, high: float, count: int) -> tuple[Floats, Floats]:
    return np.full(count, low), np.full(count, high)
