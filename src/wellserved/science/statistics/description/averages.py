"""The middle of a row of values, said in the ways that differ: what occurs most, and the mean without its ends."""

import math
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Many
from wellserved.science.statistics.reading import read_values
from wellserved.science.statistics.samples.means import mean_of

TRIM = 0.1


@dataclass(frozen=True, slots=True)
class Modes:
    """The values that occur most, smallest first, and how often each does; none where no value occurs twice."""

    values: tuple[float, ...]
    occurrences: int


@dataclass(frozen=True, slots=True)
class TrimmedMean:
    """The mean of the values that are left, and how many were cut at each end."""

    value: float
    cut: int


def modes(values: Many) -> Modes:
    """Return every value that occurs most often, as long as one occurs twice or is alone.

    >>> modes([2, 4, 4, 4, 5, 5, 7, 9])
    Modes(values=(4.0,), occurrences=3)
    >>> modes([1.5, 2.5, 3.5])
    Modes(values=(), occurrences=1)

    Raises:
        StatisticsError: There are no values, or one is not known or endless.

    Source:
        Pearson, K. (1895). Contributions to the mathematical theory of evolution, II. Phil. Trans. A 186, 343-414.
    """
    found, counts = np.unique(read_values(values), return_counts=True)
    most = int(counts.max())
    if most == 1 and len(found) > 1:
        return Modes(values=(), occurrences=1)
    return Modes(values=tuple(found[counts == most].tolist()), occurrences=most)


def trimmed_mean(values: Many, *, share: float = TRIM) -> TrimmedMean:
    """Return the mean without the ⌊share n⌋ smallest and as many largest values.

    >>> trimmed_mean([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000])
    TrimmedMean(value=5.5, cut=1)

    Raises:
        StatisticsError: There are no values, one is not known or endless, or the share lies not from 0 to below 0.5.

    Source:
        Tukey, J. W. (1962). The future of data analysis. Annals of Mathematical Statistics 33, 1-67.
    """
    if not 0 <= share < 0.5:
        raise StatisticsError("From each end less than half is cut; give a share from 0 to below 0.5, such as 0.1.")
    row = read_values(values)
    # A hair more, so that a tenth of 30 values is 3 of them and not 2.999…
    cut = min(math.floor(share * len(row) * (1 + 1e-12)), (len(row) - 1) // 2)
    return TrimmedMean(value=mean_of(np.sort(row)[cut : len(row) - cut]), cut=cut)
