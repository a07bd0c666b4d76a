"""The run chart: points around their median, for few or skewed points, judged by their runs alone."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many
from wellserved.science.statistics.reading import read_gaps

# With fewer useful points no run is long enough to say anything.
FEWEST = 10
TAIL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """The runs of points around a centre.

    `useful` points lie off the centre. A shift is shown by a run longer than `longest_allowed`, or by fewer crossings
    of the centre than `crossings_needed`; with fewer than ten useful points neither is claimed and `is_enough` is
    False.
    """

    centre: float
    useful: int
    longest_run: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    has_long_run: bool
    has_few_crossings: bool
    is_enough: bool
    reason: str

    @property
    def is_shifted(self) -> bool:
        """Whether either rule shows more than chance."""
        return self.has_long_run or self.has_few_crossings


def run_chart(values: Many, *, centre: float | None = None) -> RunChart:
    """Return the runs of the values, oldest first, around their median or the centre given.

    Points on the centre and points not known (NaN) are passed over. With n useful points a run is long above
    round(log₂ n) + 3, and crossings are few below the 5 % quantile of a binomial of n - 1 tries at one half.

    >>> found = run_chart([1, 2, 1, 2, 1, 3, 2, 3, 8, 9, 8, 9, 8, 9, 8, 9])
    >>> found.longest_run, found.longest_allowed, found.crossings, found.is_shifted
    (8, 7, 1, True)

    Raises:
        StatisticsError: No value is known, one is endless, or the centre is no number.

    Source:
        Anhøj, J. and Olesen, A. V. (2014). Run charts revisited. PLoS ONE 9(11), e113825.
        Schilling, M. F. (2012). The surprising predictability of long runs. Mathematics Magazine 85, 141-149.
    """
    row = read_gaps(values)
    known = row[~np.isnan(row)]
    if not len(known):
        raise StatisticsError("A run chart needs at least one point with a value.")
    middle = float(np.median(known)) if centre is None else float(centre)
    if not np.isfinite(middle):
        raise StatisticsError("The centre of a run chart is a finite number.")
    sides = np.sign(known - middle)
    sides = sides[sides != 0]
    useful = len(sides)
    turns = np.flatnonzero(np.diff(sides) != 0)
    longest = int(np.diff([-1, *turns, useful - 1]).max()) if useful else 0
    allowed = round(float(np.log2(useful))) + 3 if useful else 3
    needed = _quantile_of_half(useful - 1) if useful > 1 else 0
    is_enough = useful >= FEWEST
    return RunChart(
        centre=middle,
        useful=useful,
        longest_run=longest,
        longest_allowed=allowed,
        crossings=len(turns),
        crossings_needed=needed,
        has_long_run=is_enough and longest > allowed,
        has_few_crossings=is_enough and len(turns) < needed,
        is_enough=is_enough,
        reason="" if is_enough else f"Runs say something from {FEWEST} points off the centre on; there are {useful}.",
    )


def _quantile_of_half(tries: int) -> int:
    """Return the smallest k with at least 5 % at or below it in a binomial of one half."""
    factorials: Floats = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, tries + 1)))])
    weights = np.exp(factorials[-1] - factorials - factorials[::-1] - tries * np.log(2.0))
    return int(np.searchsorted(np.cumsum(weights), TAIL * (1 - 1e-9)))
