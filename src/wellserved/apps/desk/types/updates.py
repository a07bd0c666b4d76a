"""What keeps customers informed, as it leaves the desk."""

import dataclasses
import datetime as dt

from django.db import models


class Moment(models.TextChoices):
    """When the customer is asked: before something is done, or after."""

    BEFORE = "before", "Before we act"
    AFTER = "after", "After we acted"


class Comfort(models.TextChoices):
    """What she answered."""

    YES = "yes", "Yes"
    NO = "no", "No"
    CONCERN = "concern", "Yes, with a concern"


UNEASY = (Comfort.NO, Comfort.CONCERN)


class CopyState(models.TextChoices):
    """What became of a notice on one ticket."""

    WAITING = "waiting", "Waits for its turn"
    SENT = "sent", "Sent"
    BESIDE = "beside", "On the ticket; she had the mail on another of hers"
    NO_MAIL = "no_mail", "On the ticket; we have no address"
    OVER = "over", "Not told: the ticket was closed first"


NAMES = ("name", "number", "subject", "product")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComfortRow:
    """A comfort check as a ticket shows it."""

    id: int
    moment: str
    about: str
    asked_by: str
    asked_at: dt.datetime
    answer: str
    words: str
    answered_at: dt.datetime | None
    settled_at: dt.datetime | None
    settled_how: str

    @property
    def is_uneasy(self) -> bool:
        """Return whether a no or a concern still waits for somebody to deal with it."""
        return self.answer in UNEASY and self.settled_at is None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComfortAsked:
    """What the holder of a link is asked."""

    moment: str
    about: str
    number: int
    answer: str
    answered_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SilenceRow:
    """An open ticket, and how long its customer has heard nothing."""

    ticket_id: int
    number: int
    subject: str
    customer: str
    assignee: str
    queue: str
    last_told_at: dt.datetime
    silent_seconds: int
    due_at: dt.datetime | None
    is_overdue: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How plainly a text reads: Flesch reading ease (0 hard to 100 easy), words a sentence, and the long words."""

    score: float
    words: int
    words_a_sentence: float
    long_words: tuple[str, ...]
    is_plain: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as the list shows it."""

    id: int
    title: str
    created_by: str
    created_at: dt.datetime
    sent_at: dt.datetime | None
    tickets: int
    told: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """Who is told, with her own text before it leaves, and what became of it."""

    id: int
    ticket_id: int
    number: int
    customer: str
    email: str
    text: str
    state: str
    not_before: dt.datetime | None
    told_at: dt.datetime | None
    delivery: str
    wrote_back: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDetail:
    """A notice with its copies."""

    id: int
    title: str
    body: str
    is_required: bool
    created_by: str
    created_at: dt.datetime
    sent_by: str
    sent_at: dt.datetime | None
    version: int
    counts: dict[str, int]
    copies: tuple[CopyRow, ...]
    next_cursor: str | None
    reading: Reading
    faults: tuple[str, ...]
