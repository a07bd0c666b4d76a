"""Turn a table into cases under a mapping, one case at a time, losing no row.

The table is walked twice: once to count the rows of each case, then to build every case as soon as its last
row has passed. Of a log kept case by case, therefore, never more than one case is in memory.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from wellserved.science.formats.cases import CaseRow, build_case
from wellserved.science.formats.layout import Layout
from wellserved.science.formats.mapping import Mapping
from wellserved.science.formats.records import CaseRecord, RejectedRow
from wellserved.science.formats.tables import NumberedRow, Table, is_padded

__all__ = ["plan"]

LONGEST_CASE_ID: Final = 200


@dataclass(slots=True)
class _Gathering:
    """The rows of a case seen so far: how many passed, and those that were taken."""

    passed: int = 0
    taken: list[CaseRow] = field(default_factory=list)


def plan(table: Table, mapping: Mapping) -> Iterator[CaseRecord | RejectedRow]:
    """Give every case and every refused row of the table. Each row is in exactly one of them.

    >>> table = Table.of(["Id", "Created at"], [["7", "2016-02-29 10:00"], ["8", "yesterday"]])
    >>> mapping = Mapping(shape="tickets", columns={"case": "Id", "opened": "Created at"})
    >>> [type(item).__name__ for item in plan(table, mapping)]
    ['CaseRecord', 'RejectedRow']

    Raises:
        MappingError: at once, when the mapping does not fit the table's columns.
    """
    mapping.check(table.columns)
    return _plan(table, Layout(mapping, table.columns))


def _plan(table: Table, layout: Layout) -> Iterator[CaseRecord | RejectedRow]:
    identify = _identifier(layout)
    sizes = Counter(identify(row.values) for row in table.numbered())
    gathered: dict[str, _Gathering] = {}
    for row in table.numbered():
        case = identify(row.values)
        taken = _take(row, case, layout)
        if isinstance(taken, RejectedRow):
            yield taken
        if not case:
            continue
        gathering = gathered.setdefault(case, _Gathering())
        gathering.passed += 1
        if isinstance(taken, CaseRow):
            gathering.taken.append(taken)
        if gathering.passed == sizes[case]:
            del gathered[case]
            if gathering.taken:
                yield build_case(case, gathering.taken, layout)


def _identifier(layout: Layout) -> Callable[[tuple[str, ...]], str]:
    """A row that is too short or long may hold anything anywhere: it names no case."""
    place, width, missing = layout.places["case"], layout.width, layout.missing

    def identify(values: tuple[str, ...]) -> str:
        if len(values) != width and not is_padded(values, width):
            return ""
        case = values[place].strip()
        return "" if case in missing or len(case) > LONGEST_CASE_ID else case

    return identify


def _take(row: NumberedRow, case: str, layout: Layout) -> CaseRow | RejectedRow:
    values = row.values
    if not case:
        return _reject(row, _why_no_case(values, layout))
    text = values[layout.when].strip()
    role = layout.when_role
    if text in layout.missing:
        return _reject(row, f"The row has no {role}: column {layout.columns[layout.when]!r} is empty.")
    if layout.when_at is not None and (clock := values[layout.when_at].strip()) not in layout.missing:
        text = f"{text} {clock}"
    reading = layout.reader.read(text)
    if reading.at is None:
        rule = layout.mapping.time_format_of(role)
        return _reject(row, f"{_shorten(text)} in column {layout.columns[layout.when]!r} is no time under {rule!r}.")
    return CaseRow(number=row.number, at=reading.at, flag=reading.flag, values=layout.clean(values))


def _why_no_case(values: tuple[str, ...], layout: Layout) -> str:
    if len(values) != layout.width and not is_padded(values, layout.width):
        return f"The row has {len(values):,} cells; the header has {layout.width:,}."
    column = layout.columns[layout.places["case"]]
    if len(values[layout.places["case"]].strip()) > LONGEST_CASE_ID:
        return f"The case identifier in column {column!r} is longer than {LONGEST_CASE_ID} characters."
    return f"The row names no case: column {column!r} is empty."


def _reject(row: NumberedRow, reason: str) -> RejectedRow:
    return RejectedRow(row=row.number, line=row.line, reason=reason, values=row.values)


def _shorten(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
