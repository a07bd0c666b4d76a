"""How long things take when some are not over yet: Kaplan-Meier, Nelson-Aalen, the log-rank test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, ndtri

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many

Happened = npt.NDArray[Any] | Sequence[bool] | Sequence[int]
Labels = npt.NDArray[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with its interval; NaN where it was not reached, endless where no upper bound was."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """The share still waiting after each time at which something happened.

    One value for each of `times`, ascending: `share` with Greenwood's `error` and its interval `low` to `high`,
    `at_risk` just before and `events` then. `longest` is the longest time seen, over or not. Of no events `times` is
    empty and the share is 1 throughout.
    """

    times: Floats
    share: Floats
    error: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    events: Floats
    longest: float
    confidence: float

    def at(self, when: Many) -> Floats:
        """Return the share still waiting after each time; NaN beyond the longest time seen, unless all are over."""
        asked = np.asarray(when, dtype=np.float64)
        steps = np.concatenate([[1.0], self.share])
        found = steps[np.searchsorted(self.times, asked, side="right")]
        return np.where((asked > self.longest) & (steps[-1] > 0), np.nan, found)

    def quantile(self, over: float) -> Estimate:
        """Return the time by which this share is over, and those by which the bounds of the curve are.

        NaN when it was not reached; a bound not reached is endless.

        Raises:
            StatisticsError: The share does not lie between 0 and 1.

        Source:
            Brookmeyer, R. and Crowley, J. (1982). A confidence interval for the median survival time. Biometrics 38.
        """
        if not 0 < over < 1:
            raise StatisticsError("A share that is over lies between 0 and 1, such as 0.5 for the median.")
        value, low, high = (self._reached(curve, 1 - over) for curve in (self.share, self.low, self.high))
        return Estimate(value=value, low=low, high=np.inf if np.isnan(high) else high)

    @property
    def median(self) -> Estimate:
        """The time by which half are over, with its interval."""
        return self.quantile(0.5)

    def restricted_mean(self, until: float) -> Estimate:
        """Return the mean time, each counted for at most `until`: the area under the curve, with its interval.

        The variance is the sum over times of (area from then to `until`)² · d / (n (n - d)).

        Raises:
            StatisticsError: `until` is not above 0, or later than the longest time seen.

        Source:
            Royston, P. and Parmar, M. K. B. (2013). Restricted mean survival time. BMC Medical Research Methodology 13.
        """
        is_over = len(self.share) > 0 and self.share[-1] == 0
        if not until > 0 or (until > self.longest and not is_over):
            raise StatisticsError(f"Nothing was seen beyond {self.longest:g}; give a time above 0 and up to it.")
        inside = self.times < until
        edges = np.concatenate([[0.0], self.times[inside], [until]])
        pieces = np.diff(edges) * np.concatenate([[1.0], self.share[inside]])
        later = np.cumsum(pieces[::-1])[::-1][1:]
        n, d = self.at_risk[inside], self.events[inside]
        left = n > d
        error = float(np.sqrt((later[left] ** 2 * d[left] / (n[left] * (n[left] - d[left]))).sum()))
        mean, half = float(pieces.sum()), float(ndtri((1 + self.confidence) / 2)) * error
        return Estimate(value=mean, low=max(mean - half, 0.0), high=min(mean + half, until))

    def _reached(self, curve: Floats, share: float) -> float:
        # A share that is exactly reached is reached, whatever the last digit says.
        below = np.flatnonzero(curve <= share + 1e-12)
        return float(self.times[below[0]]) if len(below) else np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class CumulativeHazard:
    """What a case has run of risk by each time at which something happened, with its interval."""

    times: Floats
    hazard: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """Whether groups wait alike: chi-square on `freedom` degrees, its p-value, and for each group seen and expected.

    With `is_enough` False there is one group only, or nothing happened while two were waiting: nothing can be said.
    """

    chi_square: float
    freedom: int
    p: float
    groups: tuple[Any, ...]
    observed: Floats
    expected: Floats
    is_enough: bool


def kaplan_meier(times: Many, happened: Happened, *, confidence: float = CONFIDENCE) -> Survival:
    """Return the share still waiting over time, from cases of which some are not over yet.

    S(t) is the product over earlier times of 1 - d/n: d that happened then, of n still waiting just before. A case not
    over yet (`happened` False) waits up to its time and leaves after those that happened then. Greenwood's variance is
    S² sum d / (n (n - d)); bounds are those of log(-log S), which stay inside 0 and 1. Where all are over the share is
    0 and its bounds are the last before, down to 0.

    >>> found = kaplan_meier([1, 2, 2, 3, 4], [True, True, False, True, False])
    >>> found.times.tolist(), found.share.round(3).tolist(), found.median.value
    ([1.0, 2.0, 3.0], [0.8, 0.6, 0.3], 3.0)

    Raises:
        StatisticsError: There is no case, a time is negative or no number, or not every case says whether it happened.

    Source:
        Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations. JASA 53, 457-481.
        Kalbfleisch, J. D. and Prentice, R. L. (2002). The statistical analysis of failure time data, 2nd ed. Wiley.
    """
    z = _quantile(confidence)
    waits, over = read_waits(times, happened)
    at, n, d = life_table(waits, over)
    share = np.asarray(np.cumprod(1 - d / n), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.cumsum(d / (n * (n - d)))
        half = z * np.sqrt(terms) / np.log(share)
        low, high = share ** np.exp(-half), share ** np.exp(half)
        error = np.where(share > 0, share * np.sqrt(terms), 0.0)
    is_gone = share == 0
    before = float(high[~is_gone][-1]) if (~is_gone).any() else 1.0
    return Survival(
        times=at,
        share=share,
        error=error,
        low=np.where(is_gone, 0.0, low),
        high=np.where(is_gone, before, high),
        at_risk=n,
        events=d,
        longest=float(waits.max()),
        confidence=confidence,
    )


def nelson_aalen(times: Many, happened: Happened, *, confidence: float = CONFIDENCE) -> CumulativeHazard:
    """Return the cumulative hazard: the sum over times of d/n, with bounds of its logarithm.

    The variance is the sum of d/n²; bounds are H exp(-+ z √V / H).

    >>> nelson_aalen([1, 2, 2, 3, 4], [True, True, False, True, False]).hazard.round(3).tolist()
    [0.2, 0.45, 0.95]

    Raises:
        StatisticsError: As `kaplan_meier`.

    Source:
        Aalen, O. (1978). Nonparametric inference for a family of counting processes. Annals of Statistics 6, 701-726.
    """
    z = _quantile(confidence)
    at, n, d = life_table(*read_waits(times, happened))
    hazard = np.cumsum(d / n)
    reach = np.exp(z * np.sqrt(np.cumsum(d / n**2)) / np.where(hazard > 0, hazard, 1.0))
    return CumulativeHazard(times=at, hazard=hazard, low=hazard / reach, high=hazard * reach)


def log_rank(times: Many, happened: Happened, groups: Labels) -> LogRank:
    """Return whether groups of cases wait alike.

    At each time d of n happened; of a group with n_g waiting d n_g / n were to be expected. With O - E over all times
    and its hypergeometric covariance V, chi-square is (O - E)' V⁻¹ (O - E) on one degree less than there are groups.

    >>> found = log_rank([1, 2, 3, 4, 5, 6], [True] * 6, ["a", "a", "a", "b", "b", "b"])
    >>> round(found.chi_square, 3), found.freedom, round(found.p, 3)
    (5.052, 1, 0.025)

    Raises:
        StatisticsError: As `kaplan_meier`, or not every case has a group.

    Source:
        Mantel, N. (1966). Evaluation of survival data and two new rank order statistics. Cancer Chemotherapy Reports
        50, 163-170.
    """
    waits, over = read_waits(times, happened)
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    if len(place) != len(waits):
        raise StatisticsError("Give a group for every case.")
    at, n, d = life_table(waits, over)
    each = [_of_group(at, waits[place == group], over[place == group]) for group in range(len(names))]
    waiting, events = np.array([one[0] for one in each]), np.array([one[1] for one in each])
    expected = waiting * d / n
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(n > 1, d * (n - d) / (n**2 * (n - 1)), 0.0)
    covariance = np.diag((waiting * n * factor).sum(axis=1)) - (waiting * factor) @ waiting.T
    apart = (events - expected).sum(axis=1)
    freedom = int(np.linalg.matrix_rank(covariance)) if len(names) > 1 else 0
    chi_square = float(apart @ np.linalg.pinv(covariance) @ apart) if freedom else 0.0
    return LogRank(
        chi_square=chi_square,
        freedom=freedom,
        p=float(chdtrc(freedom, chi_square)) if freedom else 1.0,
        groups=tuple(names.tolist()),
        observed=events.sum(axis=1),
        expected=expected.sum(axis=1),
        is_enough=freedom > 0,
    )


def read_waits(times: Many, happened: Happened) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the times and whether each is over, or say what is wrong with them."""
    waits, over = read_series(times), np.asarray(happened)
    if not len(waits):
        raise StatisticsError("There is no case to look at; give at least one time.")
    if over.shape != waits.shape or not np.isin(over, (0, 1)).all():
        raise StatisticsError("Say of every case whether it happened (True) or is not over yet (False).")
    if (waits < 0).any():
        raise StatisticsError("A time is 0 or more; something that ended before it began needs correcting first.")
    return waits, over.astype(bool)


def life_table(waits: Floats, over: npt.NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Return the times at which something happened, how many were waiting just before, and how many it happened to."""
    at, counts = np.unique(waits[over], return_counts=True)
    ordered = np.sort(waits)
    waiting = len(waits) - np.searchsorted(ordered, at, side="left")
    return at, waiting.astype(np.float64), counts.astype(np.float64)


def _of_group(at: Floats, waits: Floats, over: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    waiting = len(waits) - np.searchsorted(np.sort(waits), at, side="left")
    ended = np.sort(waits[over])
    events = np.searchsorted(ended, at, side="right") - np.searchsorted(ended, at, side="left")
    return waiting.astype(np.float64), events.astype(np.float64)


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    return float(ndtri((1 + confidence) / 2))
