"""What is known of an incident handled before customers ask: who is affected, who was told, who never had to ask."""

import dataclasses
import datetime as dt

from django.db.models import TextChoices


class NoticeState(TextChoices):
    """What became of the notice to one customer."""

    NONE = "none", "Not told"
    WAITING = "waiting", "Being sent"
    SENT = "sent", "Told"
    TODAY = "today", "Had an automatic message today"
    NO_ADDRESS = "no_address", "No address"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody on a list of affected customers."""

    email: str
    name: str = ""
    reference: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCounts:
    """The people of an incident in figures. Spared: affected, and never in contact since it was found."""

    affected: int
    told: int
    waiting: int
    not_told: int
    contacted: int

    @property
    def spared(self) -> int:
        """How many never had to ask."""
        return self.affected - self.contacted


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident as a list shows it."""

    id: int
    title: str
    found_at: dt.datetime
    found_by: str
    fixed_at: dt.datetime | None
    counts: IncidentCounts
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AffectedRow:
    """One affected customer."""

    id: int
    customer_id: int
    customer: str
    email: str
    reference: str
    state: str
    state_label: str
    told_at: dt.datetime | None
    has_contacted: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetail:
    """An incident whole, with a page of its customers."""

    row: IncidentRow
    what: str
    notice: str
    noticed_at: dt.datetime | None
    is_urgent: bool
    affected: tuple[AffectedRow, ...]
    next_cursor: str | None
