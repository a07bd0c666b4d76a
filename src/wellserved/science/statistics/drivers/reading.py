"""Reads an outcome and its drivers into one table of complete answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wellserved.science.statistics.columns import Column, read_column, read_numbers
from wellserved.science.statistics.errors import StatisticsError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Drivers = Mapping[str, Column]

# A category with more levels is a free text or an identity, and would explain anything.
MOST_LEVELS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The complete answers: `outcome` (n,), standardised `columns` (n, c), and which columns belong to which driver.

    `sizes` has one number of columns a driver, 1 for a number and levels - 1 for a category; a constant column is all
    zeros. `left_out` counts the answers that lack the outcome or a driver.
    """

    names: tuple[str, ...]
    outcome: Floats
    columns: Floats
    sizes: tuple[int, ...]
    is_category: tuple[bool, ...]
    left_out: int


def read_table(outcome: Column, drivers: Drivers) -> Table:
    """Return the table of the answers that are complete.

    Numbers are one column each. Anything else, such as words, is a category: one column for each level but the first.
    NaN and None are missing.

    >>> table = read_table([1, 2, None, 4], {"wait": [3, 1, 2, 0], "channel": ["mail", "phone", "mail", "chat"]})
    >>> table.names, table.sizes, len(table.outcome), table.left_out
    (('wait', 'channel'), (1, 2), 3, 1)

    Raises:
        StatisticsError: There is no driver, the lengths differ, a number is endless, the outcome is no number, or a
            category has more than 30 levels.
    """
    if not drivers:
        raise StatisticsError("Name at least one driver.")
    result = read_numbers(outcome, "the outcome")
    kept = ~np.isnan(result)
    read: list[Floats | npt.NDArray[np.str_]] = []
    for name, values in drivers.items():
        column, known = read_column(values, name)
        if len(column) != len(result):
            raise StatisticsError(f"Give one value of {name} for each outcome, and NaN where it is not known.")
        read.append(column)
        kept = kept & known
    blocks = [_block(name, column[kept]) for name, column in zip(drivers, read, strict=True)]
    return Table(
        names=tuple(drivers),
        outcome=result[kept],
        columns=np.hstack(blocks),
        sizes=tuple(block.shape[1] for block in blocks),
        is_category=tuple(column.dtype.kind == "U" for column in read),
        left_out=int(len(result) - kept.sum()),
    )


def standardise(values: Floats) -> Floats:
    """Return each column with mean 0 and mean square 1, and a constant one as zeros.

    >>> standardise(np.array([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    if not len(values):
        return values
    constant = np.ptp(values, axis=0) == 0
    centred = values - values.mean(axis=0)
    spread = np.sqrt((centred**2).mean(axis=0))
    return np.where(constant, 0.0, centred / np.where(constant, 1.0, spread))


def _block(name: str, column: npt.NDArray[Any]) -> Floats:
    if column.dtype.kind != "U":
        return standardise(column[:, None])
    levels, codes = np.unique(column, return_inverse=True)
    if len(levels) > MOST_LEVELS:
        raise StatisticsError(
            f"{name} has {len(levels)} different values. A category has {MOST_LEVELS} at most: group them first."
        )
    # A lone level is a constant, and keeps its one column of zeros.
    columns = (codes[:, None] == np.arange(1, max(len(levels), 2))).astype(np.float64)
    return standardise(columns)
