"""Finds where an outcome breaks: from which value of a driver on it is another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.columns import Column, read_numbers
from wellserved.science.statistics.drivers.key import SIGNIFICANT
from wellserved.science.statistics.drivers.reading import Drivers, Floats, Ints
from wellserved.science.statistics.drivers.shuffles import DRAWS, chance, null_sums, resampled
from wellserved.science.statistics.errors import StatisticsError

# Neither side of a cut is smaller than this, nor than this share of the answers.
FEWEST_A_SIDE = 10
SMALLEST_SIDE = 0.05
# Of more values than this only so many cuts are tried, evenly by rank.
MOST_CUTS = 500
RESAMPLES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From `cut` on the mean outcome is `above`, under it `below`.

    `low` and `high` bound the cut by resampling, NaN when nothing is found. `step` is the share of the variance that
    the cut explains and `line` what a straight line would: a real break explains more than a line. `p_value` is the
    chance of as good a cut anywhere in any of the drivers tried when none matters.
    """

    name: str
    cut: float
    low: float
    high: float
    below: float
    above: float
    answers_below: int
    answers_above: int
    step: float
    line: float
    p_value: float
    is_found: bool

    @property
    def is_break(self) -> bool:
        """Whether a step tells it better than a steady rise or fall."""
        return self.step > self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The best cut of each driver, best first; `found` those that chance does not explain.

    `untried` names the drivers without a cut that leaves enough answers on both sides.
    """

    tried: tuple[Threshold, ...]
    found: tuple[Threshold, ...]
    untried: tuple[str, ...]
    answers: int
    left_out: int
    is_enough: bool
    reason: str


def find_thresholds(
    outcome: Column,
    drivers: Drivers,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
    confidence: float = 0.95,
    significant: float = SIGNIFICANT,
) -> Thresholds:
    """Return the value of each driver from which on the outcome differs most, and whether chance would find as much.

    Every cut that leaves 10 answers and 5 % on either side is tried, and taken where the two means lie furthest apart
    in standard errors. Having tried many, the best is judged against the best cut of any driver of a shuffled outcome.
    Answers that lack the outcome or any driver are left out.

    >>> rng = np.random.default_rng(5)
    >>> calls = rng.integers(0, 8, size=400)
    >>> left = rng.random(400) < np.where(calls >= 4, 0.5, 0.1)
    >>> found = find_thresholds(left, {"age": rng.integers(20, 70, size=400), "calls": calls}, rng=rng).found
    >>> [(one.name, one.cut, one.is_break) for one in found]
    [('calls', 4.0, True)]

    Raises:
        StatisticsError: There is no driver, the lengths differ, or a column is no row of numbers.

    Source:
        Lausen, B. and Schumacher, M. (1992). Maximally selected rank statistics. Biometrics 48, 73-85.
        Hothorn, T. and Lausen, B. (2003). On the exact distribution of maximally selected rank statistics.
        Computational Statistics and Data Analysis 43, 121-137.
        Westfall and Young (1993), see `chance`.
    """
    if not (drivers and 0 < significant < 1 and 0 < confidence < 1):
        raise StatisticsError("Name a driver, with a confidence and a significance between 0 and 1.")
    rows = [read_numbers(outcome, "the outcome"), *(read_numbers(values, name) for name, values in drivers.items())]
    if len({len(row) for row in rows}) > 1:
        raise StatisticsError("Give one value of each driver for each outcome, and NaN where it is not known.")
    table = np.vstack(rows)
    kept = ~np.isnan(table).any(axis=0)
    result, left_out = table[0, kept], int((~kept).sum())
    cuts = [_cuts(row) for row in table[1:, kept]]
    names = tuple(drivers)
    untried = tuple(name for name, found in zip(names, cuts, strict=True) if not len(found))
    usable = [j for j in range(len(names)) if len(cuts[j])]
    if not usable or np.ptp(result) == 0:
        reason = f"No cut leaves {FEWEST_A_SIDE} answers and {SMALLEST_SIDE:.0%} of them on either side."
        return Thresholds(
            tried=(),
            found=(),
            untried=untried,
            answers=len(result),
            left_out=left_out,
            is_enough=False,
            reason=reason if not usable else "Every answer has the same outcome, so nothing can break.",
        )
    columns = [table[1 + j, kept] for j in usable]
    tried = _try(
        result, [names[j] for j in usable], columns, [cuts[j] for j in usable],
        rng=rng, draws=draws, tail=(1 - confidence) / 2, significant=significant,
    )  # fmt: skip
    found = tuple(one for one in tried if one.is_found)
    return Thresholds(
        tried=tried,
        found=found,
        untried=untried,
        answers=len(result),
        left_out=left_out,
        is_enough=True,
        reason="" if found else "No cut parts the outcomes more than the best cut of shuffled ones would.",
    )


def _try(
    result: Floats,
    names: Sequence[str],
    columns: Sequence[Floats],
    cuts: Sequence[Floats],
    *,
    rng: np.random.Generator,
    draws: int,
    tail: float,
    significant: float,
) -> tuple[Threshold, ...]:
    centred = result - result.mean()
    bins = [np.searchsorted(cut, column, side="right") for cut, column in zip(cuts, columns, strict=True)]
    null = null_sums(centred, bins, rng=rng, draws=draws)
    largest = np.max(
        [_scores(sums, np.bincount(bin_)).max(axis=1) for sums, bin_ in zip(null, bins, strict=True)], axis=0
    )
    tried: list[tuple[float, Threshold]] = []
    for name, column, cut, bin_ in zip(names, columns, cuts, bins, strict=True):
        score = _scores(np.bincount(bin_, weights=centred)[None], np.bincount(bin_))[0]
        best = int(score.argmax())
        p_value = float(chance(score[best : best + 1], largest)[0])
        is_found = p_value <= significant
        low, high = _bounds(centred, bin_, cut, rng=rng, tail=tail) if is_found else (np.nan, np.nan)
        is_above = column >= cut[best]
        variance = float(centred @ centred)
        tried.append((float(score[best]), Threshold(
            name=name,
            cut=float(cut[best]),
            low=min(low, float(cut[best])) if is_found else low,
            high=max(high, float(cut[best])) if is_found else high,
            below=float(result[~is_above].mean()),
            above=float(result[is_above].mean()),
            answers_below=int((~is_above).sum()),
            answers_above=int(is_above.sum()),
            step=float(score[best] ** 2 * len(result) / variance),
            line=float(np.corrcoef(column, result)[0, 1] ** 2),
            p_value=p_value,
            is_found=is_found,
        )))  # fmt: skip
    return tuple(one for _, one in sorted(tried, key=lambda pair: -pair[0]))


def _cuts(column: Floats) -> Floats:
    """Return the values that leave enough on either side: the answers from the value on, and those under it."""
    values, sizes = np.unique(column, return_counts=True)
    under = np.cumsum(sizes) - sizes
    least = max(FEWEST_A_SIDE, int(np.ceil(SMALLEST_SIDE * len(column))))
    values = values[(under >= least) & (len(column) - under >= least)]
    if len(values) > MOST_CUTS:
        values = values[np.linspace(0, len(values) - 1, MOST_CUTS).round().astype(np.int64)]
    return values


def _scores(sums: npt.NDArray[Any], sizes: npt.NDArray[Any]) -> Floats:
    """Return |sum above| / √(n above · n below) at each cut; in shuffles it has the same spread at every cut."""
    total = sizes.sum(axis=-1, keepdims=True)
    above = total - np.cumsum(sizes, axis=-1)[..., :-1]
    beyond = sums.sum(axis=-1, keepdims=True) - np.cumsum(sums, axis=-1)[..., :-1]
    # A resample may lie wholly on one side of a cut, which then parts nothing.
    return np.asarray(np.abs(beyond) / np.sqrt(np.maximum(above * (total - above), 0.5)), dtype=np.float64)


def _bounds(centred: Floats, bins: Ints, cuts: Floats, *, rng: np.random.Generator, tail: float) -> tuple[float, float]:
    """Return the bounds of the best cut in resamples of the answers."""
    order = np.argsort(bins, kind="stable")
    starts = np.searchsorted(bins[order], np.arange(len(cuts) + 1))
    best = []
    for weights in resampled(len(centred), rng=rng, draws=RESAMPLES):
        sizes = np.add.reduceat(weights[:, order], starts, axis=1)
        sums = np.add.reduceat((weights * centred)[:, order], starts, axis=1)
        mean = sums.sum(axis=1, keepdims=True) / len(centred)
        best.append(_scores(sums - mean * sizes, sizes).argmax(axis=1))
    low, high = np.quantile(cuts[np.concatenate(best)], [tail, 1 - tail])
    return float(low), float(high)
