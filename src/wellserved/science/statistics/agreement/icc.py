"""Intraclass correlations: how far raters agree on scores."""

import math
from dataclasses import dataclass

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import CONFIDENCE, Floats, Many
from wellserved.science.statistics.quantiles import f_quantile, f_tail, read_confidence

# Mean squares below this share of the whole are rounding.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Icc:
    """One of the six coefficients with its F test against 0 and its interval.

    The bounds are NaN where raters never differ, as the spread between them is then not known.
    """

    name: str
    value: float
    f: float
    freedom: tuple[int, int]
    p_value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IntraclassCorrelations:
    """All six, by name: ICC(1,1), ICC(2,1) and ICC(3,1) of a single score, ICC(1,k) ... of the mean of k raters.

    1: each item has raters of its own. 2: the same raters score all, and stand for others. 3: only these raters count,
    and that one is milder throughout does not. `left_out` counts items without all scores.
    """

    coefficients: dict[str, Icc]
    items: int
    raters: int
    left_out: int
    is_enough: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Squares:
    """Mean squares between items, within items, between raters, and of what is left."""

    items: int
    raters: int
    between: float
    within: float
    judges: float
    error: float


def icc(scores: Many, *, confidence: float = CONFIDENCE) -> IntraclassCorrelations:
    """Return the six intraclass correlations of scores, one row an item and one column a rater.

    >>> found = icc([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> [(name, round(one.value, 2)) for name, one in found.coefficients.items()][:3]
    [('ICC(1,1)', 0.17), ('ICC(2,1)', 0.29), ('ICC(3,1)', 0.71)]

    Raises:
        StatisticsError: There are fewer than two raters or two items with all scores, or a score is endless.

    Source:
        Shrout, P. E. and Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
        Psychological Bulletin 86, 420-428.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise StatisticsError("Give one row an item and one column a rater, of two raters or more.")
    if np.isinf(table).any():
        raise StatisticsError("Scores are finite; give NaN where there is none.")
    complete = table[~np.isnan(table).any(axis=1)]
    if len(complete) < 2:
        raise StatisticsError("It takes two items that every rater scored; else use Krippendorff's alpha.")
    tail = (1 + read_confidence(confidence)) / 2
    squares = _squares(complete)
    if squares.between == squares.within == 0:
        reason = "All scores are the same, so agreement cannot be told from having no choice."
        singles = [Icc(name=f"ICC({form},1)", value=math.nan, f=math.nan, freedom=_freedom(squares, form),
                       p_value=math.nan, low=math.nan, high=math.nan) for form in (1, 2, 3)]  # fmt: skip
    else:
        reason = "" if squares.error > 0 and squares.within > 0 else "The raters never differ but by a constant."
        singles = [_first(squares, tail), _second(squares, tail), _third(squares, tail)]
    found = [*singles, *(_average(one, squares) for one in singles)]
    return IntraclassCorrelations(
        coefficients={one.name: one for one in found},
        items=len(complete),
        raters=table.shape[1],
        left_out=len(table) - len(complete),
        is_enough=not reason,
        reason=reason,
    )


def _squares(table: Floats) -> _Squares:
    items, raters = table.shape
    centred = table - table.mean()
    whole = float((centred**2).sum())
    between = raters * float((centred.mean(axis=1) ** 2).sum())
    judges = items * float((centred.mean(axis=0) ** 2).sum())
    within, error = whole - between, whole - between - judges
    parts = [between, within, judges, error]
    between, within, judges, error = (part if part > NOTHING * whole else 0.0 for part in parts)
    return _Squares(
        items=items,
        raters=raters,
        between=between / (items - 1),
        within=within / (items * (raters - 1)),
        judges=judges / (raters - 1),
        error=error / ((items - 1) * (raters - 1)),
    )


def _freedom(squares: _Squares, form: int) -> tuple[int, int]:
    n, k = squares.items, squares.raters
    return n - 1, n * (k - 1) if form == 1 else (n - 1) * (k - 1)


def _first(squares: _Squares, tail: float) -> Icc:
    return _simple(squares, tail, form=1, noise=squares.within)


def _third(squares: _Squares, tail: float) -> Icc:
    return _simple(squares, tail, form=3, noise=squares.error)


def _simple(squares: _Squares, tail: float, *, form: int, noise: float) -> Icc:
    k = squares.raters
    first, second = _freedom(squares, form)
    f = squares.between / noise if noise else math.inf
    low = high = math.nan
    if noise:
        f_low, f_high = f / f_quantile(tail, first, second), f * f_quantile(tail, second, first)
        low, high = (f_low - 1) / (f_low + k - 1), (f_high - 1) / (f_high + k - 1)
    whole = squares.between + (k - 1) * noise
    return Icc(
        name=f"ICC({form},1)",
        value=(squares.between - noise) / whole if whole else math.nan,
        f=f if whole else math.nan,
        freedom=(first, second),
        p_value=f_tail(f, first, second) if noise else 0.0 if whole else math.nan,
        low=low,
        high=high,
    )


def _second(squares: _Squares, tail: float) -> Icc:
    n, k = squares.items, squares.raters
    between, judges, error = squares.between, squares.judges, squares.error
    third = _third(squares, tail)
    value = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    low = high = math.nan
    if error:
        ratio = judges / error
        rest = n * (1 + (k - 1) * value) - k * value
        freedom = (k - 1) * (n - 1) * (k * value * ratio + rest) ** 2
        freedom /= (n - 1) * k**2 * value**2 * ratio**2 + rest**2
        above, below = f_quantile(tail, n - 1, freedom), f_quantile(tail, freedom, n - 1)
        shared = k * judges + (k * n - k - n) * error
        low = n * (between - above * error) / (above * shared + n * between)
        high = n * (below * between - error) / (shared + n * below * between)
    return Icc(
        name="ICC(2,1)",
        value=value,
        f=third.f,
        freedom=third.freedom,
        p_value=third.p_value,
        low=low,
        high=high,
    )


def _average(single: Icc, squares: _Squares) -> Icc:
    """Return the coefficient of the mean of all raters, by Spearman and Brown from that of one."""
    k = squares.raters

    def step_up(value: float) -> float:
        left = 1 + (k - 1) * value
        return k * value / left if left > NOTHING else -math.inf

    return Icc(
        name=single.name.replace(",1)", ",k)"),
        value=step_up(single.value) if not math.isnan(single.value) else math.nan,
        f=single.f,
        freedom=single.freedom,
        p_value=single.p_value,
        low=step_up(single.low) if not math.isnan(single.low) else math.nan,
        high=step_up(single.high) if not math.isnan(single.high) else math.nan,
    )
