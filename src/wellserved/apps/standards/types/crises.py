"""What is known of a crisis: its clock, its log, what customers read."""

import dataclasses
import datetime as dt
from decimal import Decimal

from django.db.models import TextChoices


class EntryKind(TextChoices):
    """What a line of the log is."""

    PROPOSAL = "proposal", "Proposed course"
    DECISION = "decision", "Decision"
    ACTION = "action", "Done"
    UPDATE = "update", "Told staff"
    NOTICE = "notice", "Told customers"


# What a proposed course of action says, in the order it is read.
PROPOSAL: dict[str, tuple[str, str]] = {
    "course": ("What we do", "One course of action, in one or two sentences."),
    "because": ("Why this", "What is known now, and what was weighed and left."),
    "needs": ("What it needs", "People, money, systems, somebody's word."),
    "risk": ("What could go wrong with it", "And how we would notice."),
    "customers": ("What customers are told", "By when, and by whom."),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about a proposal."""

    is_accepted: bool
    words: str
    by: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log; `parts` are those of a proposal."""

    id: int
    kind: str
    label: str
    body: str
    parts: tuple[tuple[str, str], ...]
    by: str
    at: dt.datetime
    decision: Decision | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CrisisRow:
    """A crisis as a list shows it; seconds are None until there was a proposal, or it is over."""

    id: int
    title: str
    what: str
    declared_at: dt.datetime
    declared_by: str
    is_open: bool
    to_proposal_seconds: int | None
    lasted_seconds: int | None
    public_line: str
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CrisisDetail:
    """A crisis whole."""

    row: CrisisRow
    activation_id: int | None
    contingency_id: int | None
    contingency: str
    public_since: dt.datetime | None
    public_expected_at: dt.datetime | None
    public_fixed_at: dt.datetime | None
    stood_down_at: dt.datetime | None
    worked: str
    to_change: str
    cost: Decimal | None
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicProblem:
    """What the status page says of one problem."""

    line: str
    since: dt.datetime
    expected_at: dt.datetime | None
    fixed_at: dt.datetime | None
