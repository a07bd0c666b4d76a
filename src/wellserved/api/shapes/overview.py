"""Today, and history."""

import datetime as dt

from pydantic import Field

from wellserved.api.shapes.wire import Given, Id, Limit, Told


class Week(Told):
    """One week of one promise."""

    starts_on: dt.date
    kept: int
    total: int


class PromiseMetric(Told):
    """One kind of promise over the last 30 days; `low` and `high` are the 95 % interval of the share."""

    metric: str
    label: str
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None
    target: float | None
    weeks: list[Week]


class PromiseSummary(Told):
    """Whether promises are kept, and what is open now; open counts stop at 1,001."""

    metrics: list[PromiseMetric]
    kept: int
    total: int
    share: float | None
    overdue: int
    due_within_hour: int
    unassigned: int
    open: int
    at: dt.datetime


class Attention(Told):
    """Something that wants somebody now; severity 1 is most pressing."""

    kind: str
    sentence: str
    evidence: str
    count: int
    url: str
    severity: int


class Today(Told):
    """The day in figures, and what needs somebody."""

    promises: PromiseSummary
    attention: list[Attention]


class HistoryQuery(Given):
    """How history is narrowed."""

    subject_kind: str = Field("", max_length=60, description="Such as desk.ticket.")
    subject_id: Id | None = None
    actor_id: Id | None = None
    action: str = Field("", max_length=80, description="Such as desk.reply.")
    after: Id | None = Field(None, description="`meta.after_cursor` of the page before.")
    limit: Limit = 50


class Change(Told):
    """One field before and after; an erased side is null."""

    field: str
    label: str
    before: str | None
    after: str | None
    erased: bool


class HistoryItem(Told):
    """One act."""

    id: int
    sequence: int | None
    at: dt.datetime
    recorded_at: dt.datetime
    actor: str
    actor_id: int | None
    action: str
    sentence: str
    subject_kind: str
    subject_id: int
    origin: str
    changes: list[Change]
    reason: str
    erased: bool


class LedgerStatus(Told):
    """How the ledger stands; keep the anchor outside this installation."""

    sequence: int
    digest: str
    anchor: str
    unsealed: int


class Verification(Told):
    """What a walk over the whole chain found."""

    ok: bool
    checked: int
    sealed: int
    unsealed: int
    values: int
    erased: int
    head: str
    faults: list[str]
