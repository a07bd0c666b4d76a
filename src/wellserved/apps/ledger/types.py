"""What the ledger hands over its border."""

import dataclasses
import datetime as dt
import decimal

Subject = tuple[str, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field before and after; an erased side reads as None and `erased` is true."""

    field: str
    label: str
    before: str | None
    after: str | None
    erased: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoryItem:
    """One act, as a person reads it; with `only_day`, its instants are the beginning of its day."""

    id: int
    sequence: int | None
    at: dt.datetime
    recorded_at: dt.datetime
    actor: str
    actor_id: int | None
    action: str
    sentence: str
    subject_kind: str
    subject_label: str
    subject_id: int
    origin: str
    changes: tuple[Change, ...]
    reason: str
    erased: bool
    only_day: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A page of history and where the next one starts."""

    rows: tuple[HistoryItem, ...]
    titles: dict[Subject, tuple[str, str]]
    next_before: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a verification found: `faults` are sentences, empty when every bit is as it was written."""

    checked: int
    sealed: int
    unsealed: int
    values: int
    erased: int
    head: str
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Return whether nothing was found."""
        return not self.faults


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """What one round of deliveries did; `failures` names each subscriber that stumbled, and why."""

    delivered: int
    failures: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """How one subscriber stands."""

    name: str
    sequence: int
    behind: int
    attempts: int
    failed_at: dt.datetime | None
    failure: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the ledger stands: the head to keep elsewhere as an anchor, what waits, who lags."""

    sequence: int
    digest: str
    unsealed: int
    subscribers: tuple[Subscriber, ...]

    @property
    def anchor(self) -> str:
        """Return the head as the text `verify` takes back: keep it outside this database."""
        return f"{self.sequence}:{self.digest}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A sealed entry as live screens hear of it."""

    sequence: int
    event: str
    action: str
    subject_kind: str
    subject_id: int
    origin: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VoteRow:
    """One answer to an approval."""

    voter: str
    answer: str
    answer_label: str
    reason: str
    amount: decimal.Decimal | None
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """An amount that was agreed to for a record, and who agreed."""

    subject: Subject
    amount: decimal.Decimal
    currency: str
    by: frozenset[int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """An approval as a list and its page show it."""

    id: int
    subject_kind: str
    subject_id: int
    purpose: str
    summary: str
    detail: tuple[tuple[str, str, str], ...]
    amount: decimal.Decimal | None
    currency: str
    needed: int
    round: int
    given: int
    state: str
    state_label: str
    requested_by: str
    requested_at: dt.datetime
    expires_at: dt.datetime
    votes: tuple[VoteRow, ...]
    may_decide: bool
    may_withdraw: bool
    may_accept: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """A comment as a page shows it."""

    id: int
    subject_kind: str
    subject_id: int
    author: str
    body: str
    at: dt.datetime
    mentions: tuple[str, ...]
    erased: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file as a page lists it."""

    id: int
    name: str
    size: int
    content_type: str
    uploaded_by: str
    at: dt.datetime
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file ready to be sent: where it lies and how it may be named."""

    location: str
    name: str
    content_type: str
    size: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StandpointRow:
    """One view; `about` and `source` are (title, address) of records the reader may see."""

    id: int
    about: tuple[str, str] | None
    side: str
    stance: str
    stance_label: str
    words: str
    source: tuple[str, str] | None
    noted_by: str
    noted_at: dt.datetime
    answer: str
    answered_by: str
    answered_at: dt.datetime | None
    is_own: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standpoints:
    """The views on a record; `may_answer` says whether the reader may say what becomes of them."""

    rows: tuple[StandpointRow, ...]
    may_answer: bool

    @property
    def sentence(self) -> str:
        """Return how many speak for it and against it, and how many wait for a word."""
        if not self.rows:
            return "Nobody's view has been gathered yet: ask those it will touch before it is decided."
        counts = [sum(row.stance == stance for row in self.rows) for stance in ("for", "concern", "against")]
        waiting = sum(row.answered_at is None for row in self.rows)
        said = f"{counts[0]} for it, {counts[1]} with a concern, {counts[2]} against it."
        return f"{said} {waiting} {'waits' if waiting == 1 else 'wait'} for an answer." if waiting else said
