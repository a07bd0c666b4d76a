"""Probabilities and quantiles of the usual distributions, with types: the one door to scipy's special functions."""

from bisect import bisect_left

import numpy as np
from scipy import special

from wellserved.science.statistics.proportions import Floats

# A probability reached exactly counts as reached, whatever its last digit.
ROUNDING = 1e-12


def binomial_at_most(hits: int, tries: int, chance: float) -> float:
    """Return the probability of at most so many hits.

    >>> binomial_at_most(1, 11, 0.5) == 12 / 2048
    True
    """
    if hits < 0:
        return 0.0
    if hits >= tries:
        return 1.0
    return float(special.bdtr(hits, tries, chance))


def binomial_quantile(probability: float, tries: int, chance: float) -> int:
    """Return the smallest number of hits that at most so many have at least the probability.

    >>> binomial_quantile(0.5, 11, 0.5)
    5
    """
    reached = probability * (1 - ROUNDING)
    return bisect_left(range(tries), reached, key=lambda hits: binomial_at_most(hits, tries, chance))


def student_quantile(probability: Floats | float, freedom: Floats | float) -> Floats:
    """Return the quantile of Student's t with so many degrees of freedom.

    >>> round(float(student_quantile(0.975, 7)), 4)
    2.3646
    """
    return np.asarray(special.stdtrit(freedom, probability), dtype=np.float64)


def gamma_quantile(probability: Floats | float, shape: Floats | float) -> Floats:
    """Return the quantile of a gamma distribution of scale 1; 0 for a shape of 0.

    >>> round(float(gamma_quantile(0.975, 1.0)), 4)
    3.6889
    """
    shapes = np.asarray(shape, dtype=np.float64)
    found = special.gammaincinv(np.where(shapes > 0, shapes, 1.0), probability)
    return np.where(shapes > 0, found, 0.0)


def chi_square_beyond(statistic: float, freedom: int) -> float:
    """Return the probability of a chi-square at least as large.

    >>> round(chi_square_beyond(3.841459, 1), 4)
    0.05
    """
    return float(special.chdtrc(freedom, statistic))
