"""Which teams really differ, and what place each can claim; no league table where none can."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many, read_counts
from wellserved.science.statistics.quantiles import chi_square_tail, normal_two_tails, read_confidence

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# All pairs are compared: two million of so many.
MOST_TEAMS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What can be said of the places of teams, in the order given.

    `rank_low` to `rank_high` are the places a team may hold, 1 best; all intervals hold at once with the confidence.
    `better` has a row and a column a team: true where the team of the row is shown to be better. `order` lists the
    positions best first and is empty, with a `reason`, when no two teams differ. `p_value` is that of no difference at
    all. `candidates` are the positions of those that nobody is shown to better.
    """

    rank_low: Ints
    rank_high: Ints
    better: Bools
    pairs: int
    p_value: float
    order: tuple[int, ...]
    candidates: tuple[int, ...]
    is_ordered: bool
    reason: str


def compare(
    figures: Many, standard_errors: Many, *, higher_is_better: bool = True, confidence: float = CONFIDENCE
) -> Comparison:
    """Return which of independent figures differ, and the interval of each one's place.

    Every pair is tested by z = (x - y) / √(s² + t²), with Holm's correction for their number. A team's best place is
    one after those shown to be better, its worst one before those shown to be worse.

    >>> found = compare([70, 71, 90], [2, 2, 2])
    >>> found.rank_low.tolist(), found.rank_high.tolist(), found.pairs
    ([2, 2, 1], [3, 3, 1], 2)
    >>> compare([70, 71, 72], [2, 2, 2]).order
    ()

    Raises:
        StatisticsError: There are fewer than two teams or more than 2,000, a figure is not finite, or a standard error
            is not above 0.

    Source:
        Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Inference for ranks with applications to
        mobility across neighbourhoods and academic achievement across countries. Review of Economic Studies 91,
        476-518 (places from pairs).
        Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
        65-70.
        Goldstein, H. and Spiegelhalter, D. J. (1996). League tables and their limitations. Journal of the Royal
        Statistical Society A 159, 385-443 (why).
    """
    values, errors = np.asarray(figures, dtype=np.float64), np.asarray(standard_errors, dtype=np.float64)
    level = 1 - read_confidence(confidence)
    if values.ndim != 1 or values.shape != errors.shape or not 2 <= len(values) <= MOST_TEAMS:
        raise StatisticsError(f"Give a figure and a standard error of each of 2 to {MOST_TEAMS:,} teams.")
    if not (np.isfinite(values).all() and np.isfinite(errors).all() and (errors > 0).all()):
        raise StatisticsError("Figures are finite, with standard errors above 0; leave out teams without.")
    gains = values if higher_is_better else -values
    count = len(values)
    first, second = np.triu_indices(count, 1)
    z = (gains[first] - gains[second]) / np.hypot(errors[first], errors[second])
    differs = _holm(normal_two_tails(z), level)
    better = np.zeros((count, count), dtype=bool)
    better[first, second] = differs & (z > 0)
    better[second, first] = differs & (z < 0)
    weights = 1 / errors**2
    scatter = float(weights @ (values - weights @ values / weights.sum()) ** 2)
    rank_low = 1 + better.sum(axis=0)
    is_ordered = bool(differs.any())
    return Comparison(
        rank_low=rank_low,
        rank_high=count - better.sum(axis=1),
        better=better,
        pairs=int(differs.sum()),
        p_value=float(chi_square_tail(scatter, count - 1)),
        order=tuple(np.argsort(-gains, kind="stable").tolist()) if is_ordered else (),
        candidates=tuple(np.flatnonzero(rank_low == 1).tolist()),
        is_ordered=is_ordered,
        reason="" if is_ordered else "No two teams are shown to differ, so no order of them means anything.",
    )


def compare_shares(
    kept: Many, total: Many, *, higher_is_better: bool = True, confidence: float = CONFIDENCE
) -> Comparison:
    """Return which shares differ, as `compare`, on a scale where their spread hangs on their cases alone.

    arcsin √((x + 3/8) / (n + 3/4)) with standard error 1 / √(4n + 2).

    >>> compare_shares([45, 40, 9], [50, 50, 50]).rank_low.tolist()
    [1, 1, 3]

    Raises:
        StatisticsError: As `compare`, or the counts cannot be used, or a team has no case.

    Source:
        Anscombe, F. J. (1948). The transformation of Poisson, binomial and negative-binomial data. Biometrika 35,
        246-254.
    """
    successes, cases = read_counts(kept, total)
    if not (cases > 0).all():
        raise StatisticsError("Leave out teams without cases: they have no share to compare.")
    values: Floats = np.arcsin(np.sqrt((successes + 0.375) / (cases + 0.75)))
    return compare(values, 1 / np.sqrt(4 * cases + 2), higher_is_better=higher_is_better, confidence=confidence)


def percentile_among(value: float, peers: Many) -> float:
    """Return the share of peers below, half of those equal counted: 0 lowest, 1 highest; NaN peers are left out.

    >>> percentile_among(7, [5, 6, 7, 9])
    0.625

    Raises:
        StatisticsError: There is no peer, or the value is not finite.
    """
    others = np.asarray(peers, dtype=np.float64)
    others = others[~np.isnan(others)]
    if not others.size or not np.isfinite(value):
        raise StatisticsError("A place among peers takes a value and one peer at least.")
    return float(((others < value).sum() + (others == value).sum() / 2) / others.size)


def _holm(p_values: Floats, level: float) -> Bools:
    """Return which are rejected when all wrong rejections together may have the chance `level`."""
    order = np.argsort(p_values, kind="stable")
    held = p_values[order] > level / (len(order) - np.arange(len(order)))
    rejected = np.zeros(len(order), dtype=bool)
    # From the first that holds on, all do.
    rejected[order[: int(held.argmax()) if held.any() else len(order)]] = True
    return rejected
