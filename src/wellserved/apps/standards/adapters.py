"""Rows to working calendars, and holidays from outside written into a calendar's definition."""

import dataclasses
import functools
import importlib.metadata
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wellserved.apps.standards import models, types
from wellserved.platform.errors import Invalid
from wellserved.science import calendars
from wellserved.science.calendars import CalendarError, WorkingCalendar

# A feed that repeats yearly is written out for these years; a calendar can be saved anew with later ones.
ICAL_YEARS = range(2000, 2100)


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
    try:
        found = calendars.holiday_dates(country, subdivision or None, range(first_year, last_year + 1))
    except CalendarError as unknown:
        raise Invalid(str(unknown), code="holidays_unknown") from unknown
    return [{"date": day.isoformat(), "name": name} for day, name in found]


def holidays_of_ical(text: str, *, years: Iterable[int] = ICAL_YEARS, tz: str = "UTC") -> list[dict[str, str]]:
    """Return the closed days of an iCalendar feed, to be written into a calendar."""
    try:
        closed = [holiday.to_value() for holiday in calendars.holidays_from_ical(text, years=years, tz=tz)]
    except CalendarError as wrong:
        raise Invalid(str(wrong), code="ical") from wrong
    return [{"date": entry} if isinstance(entry, str) else entry for entry in closed]


def with_holidays(spec: Mapping[str, Any], extra: Iterable[str | dict[str, str]]) -> dict[str, Any]:
    """Return the definition with these holidays written into it."""
    written: dict[str, Any] = read_calendar({**spec, "holidays": [*spec.get("holidays", ()), *extra]}).to_dict()
    return written


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
            how=step.get("how", "screen"),
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
