"""Rows to working calendars, and holidays from outside written into a calendar's definition."""

import dataclasses
import datetime as dt
import functools
import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from typing import Any

import holidays
import icalendar

from wellserved.apps.standards import models, types
from wellserved.platform.errors import Invalid
from wellserved.science import calendars
from wellserved.science.calendars import CalendarError, WorkingCalendar

MAX_HOLIDAY_YEARS = 50


def read_calendar(spec: dict[str, Any]) -> WorkingCalendar:
    """Return the working calendar of a definition, or say what would make it usable."""
    try:
        return WorkingCalendar.from_dict(spec)
    except CalendarError as wrong:
        raise Invalid(str(wrong), code="calendar_unusable") from wrong


@functools.lru_cache(maxsize=256)
def _compiled(written: str) -> WorkingCalendar:
    return read_calendar(json.loads(written))


def compiled_calendar(spec: dict[str, Any]) -> WorkingCalendar:
    """Return the working calendar of a stored definition, compiled once in a process."""
    return _compiled(json.dumps(spec, sort_keys=True))


def calendar_version(row: models.CalendarVersion) -> types.CalendarVersion:
    """Return the version as the apps above take it; `row` has its calendar and author loaded."""
    return types.CalendarVersion(
        id=row.pk,
        key=f"calendar:{row.pk}",
        calendar_id=row.calendar_id,
        name=row.calendar.name,
        number=row.number,
        spec=row.spec,
        working=compiled_calendar(row.spec),
        tzdata=row.tzdata,
        effective_from=row.effective_from,
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else "",
        reason=row.reason,
    )


def policy_version(row: models.PolicyVersion) -> types.PolicyVersion:
    """Return the version as the apps above take it; `row` has its author loaded."""
    return types.PolicyVersion(
        id=row.pk,
        key=f"policy:{row.pk}",
        policy_id=row.policy_id,
        number=row.number,
        conditions=row.conditions,
        targets=tuple(row.targets),
        escalation=tuple(row.escalation),
        effective_from=row.effective_from,
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else "",
        reason=row.reason,
    )


def tzdata_version() -> str:
    """Return the release of the time-zone rules a version was written under."""
    return importlib.metadata.version("tzdata")


def public_holidays(*, country: str, subdivision: str = "", first_year: int, last_year: int) -> list[dict[str, str]]:
    """Return the public holidays of a country or a part of it, dated and named, to be written into a calendar."""
    if not 1 <= last_year - first_year + 1 <= MAX_HOLIDAY_YEARS:
        raise Invalid(f"Ask for 1 to {MAX_HOLIDAY_YEARS} years of holidays, first year first.", code="holiday_years")
    try:
        days = holidays.country_holidays(
            country, subdiv=subdivision or None, years=range(first_year, last_year + 1), language="en_GB"
        )
    except NotImplementedError as unknown:
        where = f"{country}, {subdivision}" if subdivision else country
        raise Invalid(
            f"No holidays are known for {where}; use a country code such as GB and a part such as ENG, "
            "or an iCalendar file.",
            code="holidays_unknown",
        ) from unknown
    return [{"date": day.isoformat(), "name": name} for day, name in sorted(days.items())]


def holidays_of_ical(text: str) -> list[dict[str, str]]:
    """Return the whole-day events of an iCalendar file as dated, named holidays, a longer one day by day."""
    try:
        feed = icalendar.Calendar.from_ical(text)
    except ValueError as wrong:
        raise Invalid("This is not an iCalendar file; it begins with BEGIN:VCALENDAR.", code="ical") from wrong
    found: dict[str, str] = {}
    for event in feed.walk("VEVENT"):
        start = getattr(event.get("DTSTART"), "dt", None)
        if not isinstance(start, dt.date) or isinstance(start, dt.datetime):
            continue
        ends = getattr(event.get("DTEND"), "dt", None) or start + dt.timedelta(days=1)
        # A feed that marks a whole year closed is a mistake; 366 days bound it.
        for offset in range(min(max((ends - start).days, 1), 366)):
            found[(start + dt.timedelta(days=offset)).isoformat()] = str(event.get("SUMMARY", ""))
    return [{"date": day, "name": name} for day, name in sorted(found.items())]


def with_holidays(spec: dict[str, Any], extra: list[dict[str, str]]) -> dict[str, Any]:
    """Return the definition with these holidays beside its own; a date it closes already stays as it is."""
    kept = list(spec.get("holidays", []))
    dates = {entry if isinstance(entry, str) else entry.get("date") for entry in kept}
    return {**spec, "holidays": kept + [entry for entry in extra if entry["date"] not in dates]}


def replay_policy(key: str, targets: Sequence[Mapping[str, Any]], priority: int) -> calendars.Policy:
    """Return the targets that hold at a priority as the replay reads them: its own before those for every priority."""
    holding: dict[str, Mapping[str, Any]] = {t["metric"]: t for t in targets if t["priority"] is None}
    holding |= {t["metric"]: t for t in targets if t["priority"] == priority}
    return calendars.Policy(key=key, targets=tuple(_replay_target(holding[metric]) for metric in sorted(holding)))


def _replay_target(target: Mapping[str, Any]) -> calendars.Target:
    return calendars.Target(
        metric=calendars.Metric(target["metric"]),
        seconds=target["seconds"],
        calendar=f"calendar:{target['calendar']}",
        pause_on=frozenset(calendars.Waiting(status) for status in target["pause_on"]),
        pause_reasons=frozenset(target["pause_reasons"]),
        warn_before=tuple(target["warn_before"]),
        reopen=target["reopen"],
    )


def ladder(escalation: Sequence[Mapping[str, Any]]) -> tuple[types.Step, ...]:
    """Return the steps of an escalation with one signed offset each."""
    return tuple(
        types.Step(
            metric=step["metric"],
            level=step["level"],
            offset_seconds=step["after_seconds"] if "after_seconds" in step else -step["before_seconds"],
            tell=step["tell"],
        )
        for step in escalation
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrialPolicies:
    """Targets not yet saved, as policies for each priority, to replay the past under."""

    policies: dict[str, calendars.Policy]
    calendars: dict[str, WorkingCalendar]
    metrics: tuple[tuple[str, int | None], ...]

    def target_of(self, metric: str, priority: int) -> tuple[str, int | None] | None:
        """Return which target a clock of this priority ran under."""
        return next((key for key in ((metric, priority), (metric, None)) if key in self.metrics), None)


def trial_policies(
    targets: Sequence[Mapping[str, Any]], working: Mapping[int, WorkingCalendar], only: WorkingCalendar | None
) -> TrialPolicies:
    """Return these targets as policies; `only` stands for every calendar when given."""
    whole = [
        {
            "metric": target["metric"],
            "priority": target.get("priority"),
            "seconds": target["seconds"],
            "calendar": 0 if only else target["calendar"],
            "pause_on": target.get("pause_on") or (),
            "pause_reasons": target.get("pause_reasons") or (),
            "warn_before": (),
            "reopen": target.get("reopen") or "resume",
        }
        for target in targets
    ]
    known = {f"calendar:{pk}": calendar for pk, calendar in working.items()}
    return TrialPolicies(
        policies={f"trial/{priority}": replay_policy(f"trial/{priority}", whole, priority) for priority in range(1, 5)},
        calendars={"calendar:0": only} if only else known,
        metrics=tuple((target["metric"], target["priority"]) for target in whole),
    )
