"""How far service falls short of what was expected, by dimension (SERVQUAL)."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Interval, Many
from wellserved.science.statistics.quantiles import t_two_sided

# The classic questionnaire: 22 statements in this order.
DIMENSIONS = {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Servqual:
    """Gaps P - E by dimension, below 0 where service falls short.

    `expected`, `perceived` and `gaps` are means, one a dimension; `low` and `high` bound the gaps and `answers` counts
    those that gave both. From means alone there are no bounds: they are NaN and the answers 0. `unweighted` is the mean
    of the gaps, `weighted` their sum by `weights`, which add up to 1. `performance` is the weighted mean perception
    (SERVPERF), for those who mistrust differences.
    """

    expected: Floats
    perceived: Floats
    gaps: Floats
    low: Floats
    high: Floats
    answers: npt.NDArray[np.int64]
    weights: Floats
    unweighted: float
    weighted: float
    performance: float


def servqual(
    expected: Many, perceived: Many, *, weights: Many | None = None, confidence: float = CONFIDENCE
) -> Servqual:
    """Return the gap of each dimension and of all together.

    Either both have one value a dimension, or both one row a person and one column a dimension, with NaN where there
    is no answer: then each gap is the mean of the persons' own gaps with Student's interval, from two persons on.
    Weights are points of any sum, one a dimension or one row of them a person (each row counts alike); equal when
    left out.

    >>> found = servqual([6.5, 6.0], [5.5, 6.2], weights=[70, 30])
    >>> found.gaps.round(2).tolist(), round(found.unweighted, 2), round(found.weighted, 2)
    ([-1.0, 0.2], -0.4, -0.64)

    Raises:
        StatisticsError: The shapes differ, a value is endless, weights are negative or add up to nothing, or nobody
            answered a dimension.

    Source:
        Parasuraman, A., Zeithaml, V. A. and Berry, L. L. (1988). SERVQUAL: a multiple-item scale for measuring consumer
        perceptions of service quality. Journal of Retailing 64, 12-40.
        Cronin, J. J. and Taylor, S. A. (1992). Measuring service quality: a reexamination and extension. Journal of
        Marketing 56(3), 55-68 (perceptions alone).
    """
    wished, seen = np.asarray(expected, dtype=np.float64), np.asarray(perceived, dtype=np.float64)
    if wished.shape != seen.shape or wished.ndim not in {1, 2} or not wished.size:
        raise StatisticsError(
            "Give expected and perceived in one shape: a value a dimension, or a row of them a person."
        )
    if np.isinf(wished).any() or np.isinf(seen).any():
        raise StatisticsError("Scores are finite; give NaN where there is no answer.")
    is_means = wished.ndim == 1
    wished, seen = np.atleast_2d(wished), np.atleast_2d(seen)
    both = ~(np.isnan(wished) | np.isnan(seen))
    answers = both.sum(axis=0)
    if not answers.all():
        raise StatisticsError("Of each dimension at least one person must give both; leave the others out.")
    share = _weights(weights, seen.shape[1])
    gaps, half = _mean(np.where(both, seen - wished, np.nan), answers, confidence)
    wished_mean = np.where(both, wished, 0.0).sum(axis=0) / answers
    seen_mean = np.where(both, seen, 0.0).sum(axis=0) / answers
    return Servqual(
        expected=wished_mean,
        perceived=seen_mean,
        gaps=gaps,
        low=gaps - half,
        high=gaps + half,
        answers=np.zeros_like(answers) if is_means else answers,
        weights=share,
        unweighted=float(gaps.mean()),
        weighted=float(gaps @ share),
        performance=float(seen_mean @ share),
    )


def dimension_scores(items: Many) -> Floats:
    """Return the five dimension scores of each person from the 22 statements of the classic questionnaire.

    One row a person; the columns in the usual order: 4 tangibles, 5 reliability, 4 responsiveness, 4 assurance,
    5 empathy. A score is the mean of the statements answered, NaN when fewer than half are.

    >>> dimension_scores([[7] * 4 + [5] * 5 + [6] * 4 + [4] * 4 + [3] * 5]).tolist()
    [[7.0, 5.0, 6.0, 4.0, 3.0]]

    Raises:
        StatisticsError: There are not 22 columns.

    Source:
        Parasuraman, Zeithaml and Berry (1988), see `servqual`.
    """
    answers = np.atleast_2d(np.asarray(items, dtype=np.float64))
    if answers.ndim != 2 or answers.shape[1] != sum(DIMENSIONS.values()):
        raise StatisticsError("The questionnaire has 22 statements: give one column for each.")
    ends = np.cumsum(list(DIMENSIONS.values()))
    scores = []
    for size, end in zip(DIMENSIONS.values(), ends, strict=True):
        part = answers[:, end - size : end]
        given = (~np.isnan(part)).sum(axis=1)
        mean = np.where(np.isnan(part), 0.0, part).sum(axis=1) / np.maximum(given, 1)
        scores.append(np.where(2 * given >= size, mean, np.nan))
    return np.column_stack(scores)


def mean_interval(values: Many, *, confidence: float = CONFIDENCE) -> Interval[float]:
    """Return Student's interval of a mean, NaN left out; endless from fewer than two values.

    >>> found = mean_interval([4, 5, 6])
    >>> round(found.low, 2), round(found.high, 2)
    (2.52, 7.48)

    Raises:
        StatisticsError: The confidence does not lie between 0 and 1.
    """
    column = np.asarray(values, dtype=np.float64).reshape(-1, 1)
    answers = (~np.isnan(column)).sum(axis=0)
    if answers[0] < 2:
        t_two_sided(confidence, 1)
        return Interval(-math.inf, math.inf)
    mean, half = _mean(column, answers, confidence)
    return Interval(float(mean[0] - half[0]), float(mean[0] + half[0]))


def _mean(values: Floats, answers: npt.NDArray[np.int64], confidence: float) -> tuple[Floats, Floats]:
    """Return the means of the columns and half the width of their intervals, NaN of fewer than two."""
    known = ~np.isnan(values)
    mean = np.where(known, values, 0.0).sum(axis=0) / answers
    squares = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
    freedom = np.maximum(answers - 1, 1)
    half = t_two_sided(confidence, freedom) * np.sqrt(squares / freedom / answers)
    return mean, np.where(answers > 1, half, np.nan)


def _weights(given: Many | None, dimensions: int) -> Floats:
    if given is None:
        return np.full(dimensions, 1 / dimensions)
    rows = np.atleast_2d(np.asarray(given, dtype=np.float64))
    rows = rows[~np.isnan(rows).any(axis=1)]
    if rows.shape[1] != dimensions or not len(rows):
        raise StatisticsError(f"Give {dimensions} weights, one for each dimension.")
    sums = rows.sum(axis=1, keepdims=True)
    if not np.isfinite(rows).all() or (rows < 0).any() or (sums <= 0).any():
        raise StatisticsError("Weights are none or more and add up to something, such as 100 points.")
    return np.asarray((rows / sums).mean(axis=0), dtype=np.float64)
