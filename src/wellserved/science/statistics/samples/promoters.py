"""The net promoter score, which is a difference of two shares and needs more answers than a share does."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Generic, overload

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Interval, Many, Number
from wellserved.science.statistics.reading import read_confidence, read_values

# Added to promoters and detractors each; as many again to the passives in two parts, three answers in all.
ADDED = 0.75
TOP = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPromoter(Generic[Number]):
    """A net promoter score in points from -100 to 100.

    `variance` is that of one answer (1, 0 or -1) and `standard_error` that of the score in points. `adjusted` is the
    interval to show, around `adjusted_centre`; `wald` is the plain one, for comparison with other sources.
    """

    score: Number
    variance: Number
    standard_error: Number
    adjusted: Interval[Number]
    adjusted_centre: Number
    wald: Interval[Number]
    count: Number


@overload
def net_promoter(
    promoters: float, passives: float, detractors: float, *, confidence: float = CONFIDENCE
) -> NetPromoter[float]: ...
@overload
def net_promoter(
    promoters: Many, passives: Many | float, detractors: Many | float, *, confidence: float = CONFIDENCE
) -> NetPromoter[Floats]: ...
def net_promoter(
    promoters: Many | float, passives: Many | float, detractors: Many | float, *, confidence: float = CONFIDENCE
) -> NetPromoter[Any]:
    """Return the score 100 (P - D)/n with its variance and intervals.

    With p and d the shares of promoters and detractors the variance of an answer is p + d - (p - d)² and the plain
    interval p - d ± z √(variance/n). The adjusted one is the same with 3/4 promoters, 3/4 detractors and 3/2 passives
    more: it stays honest where answers are few or all alike. Of no answers nothing is known: NaN, -100 to 100.

    >>> found = net_promoter(65, 10, 25)
    >>> found.score, round(found.adjusted.low, 2), round(found.adjusted.high, 2)
    (40.0, 22.25, 55.42)

    Raises:
        StatisticsError: A count is negative, endless or no number, or the confidence lies not between 0 and 1.

    Source:
        Rocks, B. (2016). Interval estimation for the "net promoter score". The American Statistician 70, 365-372.
    """
    z = NormalDist().inv_cdf((1 + read_confidence(confidence)) / 2)
    given = (promoters, passives, detractors)
    up, middle, down = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in given))
    for part in (up, middle, down):
        if not (np.isfinite(part).all() and (part >= 0).all()):
            raise StatisticsError("Promoters, passives and detractors are counts from 0 on.")
    count = up + middle + down
    known = count > 0
    some = np.where(known, count, np.nan)
    centre, variance, error = _moments(up, down, some)
    moved, _, wider = _moments(up + ADDED, down + ADDED, count + 4 * ADDED)
    parts = {
        "score": TOP * centre,
        "variance": variance,
        "standard_error": TOP * error,
        "adjusted_centre": TOP * moved,
        "count": count,
    }
    around = np.where(known, moved, 0.0), np.where(known, z * wider, 1.0)
    plain = np.where(known, centre, 0.0), np.where(known, z * error, 1.0)
    is_single = all(np.ndim(part) == 0 for part in given)
    return NetPromoter(
        adjusted=_interval(*around, is_single=is_single),
        wald=_interval(*plain, is_single=is_single),
        **{name: float(part) if is_single else part for name, part in parts.items()},
    )


def promoter_counts(answers: Many) -> tuple[int, int, int]:
    """Return how many answers from 0 to 10 are promoters (9, 10), passives (7, 8) and detractors (0 to 6).

    >>> promoter_counts([10, 9, 8, 7, 6, 0])
    (2, 2, 2)

    Raises:
        StatisticsError: An answer is no whole number from 0 to 10.

    Source:
        Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review 81 (12), 46-54.
    """
    row = read_values(answers, noun="answers", fewest=0)
    if ((row < 0) | (row > 10) | (row != np.floor(row))).any():
        raise StatisticsError("An answer is a whole number from 0 to 10.")
    promoters, detractors = int((row >= 9).sum()), int((row <= 6).sum())
    return promoters, len(row) - promoters - detractors, detractors


def _moments(up: Floats, down: Floats, count: Floats) -> tuple[Floats, Floats, Floats]:
    centre = (up - down) / count
    variance = np.maximum((up + down) / count - centre**2, 0.0)
    return centre, variance, np.sqrt(variance / count)


def _interval(centre: Floats, half: Floats, *, is_single: bool) -> Interval[Any]:
    low, high = TOP * np.maximum(centre - half, -1.0), TOP * np.minimum(centre + half, 1.0)
    return Interval(float(low), float(high)) if is_single else Interval(low, high)
