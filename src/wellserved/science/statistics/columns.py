"""Reads a row of values as numbers or as words, and which of them are known."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.errors import StatisticsError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Column = npt.NDArray[Any] | Sequence[Any]


def read_numbers(values: Column, name: str) -> Floats:
    """Return a column of numbers with NaN where one is missing.

    >>> read_numbers([1, None], "the wait").tolist()
    [1.0, nan]

    Raises:
        StatisticsError: It is no row of numbers, or one is endless.
    """
    column, _ = read_column(values, name)
    if column.dtype.kind == "U":
        raise StatisticsError(f"Give {name} as numbers.")
    return np.asarray(column, dtype=np.float64)


def read_column(values: Column, name: str) -> tuple[Floats | npt.NDArray[np.str_], Bools]:
    """Return numbers as floats and anything else as words, and which of them are known.

    >>> read_column(["mail", None], "channel")[1].tolist()
    [True, False]

    Raises:
        StatisticsError: It is not one row of values, or a number is endless.
    """
    given = values if isinstance(values, np.ndarray) else np.array(list(values), dtype=object)
    if given.ndim != 1:
        raise StatisticsError(f"Give {name} as one row of values.")
    if given.dtype.kind in "biuf":
        numbers = given.astype(np.float64)
    elif given.dtype.kind == "O" and not any(isinstance(value, str) for value in given):
        numbers = np.array([np.nan if _is_missing(value) else value for value in given], dtype=np.float64)
    else:
        missing = given.dtype.kind == "O" and np.array([_is_missing(value) for value in given], dtype=bool)
        return given.astype(np.str_), np.broadcast_to(~np.asarray(missing), given.shape)
    if np.isinf(numbers).any():
        raise StatisticsError(f"The values of {name} are finite; leave out what is not known.")
    return numbers, ~np.isnan(numbers)


def _is_missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 - only NaN differs from itself
