"""The smallest effect that so many cases would show: what a comparison could have seen at all."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE

POWER = 0.8
# A ratio of rates further off than this is no answer.
LARGEST_RATIO = 1e6


def detectable_difference(
    share: float, total: float, total_after: float, *, confidence: float = CONFIDENCE, power: float = POWER
) -> tuple[float, float]:
    """Return the smallest fall and rise of a share that the score test finds with this power, NaN where there is none.

    The d that solves |d| = z(1 - alpha/2) √(q(1-q)(1/n₁ + 1/n₂)) + z(power) √(p(1-p)/n₁ + (p+d)(1-p-d)/n₂), p the
    share before and q the share of both together.

    >>> fall, rise = detectable_difference(0.7, 400, 400)
    >>> round(fall, 3), round(rise, 3)
    (-0.094, 0.086)

    Raises:
        StatisticsError: The share does not lie between 0 and 1, a total is not above 0, or confidence or power do not
            lie between 0 and 1.

    Source:
        Fleiss, J. L., Levin, B. and Paik, M. C. (2003). Statistical methods for rates and proportions, 3rd ed. Wiley.
    """
    z, reach = _quantiles(confidence, power)
    if not (0 < share < 1 and total > 0 and total_after > 0):
        raise StatisticsError("Give a share between 0 and 1 and two totals above 0.")
    each = 1 / total + 1 / total_after

    def missing(d: float) -> float:
        both = (share * total + (share + d) * total_after) / (total + total_after)
        own = share * (1 - share) / total + max((share + d) * (1 - share - d), 0.0) / total_after
        return float(abs(d) - z * np.sqrt(both * (1 - both) * each) - reach * np.sqrt(own))

    return _root(missing, -share, 0.0), _root(missing, 1 - share, 0.0)


def detectable_ratio(
    rate: float,
    exposure: float,
    exposure_after: float,
    *,
    dispersion: float = 1.0,
    confidence: float = CONFIDENCE,
    power: float = POWER,
) -> tuple[float, float]:
    """Return the smallest fall and rise of a rate, as ratios, that the score test finds with this power, or NaN.

    Of both counts together, n = rate (E₁ + r E₂) / dispersion, a share u = r E₂ / (E₁ + r E₂) is expected after and
    u₀ = E₂ / (E₁ + E₂) without an effect: the r that solves
    |u - u₀| √n = z(1 - alpha/2) √(u₀(1-u₀)) + z(power) √(u(1-u)).

    >>> fall, rise = detectable_ratio(2.0, 100, 100)
    >>> round(fall, 2), round(rise, 2)
    (0.74, 1.3)

    Raises:
        StatisticsError: A rate or exposure is not above 0, the dispersion is below 1, or confidence or power do not lie
            between 0 and 1.

    Source:
        Ng, H. K. T. and Tang, M. L. (2005). Testing the equality of two Poisson means using the rate ratio. Statistics
        in Medicine 24, 955-965 (the conditional test).
    """
    z, reach = _quantiles(confidence, power)
    if not (rate > 0 and exposure > 0 and exposure_after > 0 and dispersion >= 1):
        raise StatisticsError("Give a rate and exposures above 0 and a dispersion of 1 or more.")
    usual = exposure_after / (exposure + exposure_after)

    def missing(log_ratio: float) -> float:
        after = np.exp(log_ratio) * exposure_after
        n, u = rate * (exposure + after) / dispersion, after / (exposure + after)
        wanted = z * np.sqrt(usual * (1 - usual)) + reach * np.sqrt(u * (1 - u))
        return float(abs(u - usual) * np.sqrt(n) - wanted)

    farthest = float(np.log(LARGEST_RATIO))
    return float(np.exp(_root(missing, -farthest, 0.0))), float(np.exp(_root(missing, farthest, 0.0)))


def _root(missing: Callable[[float], float], far: float, near: float) -> float:
    return float(brentq(missing, near, far)) if missing(far) >= 0 else np.nan


def _quantiles(confidence: float, power: float) -> tuple[float, float]:
    if not (0 < confidence < 1 and 0 < power < 1):
        raise StatisticsError("A confidence and a power lie between 0 and 1, such as 0.95 and 0.8.")
    return float(ndtri((1 + confidence) / 2)), float(ndtri(power))
