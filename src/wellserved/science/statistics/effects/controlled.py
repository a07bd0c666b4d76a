"""Difference in differences: a change judged beside those it did not touch."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm
from scipy.stats import t

from wellserved.science.statistics.effects.interrupted import Effect
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.movements.series import read_series
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many

FEWEST_CLUSTERS = 2
MANY_CLUSTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInDifferences:
    """By how much the treated moved more than the others, and whether they had moved alike before.

    `effect` = (treated after - treated before) - (others after - others before); `means` are these four in this order:
    treated before, treated after, others before, others after. `parallel` is how much steeper the treated ran a period
    before the change, None when there were fewer than three periods to tell; `is_parallel` whether that may be chance.
    With `is_enough` False the bounds are NaN; `reason` then says why, else holds a caution or nothing.
    """

    effect: Effect
    means: tuple[float, float, float, float]
    parallel: Effect | None
    is_parallel: bool | None
    clusters: tuple[int, int]
    is_enough: bool
    reason: str


def difference_in_differences(
    values: Many,
    *,
    treated: npt.NDArray[Any] | list[bool],
    period: Many,
    start: float,
    cluster: npt.NDArray[Any] | list[Any],
    confidence: float = CONFIDENCE,
) -> DifferenceInDifferences:
    """Return the difference in differences of one row for each case, or each unit and period.

    Least squares of y = b0 + b1 treated + b2 after + b3 treated·after, after meaning `period` >= `start`; b3 is the
    effect. Cases of one `cluster` (a team, a shop) lean on each other: standard errors are clustered (CR1, with
    G/(G-1)·(n-1)/(n-k)) and bounds are Student's t with G - 1 degrees of freedom, G the number of clusters. Each side
    needs two clusters; under ten in all the interval is a rough one, which `reason` says. The parallel check fits
    before the change y = c0 + c1 treated + c2 period + c3 treated·period: c3 should be 0. Not rejecting that is no
    proof.

    >>> y = [5, 5, 6, 6, 7, 4, 4, 4, 5, 5, 6, 6, 9, 11, 6, 6]
    >>> shop, week = [1, 2, 3, 4] * 4, [0] * 4 + [1] * 4 + [2] * 4 + [3] * 4
    >>> found = difference_in_differences(y, treated=[s < 3 for s in shop], period=week, start=2, cluster=shop)
    >>> round(found.effect.estimate, 2), found.clusters
    (1.25, (2, 2))

    Raises:
        StatisticsError: The columns differ in length, hold no finite numbers, one of the four groups is empty, or a
            cluster is on both sides.

    Source:
        Card, D. and Krueger, A. B. (1994). Minimum wages and employment: a case study of the fast-food industry in New
        Jersey and Pennsylvania. American Economic Review 84, 772-793.
        Bertrand, M., Duflo, E. and Mullainathan, S. (2004). How much should we trust differences-in-differences
        estimates? Quarterly Journal of Economics 119, 249-275.
    """
    y, when = read_series(values), read_series(period)
    side, group = np.asarray(treated, dtype=bool), np.unique(np.asarray(cluster), return_inverse=True)[1]
    if not len(y) == len(when) == len(side) == len(group):
        raise StatisticsError("Give for every row its value, side, period and cluster.")
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    after = when >= start
    cells = [side & ~after, side & after, ~side & ~after, ~side & after]
    if not all(cell.any() for cell in cells):
        raise StatisticsError("There must be rows of both sides before and after; one of the four groups is empty.")
    ours, theirs = set(group[side].tolist()), set(group[~side].tolist())
    if ours & theirs:
        raise StatisticsError("A cluster is treated or not; one is on both sides. Use a finer cluster.")
    sizes = (len(ours), len(theirs))
    means = tuple(float(y[cell].mean()) for cell in cells)
    effect = (means[1] - means[0]) - (means[3] - means[2])
    if min(sizes) < FEWEST_CLUSTERS:
        few = f"Each side needs at least two clusters, not {sizes[0]} and {sizes[1]}: chance cannot be told apart."
        unknown = Effect(estimate=effect, low=np.nan, high=np.nan, p=np.nan)
        return _result(unknown, means, None, sizes, confidence, reason=few, is_enough=False)
    found = _clustered(y, _columns(side, after.astype(np.float64)), group, confidence)
    early = ~after
    parallel = None
    if len(np.unique(when[early])) >= 3:
        parallel = _clustered(y[early], _columns(side[early], when[early]), group[early], confidence)
    caution = "" if sum(sizes) >= MANY_CLUSTERS else f"Only {sum(sizes)} clusters: the interval is a rough one."
    return _result(found, means, parallel, sizes, confidence, reason=caution, is_enough=True)


def _columns(side: npt.NDArray[np.bool_], time: Floats) -> Floats:
    ours = side.astype(np.float64)
    centred = time - (0 if set(np.unique(time)) <= {0.0, 1.0} else time.mean())
    return np.column_stack([np.ones(len(ours)), ours, centred, ours * centred])


def _clustered(y: Floats, design: Floats, group: npt.NDArray[np.int64], confidence: float) -> Effect | None:
    """Return the last coefficient with its clustered interval, or None where the rows cannot tell it."""
    clusters = len(np.unique(group))
    if np.linalg.matrix_rank(design) < design.shape[1] or clusters < 2 * FEWEST_CLUSTERS:
        return None
    fitted = sm.OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": group}, use_t=True)
    estimate = float(fitted.params[-1])
    estimate = 0.0 if abs(estimate) < 1e-12 * float(np.abs(y).max()) else estimate
    # Of values without any noise rounding may leave a variance below 0.
    variance = max(float(np.asarray(fitted.cov_params())[-1, -1]), 0.0)
    spread = max(float(np.sqrt(variance)), 1e-12 * float(np.abs(y).max()))
    half = float(t.ppf((1 + confidence) / 2, clusters - 1)) * spread
    p = float(2 * t.sf(abs(estimate) / spread, clusters - 1)) if spread > 0 else 1.0
    return Effect(estimate=estimate, low=estimate - half, high=estimate + half, p=p)


def _result(
    effect: Effect | None,
    means: tuple[float, ...],
    parallel: Effect | None,
    sizes: tuple[int, int],
    confidence: float,
    *,
    reason: str,
    is_enough: bool,
) -> DifferenceInDifferences:
    alike = None if parallel is None else parallel.p >= 1 - confidence
    if alike is False:
        reason = "The two sides did not move alike before the change: the difference is not its effect alone."
    return DifferenceInDifferences(
        effect=effect or Effect(estimate=np.nan, low=np.nan, high=np.nan, p=np.nan),
        means=(means[0], means[1], means[2], means[3]),
        parallel=parallel,
        is_parallel=alike,
        clusters=sizes,
        is_enough=is_enough and effect is not None,
        reason=reason,
    )
