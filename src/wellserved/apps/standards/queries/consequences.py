"""What going live would do to the policies, and where a standard's clock is carried."""

import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import models
from wellserved.apps.standards.queries import clocks, commitments
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.apps.standards.types import commitments as types
from wellserved.platform.origin import in_world


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a clock is carried: a policy that asks for the same tickets, or a new one before a more general one."""

    policy: models.Policy | None
    latest: models.PolicyVersion | None
    general: models.Policy | None
    base: models.PolicyVersion | None
    order: tuple[int, ...]


def place_for(*, actor: Actor, conditions: Mapping[str, Any]) -> Place:
    """Return where the clock of a standard for these tickets belongs. Two queries."""
    rows = in_world(models.Policy.objects.filter(is_active=True).order_by("position", "pk"), actor.world)
    found = [(row, _latest(row)) for row in rows.prefetch_related("versions")]
    wanted = _normal(conditions)
    same = next(((row, latest) for row, latest in found if latest and _normal(latest.conditions) == wanted), None)
    general = next(
        ((row, latest) for row, latest in found if latest and _covers(_normal(latest.conditions), wanted)), None
    )
    return Place(
        policy=same[0] if same else None,
        latest=same[1] if same else None,
        general=general[0] if general else None,
        base=general[1] if general else None,
        order=tuple(row.pk for row, _ in found),
    )


def _latest(row: models.Policy) -> models.PolicyVersion | None:
    return max(row.versions.all(), key=lambda version: version.number, default=None)


def _normal(conditions: Mapping[str, Any]) -> dict[str, frozenset[Any]]:
    return {field: frozenset(values) for field, values in conditions.items() if values}


def _covers(general: Mapping[str, frozenset[Any]], wanted: Mapping[str, frozenset[Any]]) -> bool:
    return all(field in wanted and wanted[field] <= values for field, values in general.items())


def starts_at(*, answers: types.Answers, zone: str, now: dt.datetime) -> dt.datetime:
    """Return the moment a standard begins: its day's midnight where its calendar counts, or now if that is past."""
    day = answers.effective_on or now.date()
    return max(now, dt.datetime.combine(day, dt.time.min, tzinfo=zoneinfo.ZoneInfo(zone)))


def consequence(*, actor: Actor, answers: types.Answers, now: dt.datetime) -> types.Consequence | None:
    """Return what going live would write, None for a measure that runs no clock. Five queries at most."""
    if answers.measure not in METRIC_LABELS or not answers.calendar or not answers.seconds:
        return None
    place = place_for(actor=actor, conditions=answers.conditions)
    base = place.latest or place.base
    kept = [target for target in (base.targets if base else ()) if target["metric"] != answers.measure]
    named = clocks.calendar_versions(target["calendar"] for target in kept)
    calendar = commitments.calendar_version_for(actor=actor, calendar_id=answers.calendar, at=now)
    return types.Consequence(
        policy_id=place.policy.pk if place.policy else None,
        policy=place.policy.name if place.policy else "",
        inherits_from=place.general.name if place.general and not place.policy else "",
        others=tuple(clocks.target_sentence(target, named) for target in kept),
        starts_on=starts_at(answers=answers, zone=calendar.working.tz, now=now).date(),
    )
