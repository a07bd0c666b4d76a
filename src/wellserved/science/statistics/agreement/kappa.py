"""Agreement on categories beyond chance: Cohen's, Fleiss's and Gwet's coefficients."""

import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from wellserved.science.statistics.agreement.ratings import (
    Agreement,
    Ratings,
    read_rating_counts,
    read_ratings,
    verdict,
)
from wellserved.science.statistics.columns import read_column
from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many, wilson
from wellserved.science.statistics.quantiles import normal_two_tails, two_sided

Weighting = Literal["none", "linear", "quadratic"]


def cohen_kappa(
    first: Sequence[Any],
    second: Sequence[Any],
    *,
    weights: Weighting = "none",
    categories: Sequence[Any] | None = None,
    confidence: float = CONFIDENCE,
) -> Agreement:
    """Return how far two raters agree on categories, as `kappa_of_table`; items that either left out do not count.

    `categories` gives their order, which weights need; left out, they are sorted.

    >>> found = cohen_kappa(["good", "good", "poor", "poor"], ["good", "poor", "poor", "poor"])
    >>> found.value, found.is_enough
    (0.5, False)

    Raises:
        StatisticsError: The two are not of one length, both rated nothing, or a rating is not among the categories.

    Source:
        See `kappa_of_table`.
    """
    codes, values = read_ratings([first, second])
    if categories is not None:
        # Read as the ratings are, so that 1 and 1.0 are one category.
        order = read_column(categories, "the categories")[0].tolist()
        places, names = {name: place for place, name in enumerate(order)}, values.tolist()
        if not set(names) <= set(places):
            raise StatisticsError(f"The categories leave out {', '.join(sorted(map(str, set(names) - set(places))))}.")
        codes = np.append(np.array([places[name] for name in names]), -1)[codes]
    size = len(values) if categories is None else len(categories)
    both = (codes >= 0).all(axis=0)
    flat = codes[0, both] * size + codes[1, both]
    return kappa_of_table(
        np.bincount(flat, minlength=size * size).reshape(size, size), weights=weights, confidence=confidence
    )


def kappa_of_table(table: Ratings, *, weights: Weighting = "none", confidence: float = CONFIDENCE) -> Agreement:
    """Return Cohen's kappa of a square table, the first rater's category down and the second's across.

    kappa = (p_o - p_e) / (1 - p_e), with the observed and the expected share of agreement. Weights count nearness in a
    fixed order of categories, by their places: 1 - d / (k-1), or 1 - d² / (k-1)². The standard error is the large
    sample one; of raters who never differ it is 0, and the bounds are those of the share of agreement.

    >>> found = kappa_of_table([[20, 5], [10, 15]])
    >>> round(found.value, 3), round(found.standard_error, 3)
    (0.4, 0.127)

    Raises:
        StatisticsError: The table is not square, holds anything but counts, or is empty.

    Source:
        Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20,
        37-46; (1968). Weighted kappa. Psychological Bulletin 70, 213-220.
        Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969). Large sample standard errors of kappa and weighted kappa.
        Psychological Bulletin 72, 323-327.
    """
    counts = read_rating_counts(table)
    total = float(counts.sum())
    if counts.shape[0] != counts.shape[1] or not total:
        raise StatisticsError("Give a square table of both raters' categories with at least one item both rated.")
    shares = counts / total
    near = _nearness(len(counts), weights)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    raw, expected = float((near * shares).sum()), float(rows @ near @ columns)
    left = 1 - expected
    if left < 1e-12:
        return _answer(
            math.nan, math.nan, math.nan, raw=raw, expected=expected, items=int(total), z=two_sided(confidence)
        )
    value = (raw - expected) / left
    mean = (near @ columns)[:, None] + (rows @ near)[None, :]
    inner = float((shares * (near - mean * (1 - value)) ** 2).sum()) - (value - expected * (1 - value)) ** 2
    null = float((np.outer(rows, columns) * (near - mean) ** 2).sum()) - expected**2
    error, null_error = (math.sqrt(max(part, 0.0) / total) / left for part in (inner, null))
    return _answer(value, error, null_error, raw=raw, expected=expected, items=int(total), z=two_sided(confidence))


