"""How far forecasts were from what came: errors that compare, and whether intervals held what they promised."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Interval, Many, wilson
from wellserved.science.statistics.reading import read_values

# What is smaller counts as 0: a share of it says nothing.
NOTHING = 1e-100


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """The errors of `count` forecasts; None where a measure divides by 0 or has nothing to compare with.

    `wape` is Σ|y-f| / Σ|y|, the default: it weights by volume. `bias` is Σ(f-y) / Σ|y|, above 0 for too high. `mape`
    and `smape` are means of shares; `mae` and `rmse` are in the unit of the values. `mase` is the mean absolute error
    beside that of repeating the last season, below 1 for better than that.
    """

    count: int
    wape: float | None
    bias: float | None
    mae: float
    rmse: float
    mape: float | None
    smape: float | None
    mase: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The share of values inside their intervals, its own interval, and how wide the intervals were on average."""

    share: float
    interval: Interval[float]
    mean_width: float
    count: int


def accuracy(actual: Many, forecast: Many, *, history: Many | None = None, season: int = 1) -> Accuracy:
    """Return how far the forecasts were from the actual values.

    `history` is what was known before, oldest first, for the scaled error: the mean of |y_t - y_{t-season}| in it is
    that of repeating the last season. No share of a value of 0 exists: `mape` is None where one is, `smape` where a
    value and its forecast both are.

    >>> found = accuracy([10, 20, 30], [12, 18, 33], history=[8, 10, 12, 9])
    >>> round(found.wape, 3), round(found.bias, 3), round(found.mase, 3), round(found.rmse, 3)
    (0.117, 0.05, 1.0, 2.38)

    Raises:
        StatisticsError: There are no values, the two are not of one length, one is not known or endless, the season is
            below 1, or the history is no longer than a season.

    Source:
        Hyndman, R. J. and Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal
        of Forecasting 22, 679-688.
        Makridakis, S. (1993). Accuracy measures: theoretical and practical concerns. International Journal of
        Forecasting 9, 527-529 (the symmetric share).
    """
    came, told = _pair(actual, forecast)
    error = told - came
    size, volume = np.abs(error), float(np.abs(came).sum())
    both = np.abs(came) + np.abs(told)
    return Accuracy(
        count=len(came),
        wape=float(size.sum()) / volume if volume > NOTHING else None,
        bias=float(error.sum()) / volume if volume > NOTHING else None,
        mae=float(size.mean()),
        rmse=float(np.sqrt((error**2).mean())),
        mape=float((size / np.abs(came)).mean()) if (np.abs(came) > NOTHING).all() else None,
        smape=float((2 * size / both).mean()) if (both > NOTHING).all() else None,
        mase=_scaled(float(size.mean()), history, season),
    )


def pinball(actual: Many, forecast: Many, share: float) -> float:
    """Return the mean pinball loss of forecasts of a quantile: share·(y-f) below the value, (1-share)·(f-y) above it.

    The lower the better; the true quantile has the lowest in the long run.

    >>> round(pinball([10, 20], [12, 15], 0.9), 2)
    2.35

    Raises:
        StatisticsError: As `accuracy`, or the share lies not between 0 and 1.

    Source:
        Koenker, R. and Bassett, G. (1978). Regression quantiles. Econometrica 46, 33-50.
    """
    if not 0 < share < 1:
        raise StatisticsError(f"A quantile is named by a share between 0 and 1, such as 0.9, not {share}.")
    came, told = _pair(actual, forecast)
    return float(np.maximum(share * (came - told), (share - 1) * (came - told)).mean())


def coverage(actual: Many, low: Many, high: Many) -> Coverage:
    """Return how many of the values lay inside their forecast intervals, bounds included.

    >>> found = coverage([10, 20, 30], [8, 21, 25], [12, 24, 35])
    >>> round(found.share, 3), found.mean_width
    (0.667, 5.666666666666667)

    Raises:
        StatisticsError: As `accuracy`, or a lower bound lies above its upper one.

    Source:
        Wilson (1927), for the interval of the share.
    """
    came, floor = _pair(actual, low)
    _, ceiling = _pair(actual, high)
    if (floor > ceiling).any():
        raise StatisticsError("A lower bound lies above its upper one; give low, then high.")
    inside = int(((floor <= came) & (came <= ceiling)).sum())
    return Coverage(
        share=inside / len(came),
        interval=wilson(inside, len(came)),
        mean_width=float((ceiling - floor).mean()),
        count=len(came),
    )


def _pair(actual: Many, forecast: Many) -> tuple[Floats, Floats]:
    came, told = read_values(actual), read_values(forecast, noun="forecasts")
    if len(came) != len(told):
        raise StatisticsError("Give one forecast for each value.")
    return came, told


def _scaled(error: float, history: Many | None, season: int) -> float | None:
    if season < 1:
        raise StatisticsError("A season is at least one period long.")
    if history is None:
        return None
    past = read_values(history, noun="values of the history", fewest=season + 1)
    naive = float(np.abs(past[season:] - past[:-season]).mean())
    return error / naive if naive > NOTHING else None
