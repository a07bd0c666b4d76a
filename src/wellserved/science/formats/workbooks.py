"""Read the first sheet with cells of an .xlsx workbook as text."""

import datetime as dt
import io
from dataclasses import dataclass

from wellserved.science.formats.archives import rebuild_workbook
from wellserved.science.formats.errors import FormatError

__all__ = ["Sheet", "cell_text", "read_workbook"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that are not blank, each with its line in the sheet."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]


def read_workbook(data: bytes, *, limit: int) -> Sheet:
    """Read the first sheet that has cells; times become ISO texts, whole numbers lose their ``.0``.

    Raises:
        FormatError: the workbook is damaged, too large or locked.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only workbooks pay for it

    safe = rebuild_workbook(data, limit=limit)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(safe))
        names = list(workbook.sheet_names)
        for name in names:
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = tuple(
                (line, values)
                for line, row in enumerate(cells, 1)
                if any(values := tuple(cell_text(cell) for cell in row))
            )
            if rows:
                notes = (f"Read sheet {name!r}; the workbook has {len(names)} sheets.",) if len(names) > 1 else ()
                return Sheet(rows, notes)
    except (CalamineError, OSError, ValueError) as error:
        msg = "The workbook cannot be read: save it again as .xlsx without a password, or export it as CSV."
        raise FormatError(msg) from error
    return Sheet((), ())


def cell_text(cell: object) -> str:
    """Write a cell as an export in text would.

    >>> [cell_text(cell) for cell in (7.0, 7.25, True, dt.datetime(2016, 2, 29, 1, 16), "x", None)]
    ['7', '7.25', 'true', '2016-02-29 01:16:00', 'x', '']
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)