def fleiss_kappa(counts: Many | Ratings, *, confidence: float = CONFIDENCE) -> Agreement:
    """Return how far several raters agree: counts of raters, one row an item and one column a category.

    kappa = (mean P_i - Σ p_j²) / (1 - Σ p_j²), with P_i the share of agreeing pairs of an item's raters. Every item has
    as many raters, who need not be the same. The standard error is by leaving out one item at a time.

    >>> round(fleiss_kappa([[3, 0], [2, 1], [0, 3], [3, 0]]).value, 3)
    0.625

    Raises:
        StatisticsError: The counts cannot be used, or items have different numbers of raters.

    Source:
        Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76, 378-382.
        Fleiss, J. L., Nee, J. C. M. and Landis, J. R. (1979). Large sample variance of kappa in the case of different
        sets of raters. Psychological Bulletin 86, 974-977 (against chance).
    """
    table = read_rating_counts(counts)
    raters = table.sum(axis=1)
    if np.ptp(raters) or raters[0] < 2:
        raise StatisticsError("Each item needs as many raters, two or more; else use Krippendorff's alpha.")
    items, each = len(table), float(raters[0])
    agreeing = (table * (table - 1)).sum(axis=1) / (each * (each - 1))
    shares = table.sum(axis=0) / (items * each)
    raw, expected = float(agreeing.mean()), float((shares**2).sum())
    apart = shares * (1 - shares)
    if 1 - expected < 1e-12:
        return _answer(math.nan, math.nan, math.nan, raw=raw, expected=expected, items=items, z=two_sided(confidence))
    value = (raw - expected) / (1 - expected)
    null = 2 / (items * each * (each - 1)) * (1 - float((apart * (1 - 2 * shares)).sum()) / float(apart.sum()) ** 2)
    return _answer(
        value,
        _jackknife(table, agreeing, each) if items > 2 else math.nan,
        math.sqrt(max(null, 0.0)),
        raw=raw,
        expected=expected,
        items=items,
        z=two_sided(confidence),
    )


def gwet_ac1(counts: Many | Ratings, *, confidence: float = CONFIDENCE) -> Agreement:
    """Return Gwet's AC1, which keeps its head where nearly everything falls in one category and kappa does not.

    AC1 = (p_a - p_e) / (1 - p_e) with p_e = Σ π_k (1 - π_k) / (q - 1). Counts of raters, one row an item and one column
    a category; a category that nobody used counts in q. Items with one rater tell only how common categories are.

    >>> items = np.repeat([[2, 0], [1, 1], [0, 2]], [20, 15, 15], axis=0)
    >>> round(gwet_ac1(items).value, 6)
    0.405941

    Raises:
        StatisticsError: The counts cannot be used, there is one category, or no item has two raters.

    Source:
        Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement.
        British Journal of Mathematical and Statistical Psychology 61, 29-48.
    """
    table = read_rating_counts(counts)
    table = table[table.sum(axis=1) > 0]
    raters = table.sum(axis=1)
    paired = raters >= 2
    categories = table.shape[1]
    if categories < 2 or not paired.any():
        raise StatisticsError("Agreement takes two categories to choose from and an item with two raters.")
    each = table / raters[:, None]
    shares = each.mean(axis=0)
    by_item = (each @ (1 - shares)) / (categories - 1)
    expected = float((shares * (1 - shares)).sum() / (categories - 1))
    agreeing = np.where(paired, (table * (table - 1)).sum(axis=1) / np.maximum(raters * (raters - 1), 1.0), 0.0)
    raw = float(agreeing[paired].mean())
    value = (raw - expected) / (1 - expected)
    items = len(table)
    part = items / int(paired.sum()) * (agreeing - expected * paired) / (1 - expected)
    part = part - 2 * (1 - value) * (by_item - expected) / (1 - expected)
    error = math.sqrt(float(((part - value) ** 2).sum()) / (items * (items - 1))) if items > 1 else math.nan
    return _answer(value, error, error, raw=raw, expected=expected, items=int(paired.sum()), z=two_sided(confidence))


def _nearness(size: int, weights: Weighting) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(size - 1, 1)
    if weights == "none":
        return np.eye(size)
    return np.asarray(1 - apart if weights == "linear" else 1 - apart**2, dtype=np.float64)


def _jackknife(table: Floats, agreeing: Floats, each: float) -> float:
    items = len(table)
    raw = (agreeing.sum() - agreeing) / (items - 1)
    expected = (((table.sum(axis=0) - table) / ((items - 1) * each)) ** 2).sum(axis=1)
    # Without the one item that differs nothing may vary: then the error is not known.
    if (1 - expected < 1e-12).any():
        return math.nan
    left_out = (raw - expected) / (1 - expected)
    return math.sqrt((items - 1) / items * float(((left_out - left_out.mean()) ** 2).sum()))


def _answer(
    value: float, error: float, null_error: float, *, raw: float, expected: float, items: int, z: float
) -> Agreement:
    is_enough, reason = verdict(value, items)
    low, high = max(value - z * error, -1.0), min(value + z * error, 1.0)
    if error < 1e-12 and raw > 1 - 1e-12:
        confidence = 1 - float(normal_two_tails(z))
        low, high = (wilson(items, items, confidence=confidence).low - expected) / (1 - expected), 1.0
    return Agreement(
        value=value,
        low=math.nan if math.isnan(value) or math.isnan(error) else low,
        high=math.nan if math.isnan(value) or math.isnan(error) else high,
        standard_error=error,
        p_value=float(normal_two_tails(value / null_error)) if null_error > 0 else math.nan,
        raw=raw,
        expected=expected,
        items=items,
        is_enough=is_enough,
        reason=reason,
    )
