"""What a feature does to satisfaction: must-be, wanted in proportion, or a delight (Kano)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Interval, Many, wilson

# Of equal counts the category that does more harm when it is missed wins.
CATEGORIES = "MOAIRQ"
# Rows: how it is to have the feature; columns: to lack it. Both from like, must be, neutral, live with to dislike.
MATRIX = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
FEWEST_ANSWERS = 20
# The normal quantile of 90 %, at which the first and second category are told apart.
APART = 1.645


@dataclass(frozen=True, slots=True, kw_only=True)
class Kano:
    """A feature's category and coefficients.

    `counts` has all six of M must-be, O one-dimensional, A attractive, I indifferent, R reverse, Q questionable.
    `better` from 0 to 1 is how much satisfaction it can add, `worse` from -1 to 0 how much its lack takes away, each
    with its interval; both are NaN without an answer A, O, M or I. `is_clear` says that the first category leads the
    second by more than chance. `category` is empty when there are too few answers, and `reason` says so.
    """

    counts: dict[str, int]
    answers: int
    category: str
    is_clear: bool
    better: float
    better_bounds: Interval[float]
    worse: float
    worse_bounds: Interval[float]
    is_enough: bool
    reason: str


def kano(functional: Many, dysfunctional: Many) -> Kano:
    """Return the category of one feature from how people would feel to have it and to lack it.

    Both are rows of answers from 1 like it, 2 must be so, 3 neutral, 4 can live with it to 5 dislike it; a pair with
    NaN is left out.

    >>> found = kano([1] * 18 + [2] * 6, [5] * 18 + [5] * 6)
    >>> found.category, found.better, found.worse
    ('O', 0.75, -1.0)

    Raises:
        StatisticsError: The two are not of one length, or an answer is not from 1 to 5.

    Source:
        Kano, N., Seraku, N., Takahashi, F. and Tsuji, S. (1984). Attractive quality and must-be quality. Journal of
        the Japanese Society for Quality Control 14(2), 39-48.
        Berger, C. et al. (1993). Kano's methods for understanding customer-defined quality. Center for Quality of
        Management Journal 2(4), 3-36 (evaluation table, better and worse, the order of ties).
    """
    having, lacking = np.asarray(functional, dtype=np.float64), np.asarray(dysfunctional, dtype=np.float64)
    if having.ndim != 1 or having.shape != lacking.shape:
        raise StatisticsError("Give one answer for having and one for lacking the feature of each person.")
    known = ~(np.isnan(having) | np.isnan(lacking))
    pairs = np.vstack([having[known], lacking[known]])
    if not np.isin(pairs, np.arange(1, 6)).all():
        raise StatisticsError("An answer is a whole number from 1 (like it) to 5 (dislike it).")
    cells = np.array([list(row) for row in MATRIX])
    letters = cells[pairs[0].astype(np.int64) - 1, pairs[1].astype(np.int64) - 1]
    return kano_of_counts({letter: int((letters == letter).sum()) for letter in CATEGORIES})


def kano_of_counts(counts: Mapping[str, int]) -> Kano:
    """Return the category of one feature from how often each was found.

    better = (A + O) / (A + O + M + I), worse = -(O + M) / (A + O + M + I). The most frequent category wins; of equals
    the one that does more harm when it is missed, in the order M, O, A, I, R, Q. It is clear when
    |a - b| ≥ 1.645 √((a + b)(2n - a - b) / 2n) for the two most frequent (Fong).

    >>> found = kano_of_counts({"A": 40, "O": 30, "M": 20, "I": 10})
    >>> found.category, found.is_clear, found.better, found.worse
    ('A', False, 0.7, -0.5)

    Raises:
        StatisticsError: A letter is not one of the six, or a count is negative or no whole number.

    Source:
        Berger et al. (1993), see `kano`; with Fong, D. (1996). Using the self-stated importance questionnaire to
        interpret Kano questionnaire results. Center for Quality of Management Journal 5(3), 21-24.
    """
    if not set(counts) <= set(CATEGORIES):
        raise StatisticsError("The categories are M, O, A, I, R and Q.")
    if any(count < 0 or count != int(count) for count in counts.values()):
        raise StatisticsError("A count is a whole number, none or more.")
    full = {letter: int(counts.get(letter, 0)) for letter in CATEGORIES}
    total = sum(full.values())
    base = full["A"] + full["O"] + full["M"] + full["I"]
    better, worse = full["A"] + full["O"], full["O"] + full["M"]
    ordered = sorted(full.values(), reverse=True)
    is_enough = total >= FEWEST_ANSWERS
    share = wilson(worse, base)
    return Kano(
        counts=full,
        answers=total,
        # The letters stand in the order of harm, and `max` takes the first of equals.
        category=max(CATEGORIES, key=lambda letter: full[letter]) if is_enough else "",
        is_clear=is_enough and _is_clear(ordered[0], ordered[1], total),
        better=better / base if base else math.nan,
        better_bounds=wilson(better, base),
        worse=-worse / base if base else math.nan,
        worse_bounds=Interval(-share.high, -share.low),
        is_enough=is_enough,
        reason="" if is_enough else f"A category needs {FEWEST_ANSWERS} answers, and there are {total}.",
    )


def _is_clear(first: int, second: int, total: int) -> bool:
    both = first + second
    return first > second and first - second >= APART * math.sqrt(both * (2 * total - both) / (2 * total))
