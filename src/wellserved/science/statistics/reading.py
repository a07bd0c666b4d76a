"""What a row of values must be before anything is said of it."""

import math
from typing import Any

import numpy as np

from wellserved.science.statistics.errors import StatisticsError
from wellserved.science.statistics.proportions import Floats, Many

# Squares of larger values, summed over any number of them, would leave what a float can hold.
LARGEST = 1e100


def read_values(values: Many, *, noun: str = "values", fewest: int = 1) -> Floats:
    """Return one row of finite values as floats, or say what is wrong with them.

    >>> read_values([1, 2]).tolist()
    [1.0, 2.0]

    Raises:
        StatisticsError: The values are no single row of numbers, too few, not known (NaN), endless or beyond 1e100.
    """
    row = _as_row(values, noun)
    if not (np.abs(row) <= LARGEST).all():
        raise StatisticsError(f"The {noun} are finite numbers within 1e100; leave out what is not known.")
    if len(row) < fewest:
        raise StatisticsError(f"Give at least {fewest} of the {noun}; there are {len(row)}.")
    return row


def read_gaps(values: Many, *, noun: str = "values") -> Floats:
    """Return one row of values in which NaN stands for what is not known.

    >>> read_gaps([1, float("nan")]).tolist()
    [1.0, nan]

    Raises:
        StatisticsError: The values are no single row of numbers, or one is endless or beyond 1e100.
    """
    row = _as_row(values, noun)
    if not (np.isnan(row) | (np.abs(row) <= LARGEST)).all():
        raise StatisticsError(f"The {noun} are numbers within 1e100, or NaN for what is not known.")
    return row


def read_confidence(confidence: float) -> float:
    """Return a confidence between 0 and 1, or say that it is none.

    >>> read_confidence(0.95)
    0.95

    Raises:
        StatisticsError: It does not lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise StatisticsError(f"A confidence lies between 0 and 1, such as 0.95, not at {confidence}.")
    return float(confidence)


def read_positive(value: float, *, noun: str) -> float:
    """Return a finite number above 0, or say what it must be.

    >>> read_positive(2, noun="margin")
    2.0

    Raises:
        StatisticsError: It is no finite number above 0.
    """
    if not (math.isfinite(value) and value > 0):
        raise StatisticsError(f"The {noun} is a finite number above 0, not {value}.")
    return float(value)


def _as_row(values: Any, noun: str) -> Floats:
    try:
        row = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as refusal:
        raise StatisticsError(f"The {noun} are numbers, one after the other.") from refusal
    if row.ndim != 1:
        raise StatisticsError(f"Give the {noun} as one row; these have {row.ndim} dimensions.")
    return row
