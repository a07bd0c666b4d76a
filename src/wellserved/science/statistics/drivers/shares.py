"""Whose share of the explained is whose: exact Shapley shares, relative weights, coefficients."""

import functools
import math
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.columns import Column
from wellserved.science.statistics.drivers.reading import Drivers, Floats, Table, read_table, standardise
from wellserved.science.statistics.errors import StatisticsError

# Every subset is fitted: 4,096 of twelve.
MOST_DRIVERS = 12
# A column of which less than this is left beside the others says nothing that they do not.
NOTHING_LEFT = 1e-9
WORKING_SET = 4_000_000


@dataclass(frozen=True, slots=True)
class Shares:
    """What each driver explains; `values` add up to `r_squared`, in the order of `names`."""

    names: tuple[str, ...]
    values: Floats
    r_squared: float


def shapley_shares(outcome: Column, drivers: Drivers) -> Shares:
    """Return each driver's exact share of R², averaged over all orders in which drivers can enter (LMG).

    share_j = Σ over subsets S without j of |S|! (p-|S|-1)! / p! (R²(S and j) - R²(S)). A category enters whole. A
    constant driver, and one that others repeat, has the share it adds: none, or its half.

    >>> found = shapley_shares([1, 2, 3, 4, 6], {"wait": [1, 2, 3, 4, 5], "day": [1, 0, 1, 0, 1]})
    >>> found.values.round(3).tolist(), round(found.r_squared, 3)
    ([0.973, 0.009], 0.982)

    Raises:
        StatisticsError: There are more than 12 drivers, fewer complete answers than columns need, or the outcome is
            everywhere the same.

    Source:
        Lindeman, R. H., Merenda, P. F. and Gold, R. Z. (1980). Introduction to bivariate and multivariate analysis.
        Scott Foresman, 119-127.
        Groemping, U. (2006). Relative importance for linear regression in R: the package relaimpo. Journal of
        Statistical Software 17(1).
    """
    table = read_fitting(outcome, drivers)
    r_squared = subset_r_squared(correlations(table)[None], table.sizes)
    return Shares(table.names, (r_squared @ subset_weights(len(table.sizes)))[0], float(r_squared[0, -1]))


def relative_weights(outcome: Column, drivers: Drivers) -> Shares:
    """Return Johnson's relative weights: each driver's share of R² by way of uncorrelated stand-ins.

    With the correlations R of the drivers and r with the outcome, L = √R and b = L⁻¹ r: weights L² b². They come close
    to the Shapley shares at any number of drivers, though not always in the same order.

    >>> found = relative_weights([1, 2, 3, 4, 6], {"wait": [1, 2, 3, 4, 5], "day": [1, 0, 1, 0, 1]})
    >>> found.values.round(3).tolist()
    [0.973, 0.009]

    Raises:
        StatisticsError: A driver is a category of three levels or more, whose weight would hang on the level left out;
            there are too few complete answers; or the outcome is everywhere the same.

    Source:
        Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor variables in multiple
        regression. Multivariate Behavioral Research 35, 1-19.
    """
    table = read_fitting(outcome, drivers, most=None)
    if max(table.sizes) > 1:
        raise StatisticsError("Relative weights take numbers and yes or no; use Shapley shares for a category.")
    weights = johnson(correlations(table))
    return Shares(table.names, weights, float(weights.sum()))


def read_fitting(outcome: Column, drivers: Drivers, *, most: int | None = MOST_DRIVERS) -> Table:
    """Return the table, or say why no model fits it."""
    if most is not None and len(drivers) > most:
        raise StatisticsError(
            f"Exact shares take {most} drivers at most, and these are {len(drivers)}: "
            "leave some out, put like ones together, or take relative weights."
        )
    table = read_table(outcome, drivers)
    needed = sum(table.sizes) + 2
    if len(table.outcome) < needed:
        raise StatisticsError(
            f"These drivers need {needed} complete answers at the least, and there are {len(table.outcome)}."
        )
    if np.ptp(table.outcome) == 0:
        raise StatisticsError("The outcome is everywhere the same, so there is nothing to explain.")
    return table


