"""Shares and effects of many shuffles and resamples at once."""

import numpy as np

from wellserved.science.statistics.drivers.reading import Floats, Ints, Table, standardise
from wellserved.science.statistics.drivers.shares import NOTHING_LEFT, WORKING_SET, subset_r_squared, subset_weights
from wellserved.science.statistics.drivers.shuffles import resampled, shuffled


def many_shares(matrices: Floats, sizes: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return the shares (b, p) and R² (b,) from many matrices of correlations, as many at once as fit."""
    chunk = max(1, WORKING_SET // 2 ** (len(sizes) + 4))
    weights = subset_weights(len(sizes))
    shares, totals = [], []
    for start in range(0, len(matrices), chunk):
        r_squared = subset_r_squared(matrices[start : start + chunk], sizes)
        shares.append(r_squared @ weights)
        totals.append(r_squared[:, -1])
    return np.vstack(shares), np.concatenate(totals)


def shares_by_chance(table: Table, matrix: Floats, *, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Return the shares (draws, p) and R² (draws,) of shuffled outcomes."""
    outcome = standardise(table.outcome[:, None])[:, 0]
    with_outcome = np.vstack([rows @ table.columns for rows in shuffled(outcome, rng=rng, draws=draws)]) / len(outcome)
    matrices = np.broadcast_to(matrix, (draws, *matrix.shape)).copy()
    matrices[:, :-1, -1] = matrices[:, -1, :-1] = with_outcome
    return many_shares(matrices, table.sizes)


def resampled_measures(table: Table, *, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Return the shares and the effects in resamples of the answers, both (draws, p)."""
    values = np.column_stack([table.columns, standardise(table.outcome[:, None])])
    answers, width = values.shape
    first, second = np.triu_indices(width)
    # Each resample weighs the answers, and its moments are weighted sums of theirs.
    products = np.column_stack([values, values[:, first] * values[:, second]])
    moments = np.vstack([rows @ products for rows in resampled(answers, rng=rng, draws=draws)]) / answers
    means, squares = moments[:, :width], moments[:, width:]
    matrices = np.empty((draws, width, width))
    matrices[:, first, second] = matrices[:, second, first] = squares - means[:, first] * means[:, second]
    return many_shares(matrices, table.sizes)[0], effects(matrices, table.sizes)[0]


def effects(matrices: Floats, sizes: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return the effect of each driver and the same with its sign, NaN for a category, both (b, p).

    The effect is the spread of what the driver contributes to the fitted outcome, √(β' R β) over its own columns.
    """
    columns = matrices[:, :-1, :-1]
    inverse = np.linalg.pinv(columns, rcond=NOTHING_LEFT, hermitian=True)
    slopes = np.einsum("bij,bj->bi", inverse, matrices[:, :-1, -1])
    ends = np.cumsum(sizes)
    spread = []
    for size, end in zip(sizes, ends, strict=True):
        own, block = slopes[:, end - size : end], columns[:, end - size : end, end - size : end]
        spread.append(np.sqrt(np.maximum(np.einsum("bi,bij,bj->b", own, block, own), 0.0)))
    found = np.column_stack(spread)
    return found, np.where(np.array(sizes) == 1, np.sign(slopes[:, ends - 1]) * found, np.nan)


def ranks(measure: Floats, resamples: Floats, *, tail: float) -> tuple[Ints, Ints, Ints]:
    """Return the place of each driver and its bounds in resamples, which hold it."""
    order = np.argsort(-measure, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    # Equal ones, such as a driver twice, share the better place.
    places = 1 + (resamples[:, None, :] > resamples[:, :, None] + 1e-12).sum(axis=2)
    low, high = (
        np.quantile(places, tail, axis=0, method="lower"),
        np.quantile(places, 1 - tail, axis=0, method="higher"),
    )
    return rank, np.minimum(low, rank).astype(np.int64), np.maximum(high, rank).astype(np.int64)
