"""A first promise for a world that has none, and its withdrawal while nobody has come to rely on it."""

import datetime as dt
from typing import Any, Final

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import adapters, policies
from wellserved.apps.standards.models import Calendar, CalendarVersion, Policy, PolicyVersion
from wellserved.platform.origin import World, in_world, live_origin

# A first version holds for everything that came before it, so that history can be judged by it.
ALWAYS: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
CALENDAR: Final = "Office hours"
POLICY: Final = "Standard promise"
REASON: Final = "Chosen at set-up."
_DAY: Final = 30_600  # 09:00 to 17:30
ESCALATION: Final = (
    {"metric": "first_reply", "level": 1, "after_seconds": 0, "tell": "assignee"},
    {"metric": "first_reply", "level": 2, "after_seconds": 3600, "tell": "team_leader"},
    {"metric": "resolution", "level": 1, "before_seconds": 7200, "tell": "assignee"},
    {"metric": "resolution", "level": 2, "after_seconds": 0, "tell": "team_leader"},
    {"metric": "resolution", "level": 3, "after_seconds": _DAY, "tell": "manager"},
)


def calendar_spec(*, now: dt.datetime) -> dict[str, Any]:
    """Return office hours with England's holidays."""
    hours = {str(weekday): [["09:00", "17:30"]] for weekday in range(5)}
    closed = adapters.public_holidays(country="GB", subdivision="ENG", first_year=now.year - 15, last_year=now.year + 3)
    return adapters.with_holidays({"tz": "Europe/London", "hours": hours}, closed)


def targets(*, calendar: int) -> list[dict[str, Any]]:
    """Return the targets of the default promise, counted in this version of a calendar."""
    waiting = {"pause_on": ["waiting_customer"], "reopen": "resume"}
    return [
        {"metric": "first_reply", "seconds": _DAY, "calendar": calendar, "warn_before": 3600, "aim": 0.95},
        {"metric": "first_reply", "priority": 1, "seconds": 3600, "calendar": calendar, "aim": 0.95},
        {"metric": "next_reply", "seconds": _DAY, "calendar": calendar, "warn_before": 3600, "aim": 0.9},
        {"metric": "resolution", "seconds": 5 * _DAY, "calendar": calendar, "aim": 0.9, **waiting},
        {"metric": "resolution", "priority": 1, "seconds": _DAY, "calendar": calendar, "aim": 0.9, **waiting},
    ]


def is_promised(*, world: World) -> bool:
    """Return whether this world promises anything to anybody."""
    return in_world(Policy.objects.all(), world).exists()


@transaction.atomic
def promise_something(*, actor: Actor, now: dt.datetime) -> int | None:
    """Write the default calendar and policy unless there is a policy already; return the version made.

    Nothing is announced and nothing written to the ledger: the promise is part of an import, whose entry names it.
    """
    if is_promised(world=actor.world):
        return None
    policies.require_edit(actor)
    origin = live_origin(actor.world)
    told: dict[str, Any] = {"created_at": now, "created_by_id": actor.user_id, "reason": REASON}
    in_force: dict[str, Any] = {"number": 1, "effective_from": ALWAYS, **told}
    calendar = Calendar.objects.create(name=_free_name(actor), origin=origin)
    version = CalendarVersion.objects.create(
        calendar=calendar,
        spec=adapters.read_calendar(calendar_spec(now=now)).to_dict(),
        tzdata=adapters.tzdata_version(),
        **in_force,
    )
    read = policies.read_targets(targets(calendar=version.pk))
    policy = Policy.objects.create(name=POLICY, position=1, origin=origin, version=1)
    written = PolicyVersion.objects.create(
        policy=policy,
        conditions={},
        targets=read,
        escalation=policies.read_escalation(ESCALATION, read),
        **in_force,
    )
    return written.pk


def _free_name(actor: Actor) -> str:
    """Return a name no calendar of this world has: somebody may have written one before the first policy."""
    taken = set(in_world(Calendar.objects.all(), actor.world).values_list("name", flat=True))
    return next(
        name for n in range(len(taken) + 1) if (name := CALENDAR if not n else f"{CALENDAR} {n + 1}") not in taken
    )


@transaction.atomic
def withdraw_unused(*, version_id: int | None) -> str:
    """Delete a default promise that nobody has changed since, with its calendar; return its name.

    The caller has removed the tickets it was made for; a ticket still counting by it keeps it.
    """
    if version_id is None:
        return ""
    version = PolicyVersion.objects.select_related("policy").filter(pk=version_id).first()
    if version is None or version.policy.versions.count() != 1 or not version.policy.is_active:
        return ""
    name, calendars = version.policy.name, {target["calendar"] for target in version.targets}
    version.policy.delete()
    others = {t["calendar"] for listed in PolicyVersion.objects.values_list("targets", flat=True) for t in listed}
    for row in CalendarVersion.objects.filter(pk__in=calendars - others).select_related("calendar"):
        if row.calendar.versions.count() == 1:
            Calendar.objects.filter(pk=row.calendar_id).delete()
    return name
