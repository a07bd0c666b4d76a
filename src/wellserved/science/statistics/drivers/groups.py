"""Whether an outcome differs between the levels of a category, and which level stands apart."""

from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.columns import Column, read_column, read_numbers
from wellserved.science.statistics.drivers.key import SIGNIFICANT
from wellserved.science.statistics.drivers.reading import Floats
from wellserved.science.statistics.drivers.shuffles import DRAWS, chance, null_sums
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.quantiles import t_two_sided

# A smaller level is not shown by itself.
FEWEST_OF_A_LEVEL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level: how many answers, their mean with interval, and the chance of one so far from the rest.

    The interval has the spread within all levels. `p_value` is corrected for there being several levels.
    """

    name: str
    answers: int
    mean: float
    low: float
    high: float
    p_value: float
    is_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffect:
    """The levels, lowest mean first; `found` names those apart from the rest.

    `explained` is the share of the variance between levels, `expected` what remains of it after what chance adds
    (omega squared, none at the least). `hidden` counts the answers in levels of fewer than five. Without enough
    answers `p_value` is NaN and `reason` says why.
    """

    levels: tuple[Level, ...]
    found: tuple[str, ...]
    explained: float
    expected: float
    p_value: float
    hidden: int
    left_out: int
    is_enough: bool
    reason: str


def group_effect(
    outcome: Column,
    groups: Column,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
    confidence: float = 0.95,
    significant: float = SIGNIFICANT,
) -> GroupEffect:
    """Return whether the outcome differs between groups, by shuffling it, and which group stands apart from the rest.

    The whole is tested by the variance between groups, each group by its distance from all others in standard errors,
    against the largest such distance among all groups of a shuffled outcome.

    >>> rng = np.random.default_rng(1)
    >>> late = np.repeat(["late", "on time"], [40, 160])
    >>> found = group_effect(np.where(late == "late", 2.0, 4.0) + rng.normal(size=200), late, rng=rng)
    >>> found.found, [round(level.mean, 1) for level in found.levels]
    (('late', 'on time'), [2.0, 3.9])

    Raises:
        StatisticsError: The two are not of one length, or the outcome is no row of numbers.

    Source:
        Westfall and Young (1993), see `chance`. Hays, W. L. (1963). Statistics for psychologists (omega squared).
    """
    if not 0 < significant < 1:
        raise StatisticsError("A level of significance lies between 0 and 1, such as 0.05.")
    values = read_numbers(outcome, "the outcome")
    labels, known = read_column(groups, "the groups")
    if len(labels) != len(values):
        raise StatisticsError("Give one group for each outcome.")
    kept = known & ~np.isnan(values)
    names, codes, sizes = np.unique(labels[kept].astype(np.str_), return_inverse=True, return_counts=True)
    is_shown = sizes >= FEWEST_OF_A_LEVEL
    shown = is_shown[codes]
    result, left_out = values[kept][shown], int((~kept).sum())
    hidden = int((~shown).sum())
    if is_shown.sum() < 2:
        return _nothing(hidden, left_out, f"Fewer than two groups have {FEWEST_OF_A_LEVEL} answers or more.")
    if np.ptp(result) == 0:
        return _nothing(hidden, left_out, "Every answer has the same outcome, so no group can differ.")
    code = np.unique(codes[shown], return_inverse=True)[1].astype(np.int64)
    centred = result - result.mean()
    null = null_sums(centred, [code], rng=rng, draws=draws)[0]
    counts = sizes[is_shown].astype(np.float64)
    sums = np.bincount(code, weights=centred)
    p_value = float(chance((sums**2 / counts).sum()[None], (null**2 / counts).sum(axis=1))[0])
    spread = np.sqrt(counts * (len(result) - counts))
    p_levels = chance(np.abs(sums) / spread, (np.abs(null) / spread).max(axis=1))
    total, between = float(centred @ centred), float((sums**2 / counts).sum())
    within = max(total - between, 0.0) / max(len(result) - len(counts), 1)
    half = t_two_sided(confidence, max(len(result) - len(counts), 1)) * np.sqrt(within / counts)
    means = result.mean() + sums / counts
    is_apart = (p_levels <= significant) & (p_value <= significant)
    levels = _levels(names[is_shown].tolist(), counts, means, half, p_values=p_levels, is_apart=is_apart.tolist())
    return GroupEffect(
        levels=levels,
        found=tuple(level.name for level in levels if level.is_apart),
        explained=between / total,
        expected=max(0.0, (between - (len(counts) - 1) * within) / (total + within)),
        p_value=p_value,
        hidden=hidden,
        left_out=left_out,
        is_enough=True,
        reason="" if p_value <= significant else "The groups differ no more than shuffled answers would.",
    )


def _levels(
    names: list[str], counts: Floats, means: Floats, half: Floats, *, p_values: Floats, is_apart: list[bool]
) -> tuple[Level, ...]:
    return tuple(
        Level(
            name=names[j],
            answers=int(counts[j]),
            mean=float(means[j]),
            low=float(means[j] - half[j]),
            high=float(means[j] + half[j]),
            p_value=float(p_values[j]),
            is_apart=is_apart[j],
        )
        for j in np.argsort(means, kind="stable")
    )


def _nothing(hidden: int, left_out: int, reason: str) -> GroupEffect:
    return GroupEffect(
        levels=(),
        found=(),
        explained=np.nan,
        expected=np.nan,
        p_value=np.nan,
        hidden=hidden,
        left_out=left_out,
        is_enough=False,
        reason=reason,
    )
