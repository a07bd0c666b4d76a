"""How many events there are for each unit of exposure, and how far that is known."""

from dataclasses import dataclass
from typing import Any, Generic, overload

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many, Number
from wellserved.science.statistics.reading import read_confidence, read_positive
from wellserved.science.statistics.reference_distributions import gamma_quantile


@dataclass(frozen=True, slots=True)
class Rate(Generic[Number]):
    """A rate with its interval: floats for scalars, arrays of one shape for arrays."""

    value: Number
    low: Number
    high: Number


@overload
def rate_interval(
    events: float, exposure: float, *, per: float = 1.0, confidence: float = CONFIDENCE
) -> Rate[float]: ...
@overload
def rate_interval(
    events: Many, exposure: Many | float, *, per: float = 1.0, confidence: float = CONFIDENCE
) -> Rate[Floats]: ...
def rate_interval(
    events: Many | float, exposure: Many | float, *, per: float = 1.0, confidence: float = CONFIDENCE
) -> Rate[Any]:
    """Return the exact Poisson interval of `events / exposure`, for each `per` units of exposure.

    With G(q; k) the q-quantile of a gamma distribution of shape k, x events and a = 1 - confidence:
    G(a/2; x) / t to G(1-a/2; x+1) / t, and 0 below for no events. Without exposure nothing is known: NaN, 0 to
    infinity.

    >>> found = rate_interval(10, 1000, per=1000)
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (10.0, 4.8, 18.39)

    Raises:
        StatisticsError: Events are no whole numbers from 0 on, exposure is negative or endless, there are events
            without exposure, or the confidence lies not between 0 and 1.

    Source:
        Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    """
    level = read_confidence(confidence)
    scale = read_positive(per, noun="number of units a rate is given for")
    counts, time = np.broadcast_arrays(np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64))
    if not (np.isfinite(counts).all() and (counts >= 0).all() and (counts == np.floor(counts)).all()):
        raise StatisticsError("Events are whole numbers from 0 on; give counts, not rates.")
    if not (np.isfinite(time).all() and (time >= 0).all()):
        raise StatisticsError("Exposure is a finite number from 0 on, such as orders or customer-days.")
    if (counts[time == 0] > 0).any():
        raise StatisticsError("Where there are events there was exposure; give it.")
    known = time > 0
    unit = scale / np.where(known, time, 1.0)
    value = np.where(known, counts * unit, np.nan)
    low = np.where(known, gamma_quantile((1 - level) / 2, counts) * unit, 0.0)
    high = np.where(known, gamma_quantile((1 + level) / 2, counts + 1) * unit, np.inf)
    if np.ndim(events) == 0 and np.ndim(exposure) == 0:
        return Rate(float(value), float(low), float(high))
    return Rate(value, low, high)
