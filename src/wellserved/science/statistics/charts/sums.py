"""The cusum chart, which adds up what lies off the centre and so dates when a small shift began."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.charts.control import Baseline
from wellserved.science.statistics.charts.smoothing import scale_of
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.reading import read_gaps

SLACK = 0.5
LIMIT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CusumChart:
    """What has added up above and below the centre, in sigma; a signal is 1 above the limit, -1 below, else 0.

    `began` is the place at which the sum that signalled first started to add up, so about when the shift began; None
    without a signal.
    """

    values: Floats
    centre: float
    sigma: float
    above: Floats
    below: Floats
    limit: float
    signals: npt.NDArray[np.int64]
    began: int | None


def cusum_chart(
    values: Many,
    *,
    centre: float | None = None,
    sigma: float | None = None,
    slack: float = SLACK,
    limit: float = LIMIT,
    baseline: Baseline | None = None,
) -> CusumChart:
    """Return the cumulative sums of the values, oldest first, on both sides of their centre.

    With z = (x - centre)/sigma: C⁺ = max(0, C⁺ + z - k) and C⁻ = max(0, C⁻ - z - k), signalling above h. `slack` k is
    half the shift to be found, in sigma, and `limit` h how much is enough: 0.5 and 5 find one sigma in 10 points on
    average and give a false alarm in 465. Centre and sigma are those of the XmR chart of the baseline unless given. A
    point not known (NaN) leaves both sums where they were.

    >>> chart = cusum_chart([0, 1, -1, 2, 2, 2, 2, 2], centre=0, sigma=1, limit=4)
    >>> chart.above.tolist(), chart.signals.tolist(), chart.began
    ([0.0, 0.5, 0.0, 1.5, 3.0, 4.5, 6.0, 7.5], [0, 0, 0, 0, 0, 1, 1, 1], 3)

    Raises:
        StatisticsError: No value is known, `slack` is below 0, `limit` not above 0, sigma not above 0, or it cannot be
            had from the values.

    Source:
        Page, E. S. (1954). Continuous inspection schemes. Biometrika 41, 100-115.
        Hawkins, D. M. and Olwell, D. H. (1998). Cumulative sum charts and charting for quality improvement. Springer.
    """
    if not (np.isfinite([slack, limit]).all() and slack >= 0 and limit > 0):
        raise StatisticsError("The slack is a number from 0 on, such as 0.5, and the limit one above 0, such as 5.")
    row = read_gaps(values)
    middle, spread = scale_of(row, centre, sigma, baseline)
    if spread == 0:
        raise StatisticsError("Values that are all alike have no sigma to add up in; give one above 0.")
    with np.errstate(over="ignore"):
        z = (row - middle) / spread
    above, below = added_up(z, slack), added_up(-z, slack)
    signals = (above > limit).astype(np.int64) - ((below > limit) & (above <= limit)).astype(np.int64)
    return CusumChart(
        values=row,
        centre=middle,
        sigma=spread,
        above=above,
        below=below,
        limit=float(limit),
        signals=signals,
        began=_began(signals, above, below),
    )


def added_up(z: Floats, slack: float) -> Floats:
    """Return the sum of z - slack since it was last 0 or less, along the last axis; NaN adds nothing.

    >>> added_up(np.array([1.0, -1.0, 2.0]), 0.5).tolist()
    [0.5, 0.0, 1.5]
    """
    walk = np.cumsum(np.where(np.isnan(z), 0.0, z - slack), axis=-1)
    # A sum that starts anew at 0 is how far the walk lies above its lowest point so far.
    return np.asarray(walk - np.minimum(np.minimum.accumulate(walk, axis=-1), 0.0), dtype=np.float64)


def _began(signals: npt.NDArray[np.int64], above: Floats, below: Floats) -> int | None:
    places = np.flatnonzero(signals)
    if not len(places):
        return None
    first = int(places[0])
    sums = above if signals[first] > 0 else below
    nothing = np.flatnonzero(sums[:first] <= 0)
    return int(nothing[-1]) + 1 if len(nothing) else 0
