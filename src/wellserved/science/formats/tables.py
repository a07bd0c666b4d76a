"""Turn the bytes of an export into columns and rows of text, however packed, encoded and separated."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from wellserved.science.formats.archives import unpack
from wellserved.science.formats.decoding import detect_encoding
from wellserved.science.formats.errors import FormatError
from wellserved.science.formats.moments import date_order
from wellserved.science.formats.workbooks import read_workbook

__all__ = ["DelimitedText", "NumberedRow", "Table", "read_table"]

LARGEST_FILE: Final = 512_000_000
LONGEST_FIELD: Final = 16_000_000
MOST_COLUMNS: Final = 2_000
LONGEST_HEADER: Final = 300
DELIMITERS: Final = (",", ";", "\t", "|")
PEEKED_ROWS: Final = 200
NO_ROWS: Final = "The file is empty: export the table with its column names and at least one row."
NO_DATA: Final = "The file has a first line and nothing below it: export the table with at least one row."
ABOVE_NAMES: Final = "delete the lines above the column names, or export the table without a title."
_SENTINEL: Final = "\x02end of table\x02"


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row with its place: `number` counts data rows from 1, `line` is the line of the file it ends on."""

    number: int
    line: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """Rows parsed afresh from the file's bytes at each walk, so that memory holds the file once."""

    data: bytes
    encoding: str
    delimiter: str
    quoted: bool = True

    def __iter__(self) -> Iterator[NumberedRow]:
        r"""Give every row that is not blank, the header being number 0.

        >>> [row.values for row in DelimitedText(b"id,time\n\n7,\"a\nb\"\n", "utf-8", ",")]
        [('id', 'time'), ('7', 'a\nb')]
        """
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
        stream = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        lines = csv.reader(
            _with_end(stream),
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
        )
        number = 0
        row: list[str] = []
        try:
            for row in lines:
                if row == [_SENTINEL]:
                    return
                if row and not _is_separator_line(row, number):
                    yield NumberedRow(number, lines.line_num, tuple(row))
                    number += 1
        except csv.Error as error:
            msg = f"Line {lines.line_num:,} cannot be split into cells ({error}): export the table again."
            raise FormatError(msg) from error
        raise _UnclosedQuoteError(max(number - 1, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows of text. `source` may be walked any number of times and begins with the header."""

    columns: tuple[str, ...]
    source: Iterable[NumberedRow]
    row_count: int
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> Iterator[tuple[str, ...]]:
        """The data rows as they are, those of a wrong width too."""
        return (row.values for row in self.numbered())

    def numbered(self) -> Iterator[NumberedRow]:
        """The data rows with their number and line."""
        return (row for row in self.source if row.number)

    @classmethod
    def of(cls, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> "Table":
        """Make a table of rows already in memory.

        >>> Table.of(["id"], [["7"], ["8"]]).row_count
        2
        """
        names = tuple(columns)
        numbered = [NumberedRow(0, 1, names)]
        numbered += [NumberedRow(number, number + 1, tuple(row)) for number, row in enumerate(rows, 1)]
        return cls(columns=names, source=numbered, row_count=len(numbered) - 1)


def read_table(data: bytes, *, filename: str = "", limit: int = LARGEST_FILE) -> Table:
    r"""Read a table out of CSV, TSV or the like, or a workbook's first sheet with cells, plain or packed.

    Rows whose width is not the header's are kept: `plan` rejects them by number, so that none is lost.

    >>> read_table(b"id;opened\n1;2016-02-29\n").columns
    ('id', 'opened')

    Raises:
        FormatError: the bytes hold no such table, or unpack to more than `limit` bytes.
    """
    named = f"{filename}: " if filename else ""
    try:
        content, workbook = unpack(data, limit=limit)
        return _table_of_workbook(content, limit=limit) if workbook else _table_of_text(content)
    except FormatError as error:
        raise FormatError(f"{named}{error}") from error


class _UnclosedQuoteError(FormatError):
    """A quotation mark was opened and the file ended inside it."""

    def __init__(self, row: int) -> None:
        where = f"data row {row:,}" if row else "the header"
        super().__init__(
            f"A quotation mark opened in {where} is never closed, so the rest of the file would be one cell: "
            "close it, or export the table again."
        )


def _with_end(stream: Iterable[str]) -> Iterator[str]:
    """Add a last line: if it does not come out as a row of its own, a quotation mark was left open."""
    last = "\n"
    for line in stream:
        last = line
        yield line if line.endswith(("\n", "\r")) else line + "\n"
    if not last.endswith(("\n", "\r")):
        last = "\n"
    yield _SENTINEL


def _is_separator_line(row: list[str], number: int) -> bool:
    """Excel writes ``sep=;`` over the header of some exports."""
    return number == 0 and row[0].lower().startswith("sep=") and "".join(row[1:]) == "" and len(row[0]) <= 5


def _table_of_text(content: bytes) -> Table:
    if not content.strip():
        raise FormatError(NO_ROWS)
    encoding, notes = detect_encoding(content)
    text = DelimitedText(content, encoding, _detect_delimiter(content, encoding))
    try:
        return _check(text, encoding=encoding, delimiter=text.delimiter, notes=notes)
    except _UnclosedQuoteError:
        unquoted = DelimitedText(content, encoding, text.delimiter, quoted=False)
        widths = Counter(len(row.values) for row in unquoted)
        if len(widths) != 1 or 1 in widths:
            raise
        notes = (*notes, "Quotation marks are part of the text: they are not used to enclose cells.")
        return _check(unquoted, encoding=encoding, delimiter=text.delimiter, notes=notes)


def _table_of_workbook(content: bytes, *, limit: int) -> Table:
    sheet = read_workbook(content, limit=limit)
    rows = [NumberedRow(number, line, values) for number, (line, values) in enumerate(sheet.rows)]
    if not rows:
        msg = "The workbook is empty: put the column names in the first row of its first sheet."
        raise FormatError(msg)
    return _check(rows, encoding="xlsx", delimiter="", notes=sheet.notes)


def _check(source: Iterable[NumberedRow], *, encoding: str, delimiter: str, notes: tuple[str, ...]) -> Table:
    """Walk all rows once: count them, and learn of damage before anything is promised about the table."""
    header: tuple[str, ...] = ()
    count = wrong = first_wrong = 0
    for row in source:
        if not row.number:
            header = row.values
            _check_header(header)
            continue
        count += 1
        if len(row.values) != len(header) and not is_padded(row.values, len(header)):
            wrong += 1
            first_wrong = first_wrong or row.line
    if not header:
        raise FormatError(NO_ROWS)
    if not count:
        raise FormatError(NO_DATA)
    if wrong == count and len(header) == 1:
        msg = f"The first line holds one cell ({_shorten(header[0])}) and the rows below it more: {ABOVE_NAMES}"
        raise FormatError(msg)
    columns, header_notes = _name_columns(header)
    if wrong:
        first = f"(the first ends on line {first_wrong:,})"
        notes = (*notes, f"{wrong:,} rows do not have {len(columns):,} cells like the header {first}.")
    return Table(
        columns=columns,
        source=source,
        row_count=count,
        encoding=encoding,
        delimiter=delimiter,
        notes=(*notes, *header_notes),
    )


def _shorten(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def is_padded(values: tuple[str, ...], width: int) -> bool:
    """A row with nothing but blank cells after the last column has lost nothing."""
    return len(values) > width and not any(value.strip() for value in values[width:])


def _check_header(header: tuple[str, ...]) -> None:
    if len(header) > MOST_COLUMNS:
        msg = f"The table has {len(header):,} columns, more than {MOST_COLUMNS:,}: export fewer of them."
        raise FormatError(msg)
    named = [cell for cell in header if cell.strip()]
    if len(named) == 1 and len(header) > 1:
        msg = f"The first line names one column of {len(header):,} ({_shorten(named[0])}): {ABOVE_NAMES}"
        raise FormatError(msg)
    longest = max(header, key=len)
    if len(longest) > LONGEST_HEADER:
        msg = (
            f"The first line holds a cell of {len(longest):,} characters, which is no column name: "
            "add a first line that names each column."
        )
        raise FormatError(msg)
    data = next((cell for cell in header if date_order(cell.strip())), None)
    if data is not None:
        msg = f"The first line holds data ({data!r}), not names: add a first line that names each column."
        raise FormatError(msg)
    if not any(character.isalpha() for cell in header for character in cell):
        msg = "The first line holds no words: add a first line that names each column."
        raise FormatError(msg)


def _name_columns(header: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    notes: list[str] = []
    taken = {cell.strip() for cell in header}
    seen: Counter[str] = Counter()
    for place, cell in enumerate(header, 1):
        name = cell.strip() or f"column {place}"
        seen[name] += 1
        if not cell.strip():
            notes.append(f"Column {place} has no name; it is called {name!r} here.")
        if seen[name] > 1:
            number = seen[name]
            while f"{name} ({number})" in taken:
                number += 1
            notes.append(f"Column {place} is another {name!r}; it is called '{name} ({number})' here.")
            name = f"{name} ({number})"
        taken.add(name)
        names.append(name)
    return tuple(names), tuple(notes)


def _detect_delimiter(content: bytes, encoding: str) -> str:
    """Choose the delimiter that cuts the most rows into as many cells as the header has."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = _peek_widths(content, encoding, delimiter)
        if not widths or widths[0] < 2:
            continue
        agreeing = sum(1 for width in widths if width == widths[0]) / len(widths)
        score = agreeing * math.log1p(widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _peek_widths(content: bytes, encoding: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        for row in DelimitedText(content, encoding, delimiter):
            widths.append(len(row.values))
            if len(widths) >= PEEKED_ROWS:
                break
    except FormatError:
        pass
    return widths
