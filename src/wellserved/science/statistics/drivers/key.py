"""Which drivers move an outcome, in which order, how sure that is, or that nothing does."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from wellserved.science.statistics.columns import Column
from wellserved.science.statistics.drivers.measures import (
    effects,
    many_shares,
    ranks,
    resampled_measures,
    shares_by_chance,
)
from wellserved.science.statistics.drivers.reading import Drivers, Floats, Ints, Table, read_table
from wellserved.science.statistics.drivers.shares import (
    MOST_DRIVERS,
    correlations,
    inflation,
    johnson,
)
from wellserved.science.statistics.drivers.shuffles import DRAWS, chance, read_draws
from wellserved.science.statistics.errors import StatisticsError

By = Literal["auto", "effect", "share"]

SIGNIFICANT = 0.05
FEWEST_ANSWERS = 30
ANSWERS_A_COLUMN = 10
# From here on the order among the drivers concerned hangs on chance.
COLLINEAR = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDriver:
    """One driver: its share of R² and its effect, each with interval, its place, and other readings of its weight.

    `share` is what it explains alone and together with others, and `part` that of what all explain. `effect` is by how
    many standard deviations the outcome moves with one of the driver while the others stand still; `coefficient` is the
    same with its sign, NaN for a category of three levels or more, as is `correlation`. `rank` 1 is first. `weight` is
    Johnson's relative weight, NaN when any driver is such a category. `inflation` is the variance inflation by the
    other drivers. `p_value` is the chance that the best of as many drivers reaches this share when none matters.
    """

    name: str
    share: float
    low: float
    high: float
    part: float
    effect: float
    effect_low: float
    effect_high: float
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
    """The drivers in order of `ordered_by`, first the strongest; `found` names those that chance does not explain.

    `collinear` names those that others all but repeat. `reason` says in a sentence why nothing is found, or what to
    beware of, and is empty otherwise. Without enough answers there are no drivers and every figure is NaN.
    """

    drivers: tuple[KeyDriver, ...]
    found: tuple[str, ...]
    ordered_by: Literal["effect", "share"]
    collinear: tuple[str, ...]
    r_squared: float
    adjusted: float
    p_value: float
    answers: int
    left_out: int
    is_enough: bool
    reason: str

    @property
    def by_share(self) -> tuple[str, ...]:
        """The names, largest share of the explained first."""
        return tuple(one.name for one in sorted(self.drivers, key=lambda one: -one.share))

    @property
    def by_effect(self) -> tuple[str, ...]:
        """The names, largest effect beside the others first."""
        return tuple(one.name for one in sorted(self.drivers, key=lambda one: -one.effect))


def key_drivers(
    outcome: Column,
    drivers: Drivers,
    *,
    rng: np.random.Generator,
    by: By = "auto",
    draws: int = DRAWS,
    confidence: float = 0.95,
    significant: float = SIGNIFICANT,
) -> KeyDrivers:
    """Return what moves the outcome: exact Shapley shares and effects, tested against shuffled outcomes.

    First the outcome is shuffled `draws` times: if as much is explained then, nothing is found. A driver is found when
    its share exceeds what the best of all reaches by chance. Intervals are by resampling the answers.

    The order is by effect, which says what would change by moving a driver alone. "auto" falls back on the share where
    drivers all but repeat each other (variance inflation from 5 on), since their effects then hang on chance. The share
    credits a driver also with what it explains together with others, so the two may differ: see `by_share`.

    What is found goes together with the outcome; that it causes it is not shown. A driver that is good everywhere
    cannot vary, so it ranks low here however much it matters.

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
    return _describe(table, by, rng=rng, draws=draws, tail=(1 - confidence) / 2, significant=significant)


def _describe(
    table: Table, by: By, *, rng: np.random.Generator, draws: int, tail: float, significant: float
) -> KeyDrivers:
    matrix = correlations(table)
    answers, columns = table.columns.shape
    shares, total = many_shares(matrix[None], table.sizes)
    by_chance, totals = shares_by_chance(table, matrix, rng=rng, draws=draws)
    overall = float(chance(total, totals)[0])
    p_values = chance(shares[0], by_chance.max(axis=1))
    inflated = inflation(matrix, table.sizes)
    collinear = tuple(name for name, factor in zip(table.names, inflated, strict=True) if factor >= COLLINEAR)
    ordered_by: Literal["effect", "share"] = ("share" if collinear else "effect") if by == "auto" else by
    effect, coefficient = effects(matrix[None], table.sizes)
    shares_again, effects_again = resampled_measures(table, rng=rng, draws=draws)
    low, high = np.quantile(shares_again, [tail, 1 - tail], axis=0)
    effect_low, effect_high = np.quantile(effects_again, [tail, 1 - tail], axis=0)
    measure = shares[0] if ordered_by == "share" else effect[0]
    order = np.argsort(-measure, kind="stable")
    places = ranks(measure, shares_again if ordered_by == "share" else effects_again, tail=tail)
    is_one = np.array(table.sizes) == 1
    r_squared = float(total[0])
    figures = {
        "share": shares[0],
        "low": low,
        "high": high,
        "part": shares[0] / r_squared if r_squared > 0 else np.zeros(len(order)),
        "effect": effect[0],
        "effect_low": effect_low,
        "effect_high": effect_high,
        "weight": johnson(matrix) if is_one.all() else np.full(len(order), np.nan),
        "coefficient": coefficient[0],
        "correlation": np.where(is_one, matrix[-1, np.cumsum(table.sizes) - 1], np.nan),
        "inflation": inflated,
        "p_value": p_values,
    }
    is_found = (p_values <= significant) & (overall <= significant)
    return KeyDrivers(
        drivers=tuple(_driver(j, table.names[j], places, figures) for j in order),
        found=tuple(table.names[j] for j in order if is_found[j]),
        ordered_by=ordered_by,
        collinear=collinear,
        r_squared=r_squared,
        adjusted=1 - (1 - r_squared) * (answers - 1) / (answers - columns - 1),
        p_value=overall,
        answers=answers,
        left_out=table.left_out,
        is_enough=True,
        reason=_reason(overall, bool(is_found.any()), collinear),
    )


def _driver(j: int, name: str, places: tuple[Ints, Ints, Ints], figures: dict[str, Floats]) -> KeyDriver:
    rank, low, high = (int(place[j]) for place in places)
    return KeyDriver(
        name=name,
        rank=rank,
        rank_low=low,
        rank_high=high,
        **{key: float(values[j]) for key, values in figures.items()},
    )


def _reason(overall: float, is_any_found: bool, collinear: tuple[str, ...]) -> str:
    if not is_any_found:
        return f"Nothing here moves the outcome: by chance alone as much is explained in {overall:.0%} of shuffles."
    if collinear:
        return f"{', '.join(collinear)} all but repeat the others: their shares divide what they have in common."
    return ""


def _nothing(table: Table, reason: str) -> KeyDrivers:
    return KeyDrivers(
        drivers=(),
        found=(),
        ordered_by="share",
        collinear=(),
        r_squared=np.nan,
        adjusted=np.nan,
        p_value=np.nan,
        answers=len(table.outcome),
        left_out=table.left_out,
        is_enough=False,
        reason=reason,
    )
