"""The words of a replay: events in, clocks and waits out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from wellserved.science.calendars.errors import ReplayError
from wellserved.science.calendars.instants import Seconds


class Metric(StrEnum):
    """What a clock measures."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    KEEP_INFORMED = "keep_informed"
    RESOLUTION = "resolution"
    OLA = "ola"
    SUPPLIER = "supplier"


class Waiting(StrEnum):
    """The category of a ticket's status: on whom it waits, or that it is over."""

    NEW = "new"
    OPEN = "open"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_SUPPLIER = "waiting_supplier"
    WAITING_OTHER = "waiting_other"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def over(self) -> bool:
        return self in {Waiting.RESOLVED, Waiting.CLOSED}


class EventKind(StrEnum):
    """What happened to a ticket, as far as clocks care."""

    OPENED = "opened"
    CUSTOMER_MESSAGE = "customer_message"
    AGENT_REPLY = "agent_reply"
    AUTOMATIC_MESSAGE = "automatic_message"
    NOTE = "note"
    STATUS_CHANGED = "status_changed"
    POLICY_APPLIED = "policy_applied"
    ASSIGNED_OUT = "assigned_out"
    RETURNED = "returned"
    REOPENED = "reopened"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent:
    """One thing that happened.

    `order` breaks ties between events of one instant. `status` is the status category from this event on and
    `reason` the reason given with it; `policy` is the key of the policy in force from this event on.
    """

    at: datetime
    kind: EventKind
    order: int
    status: Waiting | None = None
    reason: str = ""
    policy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How long one metric may take, on which calendar, and what pauses it.

    `seconds` is working time on `calendar` (a key). The clock pauses while the status is in `pause_on`; when
    `pause_reasons` is not empty, only while the reason is one of them too. `warn_before` are working seconds
    before the due time. `reopen` says whether a reopened ticket carries on with the time already used or
    starts afresh.
    """

    metric: Metric
    seconds: int
    calendar: str
    pause_on: frozenset[Waiting] = frozenset()
    pause_reasons: frozenset[str] = frozenset()
    warn_before: tuple[int, ...] = ()
    reopen: Literal["resume", "restart"] = "resume"

    def __post_init__(self) -> None:
        if self.seconds < 0 or any(warning < 0 for warning in self.warn_before):
            raise ReplayError("A target and its warnings cannot be negative; give zero or more seconds.")

    def pauses(self, status: Waiting, reason: str) -> bool:
        """Say whether this target's clock stands still in a status with a reason."""
        return status in self.pause_on and (not self.pause_reasons or reason in self.pause_reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A set of targets, at most one for each metric."""

    key: str
    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        if len({target.metric for target in self.targets}) != len(self.targets):
            raise ReplayError(f"The policy {self.key!r} has two targets for one metric; keep one.")

    def target(self, metric: Metric) -> Target | None:
        return next((target for target in self.targets if target.metric == metric), None)


ClockStatus = Literal["running", "paused", "met", "breached", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """One cycle of one clock, as it stands at the end of a replay.

    `policy`, `calendar` and `target_seconds` are the last in force for this cycle. `due_at` is None while
    nothing is scheduled, as during a pause. `breached_at` is the due instant that passed, whoever looked and
    whenever; a breach stands even if a later policy would have allowed more. `elapsed_seconds` is working
    time used, `remaining_seconds` what is left of the target (negative when overrun). `pauses` are (start,
    end or None, reason). `warnings_at` has one instant for each warning that is past or scheduled, widest
    warning first.
    """

    metric: Metric
    cycle: int
    policy: str
    calendar: str
    target_seconds: int
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    state: ClockStatus
    breached_at: datetime | None
    elapsed_seconds: Seconds
    remaining_seconds: Seconds
    pauses: tuple[tuple[datetime, datetime | None, str], ...]
    warnings_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Seconds by the wall clock that the ticket waited for each side, while it was not over."""

    us: Seconds = 0
    customer: Seconds = 0
    supplier: Seconds = 0
    other: Seconds = 0

    @property
    def total(self) -> Seconds:
        return self.us + self.customer + self.supplier + self.other

    @property
    def requester(self) -> Seconds:
        """What the requester waited for: everything but their own answers."""
        return self.us + self.supplier + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The clocks of a ticket and where its time went.

    `clocks` are sorted by metric and cycle. `status_seconds` splits the time from opening to the end of the
    replay over the status categories, without rest. The other figures are seconds by the wall clock, None or
    empty while the thing has not happened: opening to the first public reply by a person, each wait for a
    next reply, opening to the first and to the latest resolution.
    """

    clocks: tuple[ClockState, ...] = ()
    waits: Waits = field(default_factory=Waits)
    status_seconds: Mapping[Waiting, Seconds] = field(default_factory=dict)
    first_reply_seconds: Seconds | None = None
    next_reply_seconds: tuple[Seconds, ...] = ()
    first_resolution_seconds: Seconds | None = None
    resolution_seconds: Seconds | None = None
