"""Promises as they leave the desk."""

import dataclasses
import datetime as dt

from django.db import models


class MadeTo(models.TextChoices):
    """Whom a promise was made to."""

    CUSTOMER = "customer", "Customer"
    COLLEAGUE = "colleague", "Colleague"
    PARTNER = "partner", "Service partner"


class Cause(models.TextChoices):
    """Why a promise was broken."""

    FORGOTTEN = "forgotten", "Forgotten"
    CAPACITY = "capacity", "Too much to do"
    INFORMATION = "information", "Information was missing"
    PARTNER = "partner", "A partner was late"
    COLLEAGUE = "colleague", "A colleague was late"
    SYSTEM = "system", "A system failed"
    UNREALISTIC = "unrealistic", "The time was not realistic"
    CUSTOMER = "customer", "The customer could not be reached"


VIEWS = {"mine": "Mine", "team": "My teams", "all": "All"}
SHOWS = {"due": "Due", "missed": "Missed", "kept": "Kept"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DuePromise:
    """A promise as the list of what is due shows it."""

    id: int
    number: int
    subject: str
    customer: str
    text: str
    made_to: str
    to_name: str
    made_by_id: int | None
    made_by: str
    made_at: dt.datetime
    due_at: dt.datetime
    state: str
    settled_at: dt.datetime | None
    cause: str
    cause_note: str
    is_overdue: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromisePage:
    """One page of promises."""

    rows: tuple[DuePromise, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamPromises:
    """How many promises a team kept of those it settled or let pass, with the 95 % interval of the share."""

    team: str
    kept: int
    total: int
    share: float | None
    low: float | None
    high: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFigures:
    """How promises stand: open and overdue now, and what came of the others in the last `days` days."""

    days: int
    open: int
    overdue: int
    due_in_a_day: int
    kept: int
    total: int
    teams: tuple[TeamPromises, ...]
    causes: tuple[tuple[str, int], ...]
