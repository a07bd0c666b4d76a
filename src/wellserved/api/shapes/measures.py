"""Figures on the wire."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from wellserved.api.shapes.wire import Given, Told

Name = Annotated[str, Field(max_length=160)]


class MeasureQuery(Given):
    """A period [from, to) of whole days of the service, what it is narrowed to, and how it is split."""

    begins: dt.date = Field(alias="from")
    ends: dt.date = Field(alias="to")
    by: str = Field(
        "", max_length=20, description="queue, team, product, place, channel, type, priority, day, week, month"
    )
    queue: Name = ""
    team: Name = ""
    product: Name = ""
    place: Name = ""
    channel: Name = ""
    type: Name = ""
    priority: Name = ""
    tag: Name = ""


class Metric(Told):
    """A figure and what it means."""

    name: str
    title: str
    question: str
    unit: str
    better: str
    cohort: str
    statistic: str
    owner: str


class Figure(Told):
    """A number with its 95 % interval; null where too few cases speak."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    is_enough: bool
    reason: str


class Freshness(Told):
    """Which number of history the figure reflects, when it was written, and how many entries came since."""

    sequence: int
    written_at: dt.datetime
    behind: int


class Answer(Told):
    """A figure, its parts, and the ids of the tickets behind it that you may open."""

    metric: Metric
    whole: Figure
    parts: list[Figure]
    freshness: Freshness
    ticket_ids: list[int]
