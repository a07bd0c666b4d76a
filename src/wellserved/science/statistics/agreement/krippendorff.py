"""Krippendorff's alpha: agreement of any number of raters on any scale, with ratings missing."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.agreement.ratings import Agreement, Ratings, read_ratings, verdict
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats

Scale = Literal["nominal", "ordinal", "interval", "ratio"]

# Distinct values that nominal and ratio scales hold side by side.
MOST_VALUES = 1_000
DRAWS = 1_000
FEWEST_ITEMS_TO_RESAMPLE = 5


@dataclass(frozen=True, slots=True)
class _Items:
    """Of each item its disagreement, its ratings and its sums, and the form that makes disagreement of total sums."""

    inside: Floats
    ratings: Floats
    sums: Floats
    form: Floats


def krippendorff_alpha(
    ratings: Ratings,
    *,
    scale: Scale = "nominal",
    rng: np.random.Generator | None = None,
    draws: int = DRAWS,
    confidence: float = CONFIDENCE,
) -> Agreement:
    """Return alpha = 1 - observed over expected disagreement, one row a rater and one column an item.

    NaN or None is missing; an item with one rating does not count. How far two values disagree is by scale: nominal
    0 or 1; ordinal the square of the ratings between them; interval (a - b)²; ratio ((a - b) / (a + b))². Bounds are by
    resampling items with a generator, and NaN without one or with fewer than five items. `raw` and `expected` are one
    less the disagreements on the nominal scale, else NaN; there is no standard error and no p-value.

    >>> found = krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 4], [None, 2, 3, 4]], scale="interval")
    >>> round(found.value, 3), found.items
    (0.915, 4)

    Raises:
        StatisticsError: No item has two ratings; a scale other than nominal is given words; a ratio scale a value below
            0; or a nominal or ratio scale more than 1,000 different values.

    Source:
        Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.
        Hayes, A. F. and Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding
        data. Communication Methods and Measures 1, 77-89 (resampling; here of whole items).
    """
    codes, values = read_ratings(ratings)
    if not 0 < confidence < 1:
        raise StatisticsError("A confidence lies between 0 and 1, such as 0.95.")
    codes = codes[:, (codes >= 0).sum(axis=0) >= 2]
    if not codes.size:
        raise StatisticsError("Agreement takes at least one item with two ratings.")
    values, codes = _used(values, codes)
    _check(values, scale)
    items = codes.shape[1]
    by_item = (
        _by_moments(values, codes, scale) if scale in {"ordinal", "interval"} else _by_counts(values, codes, scale)
    )
    observed, expected = _disagreements(np.ones((1, items)), by_item)
    value = 1 - float(observed[0] / expected[0]) if expected[0] > 1e-12 else math.nan
    is_enough, reason = verdict(value, items)
    low = high = math.nan
    if rng is not None and items >= FEWEST_ITEMS_TO_RESAMPLE and not math.isnan(value):
        picked = rng.multinomial(items, np.full(items, 1 / items), size=draws).astype(np.float64)
        seen, by_chance = _disagreements(picked, by_item)
        # A resample in which nothing varies says that all agree.
        alphas = np.where(by_chance > 1e-12, 1 - seen / np.where(by_chance > 1e-12, by_chance, 1.0), 1.0)
        low, high = (float(bound) for bound in np.quantile(alphas, [(1 - confidence) / 2, (1 + confidence) / 2]))
    return Agreement(
        value=value,
        low=low,
        high=high,
        standard_error=math.nan,
        p_value=math.nan,
        raw=1 - float(observed[0]) if scale == "nominal" else math.nan,
        expected=1 - float(expected[0]) if scale == "nominal" else math.nan,
        items=items,
        is_enough=is_enough,
        reason=reason,
    )


def _used(values: npt.NDArray[Any], codes: npt.NDArray[np.int64]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    """Leave out values that only items with one rating had."""
    used = np.unique(codes[codes >= 0])
    places = np.full(len(values) + 1, -1, dtype=np.int64)
    places[used] = np.arange(len(used))
    return values[used], places[codes]


def _check(values: npt.NDArray[Any], scale: Scale) -> None:
    if scale != "nominal" and values.dtype.kind == "U":
        raise StatisticsError("Give numbers on an ordinal, interval or ratio scale, such as the places of the words.")
    if scale == "ratio" and (values < 0).any():
        raise StatisticsError("A ratio scale starts at 0: use the interval scale for values below it.")
    if scale in {"nominal", "ratio"} and len(values) > MOST_VALUES:
        raise StatisticsError(f"These are {len(values)} different values and {MOST_VALUES} at most fit: round them.")


def _by_counts(values: npt.NDArray[Any], codes: npt.NDArray[np.int64], scale: Scale) -> _Items:
    """Return the items with their counts by value as sums, and the distances of the values as form."""
    items = np.broadcast_to(np.arange(codes.shape[1]), codes.shape)
    known = codes >= 0
    flat = np.bincount(items[known] * len(values) + codes[known], minlength=codes.shape[1] * len(values))
    counts = flat.reshape(codes.shape[1], len(values)).astype(np.float64)
    if scale == "nominal":
        apart = 1 - np.eye(len(values))
    else:
        total = np.add.outer(values, values)
        apart = (np.subtract.outer(values, values) / np.where(total > 0, total, 1.0)) ** 2
    ratings = counts.sum(axis=1)
    return _Items(((counts @ apart) * counts).sum(axis=1) / (ratings - 1), ratings, counts, apart)


def _by_moments(values: npt.NDArray[Any], codes: npt.NDArray[np.int64], scale: Scale) -> _Items:
    """Return the same for squared distances, whose sums follow from those of the values and their squares.

    The ordinal distance of two values is the difference of their mean ranks among all ratings.
    """
    known = codes >= 0
    if scale == "ordinal":
        sizes = np.bincount(codes[known]).astype(np.float64)
        numbers = np.cumsum(sizes) - sizes / 2
    else:
        numbers = np.asarray(values, dtype=np.float64)
    spread = float(np.ptp(numbers)) or 1.0
    rated = np.where(known, (numbers[codes] - numbers[codes[known]].mean()) / spread, 0.0)
    sums = np.column_stack([known.sum(axis=0), rated.sum(axis=0), (rated**2).sum(axis=0)]).astype(np.float64)
    inside = 2 * (sums[:, 0] * sums[:, 2] - sums[:, 1] ** 2) / (sums[:, 0] - 1)
    # Twice the ratings times the sum of squares, less twice the square of the sum, as a form of the three sums.
    return _Items(inside, sums[:, 0], sums, np.array([[0.0, 0.0, 1.0], [0.0, -2.0, 0.0], [1.0, 0.0, 0.0]]))


def _disagreements(picked: Floats, by_item: _Items) -> tuple[Floats, Floats]:
    """Return observed and expected disagreement, one of each row of how often each item counts."""
    total, ratings = picked @ by_item.sums, picked @ by_item.ratings
    observed = picked @ by_item.inside / ratings
    expected = ((total @ by_item.form) * total).sum(axis=1) / (ratings * (ratings - 1))
    return observed, np.maximum(expected, 0.0)
