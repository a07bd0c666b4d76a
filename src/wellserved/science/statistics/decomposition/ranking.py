"""The few causes that most of it comes from, and how sure their order is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many
from wellserved.science.statistics.reading import read_confidence
from wellserved.science.statistics.reference_distributions import chi_square_beyond

VITAL = 0.8
# Causes that chance alone would make as uneven more often than this have no few to speak of.
LEVEL = 0.05
# A chi-square of smaller expected counts is not one.
FEWEST_EACH = 5.0


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """One cause, the largest first: its share, the share of all down to it, and whether it is one of the vital few."""

    name: str
    count: float
    share: float
    cumulative: float
    is_vital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto:
    """Causes in order, and the vital few of them.

    `found` names the vital few. It is empty, with the `reason`, where the causes differ no more than chance. `is_tied`
    says that causes as large as the last of the few were taken with it. `p_value` is that of even causes; None where
    the figures are no counts, or too few.
    """

    rows: tuple[ParetoRow, ...]
    total: float
    found: tuple[str, ...]
    is_tied: bool
    p_value: float | None
    is_enough: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RankRange:
    """The places from first to last that a cause may truly have."""

    name: str
    low: int
    high: int


def pareto(
    names: Sequence[str], counts: Many, *, weights: Many | None = None, vital: float = VITAL, level: float = LEVEL
) -> Pareto:
    """Return the causes, largest first, and the smallest set of them that makes up `vital` of the whole.

    `weights` is what one case of each cause costs (severity, hours, money): then causes are ordered by count times
    weight. Causes as large as the last of the few belong to them, as nothing puts one before the other; equal ones keep
    their given order. A chi-square test against even counts says whether there is a few to speak of: above `level`,
    or with fewer than five cases a cause, nothing is claimed.

    >>> found = pareto(["late", "wrong", "rude", "lost", "other"], [60, 25, 6, 5, 4])
    >>> found.found, found.rows[1].cumulative
    (('late', 'wrong'), 0.85)
    >>> pareto(["late", "wrong", "rude"], [21, 19, 20]).found
    ()

    Raises:
        StatisticsError: Names and figures are not of one length, a name comes twice, a figure is negative or endless,
            everything is 0, or `vital` or `level` lies not between 0 and 1.

    Source:
        Juran, J. M. (1951). Quality control handbook. McGraw-Hill.
    """
    if not (0 < vital < 1 and 0 < level < 1):
        raise StatisticsError("The vital share and the level lie between 0 and 1, such as 0.8 and 0.05.")
    tally = _read(names, counts)
    with np.errstate(over="ignore"):
        sizes = tally if weights is None else tally * _read(names, weights)
    total = float(sizes.sum())
    if not 0 < total < np.inf:
        raise StatisticsError("There is nothing to put in order; give at least one case.")
    order = np.argsort(-sizes, kind="stable")
    ordered = sizes[order]
    running = np.minimum(np.cumsum(ordered) / total, 1.0)
    enough = int(np.searchsorted(running, vital * (1 - 1e-12))) + 1
    few = int((ordered >= ordered[enough - 1] * (1 - 1e-12)).sum())
    p_value = _evenness(tally)
    reason = _doubt(tally, p_value, level)
    few = 0 if reason else few
    rows = tuple(
        ParetoRow(names[place], float(ordered[rank]), float(ordered[rank] / total), float(running[rank]), rank < few)
        for rank, place in enumerate(order.tolist())
    )
    return Pareto(
        rows=rows,
        total=total,
        found=tuple(row.name for row in rows if row.is_vital),
        is_tied=few > enough,
        p_value=p_value,
        is_enough=not reason,
        reason=reason,
    )


def rank_ranges(
    names: Sequence[str],
    counts: Many,
    *,
    rng: np.random.Generator,
    confidence: float = CONFIDENCE,
    draws: int = 2000,
) -> tuple[RankRange, ...]:
    """Return between which places each cause lies, in the order given, when as many cases are drawn anew.

    A cause's place in a draw is one more than the causes with more cases. The bounds are the outer
    quantiles of the places over the draws from a multinomial of the observed shares.

    >>> found = rank_ranges(["late", "wrong", "rude"], [600, 30, 28], rng=np.random.default_rng(7))
    >>> [(one.low, one.high) for one in found]
    [(1, 1), (2, 3), (2, 3)]

    Raises:
        StatisticsError: As `pareto`, or a count is no whole number, or there are fewer than 100 draws.

    Source:
        Goldstein, H. and Spiegelhalter, D. J. (1996). League tables and their limitations. JRSS A 159, 385-443.
    """
    tally = _read(names, counts)
    tail = (1 - read_confidence(confidence)) / 2
    if not tally.sum() or (tally != np.floor(tally)).any() or draws < 100:
        raise StatisticsError("Give whole counts, at least one case, and 100 draws or more.")
    drawn = rng.multinomial(int(tally.sum()), tally / tally.sum(), size=draws)
    places = np.empty(drawn.shape, dtype=np.int64)
    for draw, ordered in enumerate(np.sort(-drawn, axis=1)):
        places[draw] = np.searchsorted(ordered, -drawn[draw]) + 1
    low, high = np.quantile(places, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return tuple(RankRange(*found) for found in zip(names, low.tolist(), high.tolist(), strict=True))


def _read(names: Sequence[str], figures: Many) -> Floats:
    found = np.asarray(figures, dtype=np.float64)
    if found.shape != (len(names),):
        raise StatisticsError("Give one figure for each name.")
    if len(set(names)) < len(names):
        raise StatisticsError("A name comes twice; add its figures up first.")
    if not (np.isfinite(found).all() and (found >= 0).all()):
        raise StatisticsError("Figures are finite numbers from 0 on.")
    return found


def _evenness(tally: Floats) -> float | None:
    each = float(tally.sum()) / len(tally)
    if len(tally) < 2 or each < FEWEST_EACH or (tally != np.floor(tally)).any():
        return None
    return chi_square_beyond(float(((tally - each) ** 2).sum()) / each, len(tally) - 1)


def _doubt(tally: Floats, p_value: float | None, level: float) -> str:
    if len(tally) < 2:
        return "One cause is all of it; a few needs several to be told from."
    if p_value is None and (tally == np.floor(tally)).all():
        needed = int(np.ceil(FEWEST_EACH * len(tally)))
        return f"Of {len(tally)} causes the few are told from {needed} cases on; there are {tally.sum():g}."
    if p_value is not None and p_value > level:
        return f"The causes differ no more than chance does (p = {p_value:.2f})."
    return ""
