"""Lists and figures as they leave the desk: the inbox, Today, previews."""

import dataclasses
import datetime as dt

from wellserved.apps.desk.types.records import Choice, CustomerRow, TicketRow


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilters:
    """What an inbox is narrowed to; an empty field narrows nothing. `view` is a key of VIEWS."""

    view: str = "all_open"
    status: str = ""
    queue: int | None = None
    assignee: int | None = None
    priority: int | None = None
    kind: str = ""
    tag: int | None = None
    product: int | None = None
    place: int | None = None
    customer: int | None = None
    q: str = ""
    sort: str = ""


VIEWS: dict[str, str] = {
    "my_open": "My open",
    "helping": "Helping with",
    "unassigned": "Unassigned",
    "due_soon": "Due within the hour",
    "at_risk": "At risk",
    "overdue": "Overdue",
    "waiting_customer": "Waiting for customer",
    "complaints": "Complaints",
    "all_open": "All open",
    "resolved": "Resolved and closed",
}


SORTS: dict[str, str] = {"due": "Most pressing first", "newest": "Newest first", "oldest": "Oldest first"}


# A count beyond this reads "1,000+": counting further would cost more than it tells.
COUNT_CAP = 1000


# One press changes at most this many tickets: each is changed, checked and recorded by itself.
BULK_MOST = 200


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A ticket a filter names, as much of it as a change of many needs."""

    id: int
    version: int
    number: int
    subject: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list; `total_hint` is exact below COUNT_CAP and COUNT_CAP + 1 beyond."""

    rows: tuple[TicketRow, ...]
    next_cursor: str | None
    total_hint: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """One page of customers."""

    rows: tuple[CustomerRow, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WeekPoint:
    """One week of one promise."""

    starts_on: dt.date
    kept: int
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMetric:
    """One kind of promise over the last 30 days, with 26 weeks behind it.

    A promise is decided when it is kept, or when its due time passes. `share`, `low` and `high` (Wilson, 95 %) are
    None when nothing was decided; `target` is the share aimed at, None when no policy states one.
    """

    metric: str
    label: str
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None
    target: float | None
    weeks: tuple[WeekPoint, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSummary:
    """Whether promises are kept, what is open now, and how many policies promise; open counts stop at COUNT_CAP + 1."""

    metrics: tuple[PromiseMetric, ...]
    kept: int
    total: int
    share: float | None
    overdue: int
    due_within_hour: int
    unassigned: int
    open: int
    policies: int
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AttentionItem:
    """Something that wants somebody now; severity is 1 (act now) to 3 (when there is time)."""

    kind: str
    sentence: str
    evidence: str
    count: int
    url: str
    button: str
    severity: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A saved filter; `shared_with` names the team that sees it, or everyone, and is empty for one's own."""

    id: int
    name: str
    query: str
    is_mine: bool
    is_shared: bool
    shared_with: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the lists of an inbox or a form offer this actor; `teams` are those that answer the queues."""

    queues: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    assignees: tuple[Choice, ...]
    products: tuple[Choice, ...]
    places: tuple[Choice, ...]
    tags: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What an action on a ticket leaves behind: the version to send with the next one, and the message written."""

    ticket_id: int
    number: int
    version: int
    status: str
    message_id: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MetricPreview:
    """How one target would have fared."""

    metric: str
    priority: int | None
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPreview:
    """How targets not yet in force would have fared on tickets resolved in the last 90 days."""

    metrics: tuple[MetricPreview, ...]
    sampled: int
    matching: int
    since: dt.datetime
