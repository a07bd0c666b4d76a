"""What the agenda of a meeting begins with: the points of its kind, and for a review the figures of its period."""

import datetime as dt
import zoneinfo

from django.conf import settings

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import complaints, promise_summary
from wellserved.apps.development.types.meetings import KINDS, Point
from wellserved.platform.ui.formatting import format_percent, format_span
from wellserved.science.statistics import wilson


def last_month(on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the month before a day's.

    >>> last_month(dt.date(2026, 3, 3))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    last = on.replace(day=1) - dt.timedelta(days=1)
    return last.replace(day=1), last


def draft(*, actor: Actor, kind: str, first: dt.date, last: dt.date, now: dt.datetime) -> tuple[Point, ...]:
    """Return the points to begin with; figures count both days of the period. Eight queries at most."""
    usual = tuple(Point(words=words) for words in KINDS[kind].agenda)
    if kind == "praise_review":
        return (*_praise(actor, first, last), *usual)
    if kind == "service_review":
        return (*_service(actor, now), *usual)
    return usual


def _praise(actor: Actor, first: dt.date, last: dt.date) -> tuple[Point, ...]:
    zone = zoneinfo.ZoneInfo(settings.SERVICE_TIME_ZONE)
    since, until = (dt.datetime.combine(day, dt.time(), tzinfo=zone) for day in (first, last + dt.timedelta(days=1)))
    found = complaints.period(actor=actor, since=since, until=until)
    within = format_span(first, last)
    return (
        Point(words="Compliments, and whom we thank", detail=f"{found.compliments} came in, {within}."),
        Point(
            words="Complaints and how they ended",
            detail=f"{found.received} came in and {found.decided} were decided, {within}{_list(found.outcomes)}.",
        ),
        Point(
            words="What let them happen",
            detail=f"Causes of those decided{_list(found.causes)}."
            if found.causes
            else "No cause is written down yet.",
        ),
    )


def _list(found: tuple[tuple[str, int], ...]) -> str:
    return f": {', '.join(f'{name.lower()} {count}' for name, count in found)}" if found else ""


def _service(actor: Actor, now: dt.datetime) -> tuple[Point, ...]:
    found = promise_summary(actor=actor, now=now)
    said = [f"{each.label} {_share(each.kept, each.total)}" for each in found.metrics if each.total]
    kept = "; ".join(said) if said else "nothing was due"
    return (
        Point(words="What we promised and kept", detail=f"Last 30 days: {kept}."),
        Point(words="What is overdue now", detail=f"{found.overdue} of {found.open} open tickets."),
    )


def _share(kept: int, total: int) -> str:
    around = wilson(kept, total)
    between = f"{format_percent(around.low, 0)} to {format_percent(around.high, 0)}"
    return f"{kept} of {total} ({between})"