def correlations(table: Table) -> Floats:
    """Return the correlations of all columns, the outcome last."""
    values = np.column_stack([table.columns, standardise(table.outcome[:, None])])
    return values.T @ values / len(values)


def subset_r_squared(matrices: Floats, sizes: tuple[int, ...]) -> Floats:
    """Return R² for every subset of drivers, (b, 2**p), from correlations or covariances (b, c+1, c+1).

    Driver j takes part where bit j of the position is set. Each step sweeps one more driver out of what remains: the
    work doubles with each while the matrices shrink, and all subsets go side by side.
    """
    state = matrices[:, None]
    for size in sizes:
        without = state[..., size:, size:]
        taken = state
        for _ in range(size):
            pivot = taken[..., 0, 0]
            is_left = pivot > NOTHING_LEFT
            scale = np.where(is_left, 1 / np.where(is_left, pivot, 1.0), 0.0)
            row = taken[..., 0, 1:]
            taken = taken[..., 1:, 1:] - (row * scale[..., None])[..., :, None] * row[..., None, :]
        state = np.concatenate([without, taken], axis=1)
    total = matrices[:, -1, -1][:, None]
    rest = np.clip(state[..., 0, 0] / np.where(total > 0, total, 1.0), 0.0, 1.0)
    return np.where(total > 0, 1 - rest, 0.0)


@functools.lru_cache(maxsize=MOST_DRIVERS)
def subset_weights(drivers: int) -> Floats:
    """Return what R² of each subset counts in the share of each driver, (2**p, p)."""
    member = (np.arange(2**drivers)[:, None] >> np.arange(drivers)) & 1
    size = member.sum(axis=1)
    weight = np.array([math.factorial(k) * math.factorial(drivers - k - 1) for k in range(drivers)], dtype=np.float64)
    weight /= math.factorial(drivers)
    joining = weight[np.clip(size - 1, 0, drivers - 1)][:, None]
    staying = weight[np.clip(size, 0, drivers - 1)][:, None]
    return np.asarray(np.where(member == 1, joining, -staying), dtype=np.float64)


def johnson(matrix: Floats) -> Floats:
    """Return relative weights from the correlations, the outcome last."""
    values, vectors = np.linalg.eigh(matrix[:-1, :-1])
    root = np.sqrt(np.clip(values, 0.0, None))
    is_left = values > NOTHING_LEFT
    root_matrix = (vectors * root) @ vectors.T
    inverse = (vectors * np.where(is_left, 1 / np.where(is_left, root, 1.0), 0.0)) @ vectors.T
    return np.asarray(root_matrix**2 @ (inverse @ matrix[:-1, -1]) ** 2, dtype=np.float64)


def inflation(matrix: Floats, sizes: tuple[int, ...]) -> Floats:
    """Return by how much the others inflate the variance of each: 1 / (1 - R² on them), endless if they tell all.

    A category counts whole, by the generalised factor to the power 1 / columns, so that both read alike.

    Source:
        Fox, J. and Monette, G. (1992). Generalized collinearity diagnostics. JASA 87, 178-183.
    """
    columns = matrix[:-1, :-1]
    ends = np.cumsum(sizes)
    found = []
    for size, end in zip(sizes, ends, strict=True):
        own = np.arange(end - size, end)
        others = np.setdiff1d(np.arange(len(columns)), own)
        alone, across = columns[np.ix_(own, own)], columns[np.ix_(own, others)]
        inverse = np.linalg.pinv(columns[np.ix_(others, others)], rcond=NOTHING_LEFT, hermitian=True)
        left = alone - across @ inverse @ across.T
        found.append(_ratio(alone, left) ** (1 / size))
    return np.array(found)


def _ratio(alone: Floats, left: Floats) -> float:
    """Return the ratio of two determinants: 1 for a constant, endless when nothing is left."""
    before, after = float(np.linalg.det(alone)), float(np.linalg.det(left))
    if before <= NOTHING_LEFT:
        return 1.0
    return math.inf if after <= NOTHING_LEFT * before else before / after
