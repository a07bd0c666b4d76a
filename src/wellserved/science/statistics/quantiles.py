"""Quantiles and tails of the distributions the methods rest on, typed; the only door to scipy for them.

Whoever imports this loads scipy, so nothing that a page needs at its start does.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

from wellserved.science.statistics.errors import StatisticsError

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any] | float


def two_sided(confidence: float) -> float:
    """Return the normal quantile that leaves (1 - confidence) / 2 above it.

    >>> round(two_sided(0.95), 4)
    1.96

    Raises:
        StatisticsError: The confidence does not lie between 0 and 1.
    """
    return float(special.ndtri((1 + read_confidence(confidence)) / 2))


def normal_two_tails(z: Numbers) -> Floats:
    """Return the chance of a standard normal value at least as far from 0.

    >>> normal_two_tails(1.959964).round(4).item()
    0.05
    """
    return np.asarray(2 * special.ndtr(-np.abs(z)), dtype=np.float64)


def t_two_sided(confidence: float, freedom: Numbers) -> Floats:
    """Return Student's quantile that leaves (1 - confidence) / 2 above it.

    >>> t_two_sided(0.95, 5).round(4).item()
    2.5706

    Raises:
        StatisticsError: The confidence does not lie between 0 and 1.
    """
    return np.asarray(special.stdtrit(freedom, (1 + read_confidence(confidence)) / 2), dtype=np.float64)


def chi_square_quantile(share: Numbers, freedom: Numbers) -> Floats:
    """Return the value below which a chi-square variable falls with the chance `share`.

    >>> chi_square_quantile(0.95, 1).round(4).item()
    3.8415
    """
    return np.asarray(2 * special.gammaincinv(np.asarray(freedom, dtype=np.float64) / 2, share), dtype=np.float64)


def chi_square_tail(value: Numbers, freedom: Numbers) -> Floats:
    """Return the chance of a chi-square variable of at least `value`.

    >>> chi_square_tail(3.8415, 1).round(4).item()
    0.05
    """
    return np.asarray(special.chdtrc(freedom, value), dtype=np.float64)


def f_quantile(share: float, first: float, second: float) -> float:
    """Return the value below which an F variable falls with the chance `share`.

    >>> round(f_quantile(0.95, 5, 18), 4)
    2.7729
    """
    return float(special.fdtri(first, second, share))


def f_tail(value: float, first: float, second: float) -> float:
    """Return the chance of an F variable of at least `value`.

    >>> round(f_tail(2.7729, 5, 18), 4)
    0.05
    """
    return float(special.fdtrc(first, second, value))


def beta_quantile(share: float, first: Numbers, second: Numbers) -> Floats:
    """Return the value below which a beta variable falls with the chance `share`.

    >>> beta_quantile(0.5, 2, 2).round(4).item()
    0.5
    """
    return np.asarray(special.betaincinv(first, second, share), dtype=np.float64)


def log_beta(first: Numbers, second: Numbers) -> Floats:
    """Return the logarithm of the beta function.

    >>> log_beta(1, 2).round(4).item()
    -0.6931
    """
    return np.asarray(special.betaln(first, second), dtype=np.float64)


def binomial_up_to(kept: Numbers, total: Numbers, share: Numbers) -> Floats:
    """Return the chance of at most `kept` of `total` at the chance `share` each; 0 below none.

    >>> binomial_up_to(1, 2, 0.5).item()
    0.75
    """
    counts = np.floor(np.asarray(kept, dtype=np.float64))
    inside = np.clip(counts, 0, total)
    # The incomplete beta function takes what the binomial of scipy does not: totals as floats.
    chance = special.betainc(np.maximum(total - inside, 1e-300), inside + 1, 1 - np.asarray(share, dtype=np.float64))
    return np.asarray(np.where(counts < 0, 0.0, np.where(counts >= total, 1.0, chance)), dtype=np.float64)


def read_confidence(confidence: float) -> float:
    """Return the confidence, or say that it is none.

    >>> read_confidence(0.9)
    0.9

    Raises:
        StatisticsError: It does not lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    return confidence
