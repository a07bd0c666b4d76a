"""Which drivers move an outcome, in which order, how sure that is, or that nothing does."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.drivers.reading import Column, Drivers, Floats, Table, read_table, standardise
from wellserved.science.statistics.drivers.shares import (
    MOST_DRIVERS,
    WORKING_SET,
    coefficients,
    correlations,
    inflation,
    johnson,
    subset_r_squared,
    subset_weights,
)
from wellserved.science.statistics.drivers.shuffles import DRAWS, chance, read_draws, resampled, shuffled
from wellserved.science.statistics.errors import StatisticsError

SIGNIFICANT = 0.05
FEWEST_ANSWERS = 30
ANSWERS_A_COLUMN = 10
# From here on the order among the drivers concerned hangs on chance.
COLLINEAR = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDriver:
    """One driver: its share of R² with interval, its place with interval, and other readings of its weight.

    `part` is its share of what all explain together. `rank` 1 explains most. `weight` is Johnson's relative weight,
    NaN when any driver is a category of three levels or more. `coefficient` and `correlation` are standardised and NaN
    for such a category. `inflation` is the variance inflation by the other drivers. `p_value` is the chance that the
    best of as many drivers reaches this share when none of them matters.
    """

    name: str
    share: float
    low: float
    high: float
    part: float
    rank: int
    rank_low: int
    rank_high: int
    weight: float
    coefficient: float
    correlation: float
    inflation: float
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDrivers:
    """The drivers, largest share first; `found` names those that chance does not explain.

    `collinear` names those that others all but repeat. `reason` says in a sentence why nothing is found, or what to
    beware of, and is empty otherwise. Without enough answers there are no drivers and every figure is NaN.
    """

    drivers: tuple[KeyDriver, ...]
    found: tuple[str, ...]
    collinear: tuple[str, ...]
    r_squared: float
    adjusted: float
    p_value: float
    answers: int
    left_out: int
    is_enough: bool
    reason: str


def key_drivers(
    outcome: Column,
    drivers: Drivers,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
    confidence: float = 0.95,
    significant: float = SIGNIFICANT,
) -> KeyDrivers:
    """Return what moves the outcome: exact Shapley shares with bootstrap intervals, tested against shuffled outcomes.

    First the outcome is shuffled `draws` times: if as much is explained then, nothing is found. A driver is found when
    its share exceeds what the best of all reaches by chance. What is found goes together with the outcome; that it
    causes it is not shown. A driver that is good everywhere cannot vary, so it ranks low here however much it matters.

    >>> rng = np.random.default_rng(3)
    >>> wait, tone = rng.normal(size=(2, 200))
    >>> found = key_drivers(3 * wait + rng.normal(size=200), {"tone": tone, "wait": wait}, rng=rng)
    >>> found.found, [driver.name for driver in found.drivers]
    (('wait',), ['wait', 'tone'])
    >>> key_drivers(rng.normal(size=200), {"tone": tone, "wait": wait}, rng=rng).found
    ()

    Raises:
        StatisticsError: There are more than 12 drivers, or the values cannot be read.

    Source:
        Groemping (2006), see `shapley_shares`; Johnson (2000), see `relative_weights`.
        Westfall and Young (1993), see `chance`.
    """
    read_draws(draws)
    if not (0 < confidence < 1 and 0 < significant < 1):
        raise StatisticsError("A confidence and a level of significance lie between 0 and 1, such as 0.95 and 0.05.")
    if len(drivers) > MOST_DRIVERS:
        raise StatisticsError(
            f"Exact shares take {MOST_DRIVERS} drivers at most, and these are {len(drivers)}: "
            "leave some out or put like ones together."
        )
    table = read_table(outcome, drivers)
    needed = max(FEWEST_ANSWERS, ANSWERS_A_COLUMN * sum(table.sizes))
    if len(table.outcome) < needed:
        return _nothing(
            table, f"{needed} complete answers say something about these drivers; there are {len(table.outcome)}."
        )
    if np.ptp(table.outcome) == 0:
        return _nothing(table, "Every answer has the same outcome, so nothing can be seen to move it.")
    return _describe(table, rng=rng, draws=draws, tail=(1 - confidence) / 2, significant=significant)


def _describe(table: Table, *, rng: np.random.Generator, draws: int, tail: float, significant: float) -> KeyDrivers:
    matrix = correlations(table)
    answers, columns = table.columns.shape
    shares, total = _shares(matrix[None], table.sizes)
    by_chance, totals = _shuffle(table, matrix, rng=rng, draws=draws)
    overall = float(chance(total, totals)[0])
    p_values = chance(shares[0], by_chance.max(axis=1))
    resamples = _resample(table, rng=rng, draws=draws)
    low, high = np.quantile(resamples, [tail, 1 - tail], axis=0)
    ranks = 1 + (resamples[:, None, :] > resamples[:, :, None] + 1e-12).sum(axis=2)
    rank_low = np.quantile(ranks, tail, axis=0, method="lower")
    rank_high = np.quantile(ranks, 1 - tail, axis=0, method="higher")
    order = np.argsort(-shares[0], kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    weight, coefficient, correlation = _readings(matrix, table.sizes)
    inflated = inflation(matrix, table.sizes)
    found = [bool(p <= significant and overall <= significant) for p in p_values]
    collinear = tuple(table.names[j] for j in range(len(order)) if inflated[j] >= COLLINEAR)
    r_squared = float(total[0])
    return KeyDrivers(
        drivers=tuple(
            KeyDriver(
                name=table.names[j],
                share=float(shares[0, j]),
                low=float(low[j]),
                high=float(high[j]),
                part=float(shares[0, j] / r_squared) if r_squared > 0 else 0.0,
                rank=int(rank[j]),
                rank_low=min(int(rank_low[j]), int(rank[j])),
                rank_high=max(int(rank_high[j]), int(rank[j])),
                weight=float(weight[j]),
                coefficient=float(coefficient[j]),
                correlation=float(correlation[j]),
                inflation=float(inflated[j]),
                p_value=float(p_values[j]),
            )
            for j in order
        ),
        found=tuple(table.names[j] for j in order if found[j]),
        collinear=collinear,
        r_squared=r_squared,
        adjusted=1 - (1 - r_squared) * (answers - 1) / (answers - columns - 1),
        p_value=overall,
        answers=answers,
        left_out=table.left_out,
        is_enough=True,
        reason=_reason(overall, any(found), collinear),
    )


def _reason(overall: float, is_any_found: bool, collinear: tuple[str, ...]) -> str:
    if not is_any_found:
        return f"Nothing here moves the outcome: by chance alone as much is explained in {overall:.0%} of shuffles."
    if collinear:
        return f"{', '.join(collinear)} all but repeat the others: their shares divide what they have in common."
    return ""


def _shares(matrices: Floats, sizes: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return the shares (b, p) and R² (b,) of many matrices, as many at once as fit."""
    chunk = max(1, WORKING_SET // 2 ** (len(sizes) + 4))
    weights = subset_weights(len(sizes))
    shares, totals = [], []
    for start in range(0, len(matrices), chunk):
        r_squared = subset_r_squared(matrices[start : start + chunk], sizes)
        shares.append(r_squared @ weights)
        totals.append(r_squared[:, -1])
    return np.vstack(shares), np.concatenate(totals)


def _shuffle(table: Table, matrix: Floats, *, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    outcome = standardise(table.outcome[:, None])[:, 0]
    with_outcome = np.vstack([rows @ table.columns for rows in shuffled(outcome, rng=rng, draws=draws)]) / len(outcome)
    matrices = np.broadcast_to(matrix, (draws, *matrix.shape)).copy()
    matrices[:, :-1, -1] = matrices[:, -1, :-1] = with_outcome
    return _shares(matrices, table.sizes)


def _resample(table: Table, *, rng: np.random.Generator, draws: int) -> Floats:
    """Return the shares in resamples of the answers, (draws, p)."""
    values = np.column_stack([table.columns, standardise(table.outcome[:, None])])
    answers, width = values.shape
    first, second = np.triu_indices(width)
    # Each resample weighs the answers, and its moments are weighted sums of theirs.
    products = np.column_stack([values, values[:, first] * values[:, second]])
    moments = np.vstack([rows @ products for rows in resampled(answers, rng=rng, draws=draws)]) / answers
    means, squares = moments[:, :width], moments[:, width:]
    matrices = np.empty((draws, width, width))
    matrices[:, first, second] = matrices[:, second, first] = squares - means[:, first] * means[:, second]
    return _shares(matrices, table.sizes)[0]


def _readings(matrix: Floats, sizes: tuple[int, ...]) -> tuple[Floats, Floats, Floats]:
    """Return weight, coefficient and correlation of each driver, NaN where a category has none."""
    ends = np.cumsum(sizes)
    is_one = np.array(sizes) == 1
    weight = johnson(matrix) if is_one.all() else np.full(len(sizes), np.nan)
    coefficient = np.where(is_one, coefficients(matrix)[ends - 1], np.nan)
    return weight, coefficient, np.where(is_one, matrix[-1, ends - 1], np.nan)


def _nothing(table: Table, reason: str) -> KeyDrivers:
    return KeyDrivers(
        drivers=(),
        found=(),
        collinear=(),
        r_squared=np.nan,
        adjusted=np.nan,
        p_value=np.nan,
        answers=len(table.outcome),
        left_out=table.left_out,
        is_enough=False,
        reason=reason,
    )
