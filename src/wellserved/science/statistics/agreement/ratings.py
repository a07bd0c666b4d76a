"""What the coefficients of agreement share: reading ratings, and the shape of the answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.columns import read_column
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many

Ratings = npt.NDArray[Any] | Sequence[Sequence[Any]]
Band = Literal["use", "tentative", "recalibrate", ""]

USABLE, TENTATIVE = 0.8, 2 / 3
# A coefficient of fewer items is shown as what it is: a first impression.
FEWEST_ITEMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far raters agree beyond chance: 1 wholly, 0 as chance would, below 0 less.

    `raw` is how often they agree, `expected` how often they would by chance. `standard_error` and the bounds are NaN
    where they are not known, `p_value` (against mere chance) as well. `items` counts those with two ratings or more.
    Where nothing varies the value itself is NaN. `reason` says why it is not enough to judge by.
    """

    value: float
    low: float
    high: float
    standard_error: float
    p_value: float
    raw: float
    expected: float
    items: int
    is_enough: bool
    reason: str

    @property
    def band(self) -> Band:
        """What the value allows: use from 0.8, tentative conclusions from 2/3, else recalibrate; nothing if not enough.

        Source:
            Krippendorff, K. (2004). Content analysis, 2nd ed. Sage, 241.
        """
        if not self.is_enough:
            return ""
        if self.value >= USABLE:
            return "use"
        return "tentative" if self.value >= TENTATIVE else "recalibrate"


def verdict(value: float, items: int) -> tuple[bool, str]:
    """Return whether a coefficient can be judged by, and why not."""
    if math.isnan(value):
        return False, "All ratings are the same, so agreement cannot be told from having no choice."
    if items < FEWEST_ITEMS:
        return False, f"{items} items are rated by two or more; {FEWEST_ITEMS} say something."
    return True, ""


def read_ratings(ratings: Ratings) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    """Return the position of each rating in the sorted distinct values, -1 where missing, and the values.

    Ratings have one row a rater and one column an item.

    >>> codes, values = read_ratings([["yes", None], ["yes", "no"]])
    >>> codes.tolist(), values.tolist()
    ([[1, -1], [1, 0]], ['no', 'yes'])

    Raises:
        StatisticsError: There is no table of ratings, or nothing in it.
    """
    table = ratings if isinstance(ratings, np.ndarray) else _table(ratings)
    if table.ndim != 2 or not table.size:
        raise StatisticsError("Give one row a rater and one column an item, NaN or None where one did not rate.")
    flat, known = read_column(table.ravel(), "the ratings")
    if not known.any():
        raise StatisticsError("There is no rating at all.")
    values, found = np.unique(flat[known], return_inverse=True)
    codes = np.full(table.size, -1, dtype=np.int64)
    codes[known] = found
    return codes.reshape(table.shape), values


def count_ratings(ratings: Ratings) -> npt.NDArray[np.int64]:
    """Return how many raters put each item in each category: one row an item, one column a category in sorted order.

    >>> count_ratings([["yes", "no"], ["yes", "yes"]]).tolist()
    [[0, 2], [1, 1]]

    Raises:
        StatisticsError: There is no table of ratings, or nothing in it.
    """
    codes, values = read_ratings(ratings)
    items = np.broadcast_to(np.arange(codes.shape[1]), codes.shape)
    known = codes >= 0
    flat = items[known] * len(values) + codes[known]
    return np.bincount(flat, minlength=codes.shape[1] * len(values)).reshape(codes.shape[1], len(values))


def read_rating_counts(counts: Many | Ratings) -> Floats:
    """Return counts of ratings, or say what is wrong with them; items that nobody rated twice stay."""
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or not table.size:
        raise StatisticsError("Give one row an item and one column a category.")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise StatisticsError("Counts of raters are whole numbers, none or more.")
    return table


def _table(rows: Sequence[Sequence[Any]]) -> npt.NDArray[Any]:
    if len({len(row) for row in rows}) > 1:
        raise StatisticsError("Each rater has a place for every item; put None where one did not rate.")
    return np.array([list(row) for row in rows], dtype=object)
