"""Briefings, newsletters and bulletins: what is said, to whom, and who has heard it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models

# How many items one issue may hold, and people one audience may name.
MOST_ITEMS, MOST_PEOPLE = 20, 500


class BriefingKind(models.TextChoices):
    """What sort of message it is; all three are one record."""

    BRIEFING = "briefing", "Briefing"
    NEWSLETTER = "newsletter", "Newsletter"
    BULLETIN = "bulletin", "Best-practice bulletin"


class BriefingState(models.TextChoices):
    """Where a briefing stands."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a briefing says; `about` is the record an extract was taken from."""

    title: str
    body: str
    about: tuple[str, int] | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the item as JSON-ready data."""
        return {"title": self.title, "body": self.body, "about": list(self.about) if self.about else None}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Item":
        """Return the item that was written with `as_data`."""
        about = data.get("about")
        return cls(title=data["title"], body=data["body"], about=(about[0], about[1]) if about else None)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom something concerns: these people, and everybody of these roles within these teams and these queues' teams.

    No role and no team or queue names nobody but `people`; `everyone` is all of the staff.
    """

    everyone: bool = False
    roles: tuple[str, ...] = ()
    teams: tuple[int, ...] = ()
    queues: tuple[int, ...] = ()
    people: tuple[int, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the audience as JSON-ready data."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in ((field.name, getattr(self, field.name)) for field in dataclasses.fields(self))
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Audience":
        """Return the audience that was written with `as_data`."""
        return cls(
            everyone=bool(data.get("everyone")),
            **{name: tuple(data.get(name, ())) for name in ("roles", "teams", "queues", "people")},
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a person writes of a briefing; `needs_check` asks of everybody that she shows she understood."""

    kind: str = BriefingKind.BRIEFING
    title: str = ""
    items: tuple[Item, ...] = ()
    audience: Audience = Audience()
    due_on: dt.date | None = None
    by_mail: bool = False
    needs_check: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the register is asked for; `plan` narrows to a plan and what it delivers."""

    view: str = "published"
    kind: str = ""
    plan: int | None = None
    q: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingRow:
    """A briefing as a list shows it; `done` of `told` are counted for those who brief, else both are 0.

    `is_mine` when it was sent to the reader, `is_open` when something of it is still hers to do.
    """

    id: int
    kind: str
    title: str
    state: str
    subject: tuple[str, int] | None
    number: int
    due_on: dt.date | None
    published_at: dt.datetime | None
    published_by: str
    told: int
    done: int
    is_mine: bool
    is_open: bool
    is_overdue: bool
    version: int

    @property
    def kind_name(self) -> str:
        """Return the kind in the words of the screens."""
        return BriefingKind(self.kind).label


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPage:
    """A page of the register and where the next begins."""

    rows: tuple[BriefingRow, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """How one person stands with a briefing: when she read or heard it, and whether she has understood.

    `understanding` is "" while nothing is asked; a mark of `types.checks.Standing` otherwise.
    """

    user_id: int
    name: str
    read_at: dt.datetime | None
    heard_at: dt.datetime | None
    catch_up_on: dt.date | None
    understanding: str
    reminded_at: dt.datetime | None
    reminders: int

    @property
    def has_met(self) -> bool:
        """Return whether she has read or heard it."""
        return self.read_at is not None or self.heard_at is not None

    @property
    def is_done(self) -> bool:
        """Return whether nothing is left to ask of her."""
        return self.has_met and self.understanding in {"", "understood"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A live briefing: who led it, when, and how many were there."""

    held_at: dt.datetime
    led_by: str
    note: str
    present: tuple[str, ...]
    absent: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BriefingDetail:
    """A briefing whole, as one reader may see it."""

    row: BriefingRow
    content: Content
    reason: str
    audience: tuple[str, ...]
    reaches: int
    outside: int
    deliveries: tuple[DeliveryRow, ...]
    mine: DeliveryRow | None
    sessions: tuple[SessionRow, ...]
    check_id: int | None
    check_number: int
    questions: int
    current: int
    may_edit: bool

    @property
    def missing(self) -> tuple[DeliveryRow, ...]:
        """Return those of whom something is still asked."""
        return tuple(each for each in self.deliveries if not each.is_done)

    @property
    def needs_look(self) -> bool:
        """Return whether the questions were written for another version than the one told of."""
        return self.check_id is not None and self.content.needs_check and self.check_number != self.row.number
