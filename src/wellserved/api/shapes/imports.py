"""Imports: a file, how to read it, what came of it."""

import datetime as dt
from typing import Any

from pydantic import Field

from wellserved.api.shapes.wire import Given, TimeZone, Told


class Upload(Given):
    """What is known of a file that is sent."""

    system: str = Field("", max_length=60, description="What the file comes from, such as Zendesk.")
    time_zone: TimeZone = Field("UTC", description="Where its times without an offset were written.")


class MappingGiven(Given):
    """How the columns and words of the file are to be read: the mapping file, as JSON."""

    mapping: dict[str, Any]
    system: str = Field("", max_length=60)
    link_template: str = Field("", max_length=300, description="Leads back to a ticket; {id} stands for its number.")


class Start(Given):
    """Whether standards that fit the file are to be proposed with it."""

    wants_standards: bool = False


class Import(Told):
    """An import as it stands."""

    id: int
    system: str
    filename: str
    sha256: str
    state: str
    link_template: str
    mapping: dict[str, Any]
    account: dict[str, Any]
    cases_total: int
    cases_done: int
    error: str
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None


class Refused(Told):
    """A row that could not be used, and why."""

    row: int
    line: int
    reason: str


class Account(Told):
    """Every row of the file accounted for."""

    rows_read: int
    rows_accepted: int
    rows_rejected: int
    cases: int
    events: int
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    by_status: dict[str, int]
    flags: dict[str, int]
    rejections: dict[str, int]


class Difference(Told):
    """One field of one ticket, as it stands and as it would stand."""

    external_id: str
    number: int
    field: str
    before: str
    after: str


class Foresight(Told):
    """What the import would do to the tickets that came from this system before."""

    created: int
    updated: int
    unchanged: int
    absent: int = Field(description="Not in this file; they stay as they are.")
    fields: dict[str, int] = Field(description="How many tickets would differ in which field.")
    examples: list[Difference]


class Rehearsal(Told):
    """What an import would do, what it would change, and the first rows it would refuse."""

    account: Account
    foresight: Foresight
    rejected: list[Refused]
