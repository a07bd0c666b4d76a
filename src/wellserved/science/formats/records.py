"""What a table becomes under a mapping: cases with their events, refused rows, and the sum of both."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field

from wellserved.science.formats.tables import Table

__all__ = ["CaseEvent", "CaseRecord", "Reconciliation", "RejectedRow", "Tally", "summarise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One thing that happened to a case.

    `status` is the category the case stands in from here on (None while nothing has said one); `status_text`
    is the source's own word. `attributes` holds the other columns: all at the case's first event, afterwards
    only those that changed, an empty text meaning that the value went away.
    """

    at: dt.datetime
    kind: str
    activity: str = ""
    status: str | None = None
    status_text: str = ""
    agent: str = ""
    team: str = ""
    row: int
    attributes: AbstractMapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One case, told from its rows. Texts are empty and times None where the source says nothing."""

    external_id: str
    opened_at: dt.datetime
    events: tuple[CaseEvent, ...]
    rows: tuple[int, ...]
    status: str | None = None
    status_text: str = ""
    subject: str = ""
    body: str = ""
    kind: str = ""
    category: str = ""
    priority: str = ""
    impact: str = ""
    urgency: str = ""
    agent: str = ""
    team: str = ""
    customer: str = ""
    organisation: str = ""
    product: str = ""
    place: str = ""
    channel: str = ""
    tags: tuple[str, ...] = ()
    attributes: AbstractMapping[str, str] = field(default_factory=dict)
    first_reply_at: dt.datetime | None = None
    resolved_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    duplicate_rows: int = 0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that was not taken: its number among the data rows, the line it ends on, and why."""

    row: int
    line: int
    reason: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The account of an import; `balances` says that every row read was accepted or rejected."""

    rows_read: int
    rows_accepted: int
    rows_rejected: int
    cases: int
    events: int
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    by_status: AbstractMapping[str, int]
    flags: AbstractMapping[str, int]
    rejections: AbstractMapping[str, int]
    duplicate_rows: int
    notes: tuple[str, ...]

    @property
    def balances(self) -> bool:
        """Every row that was read is accounted for."""
        return self.rows_read == self.rows_accepted + self.rows_rejected


class Tally:
    """Adds up cases and refused rows as they pass by, so that nothing has to be kept for the account."""

    def __init__(self) -> None:
        self._accepted = self._rejected = self._cases = self._events = self._duplicates = 0
        self._first: dt.datetime | None = None
        self._last: dt.datetime | None = None
        self._by_status: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._rejections: Counter[str] = Counter()

    def add(self, item: CaseRecord | RejectedRow) -> None:
        """Count one case or refused row."""
        if isinstance(item, RejectedRow):
            self._rejected += 1
            self._rejections[item.reason if len(self._rejections) < 1_000 else "other reasons"] += 1
            return
        self._cases += 1
        self._accepted += len(item.rows)
        self._events += len(item.events)
        self._duplicates += item.duplicate_rows
        self._by_status[item.status or "unknown"] += 1
        self._flags.update(item.flags)
        first, last = item.events[0].at, item.events[-1].at
        self._first = first if self._first is None else min(self._first, first)
        self._last = last if self._last is None else max(self._last, last)

    def reconcile(self, table: Table | None = None) -> Reconciliation:
        """Give the account; with the table, `rows_read` is its own count of rows."""
        notes = []
        if self._duplicates:
            notes.append(f"{self._duplicates:,} rows repeat another row of their case exactly; they are kept.")
        return Reconciliation(
            rows_read=self._accepted + self._rejected if table is None else table.row_count,
            rows_accepted=self._accepted,
            rows_rejected=self._rejected,
            cases=self._cases,
            events=self._events,
            first_at=self._first,
            last_at=self._last,
            by_status=dict(sorted(self._by_status.items())),
            flags=dict(sorted(self._flags.items())),
            rejections=dict(self._rejections.most_common()),
            duplicate_rows=self._duplicates,
            notes=tuple(notes),
        )


def summarise(planned: Iterable[CaseRecord | RejectedRow], table: Table | None = None) -> Reconciliation:
    """Walk a whole plan and account for it."""
    tally = Tally()
    for item in planned:
        tally.add(item)
    return tally.reconcile(table)
