"""A first promise for a world that has none, and its withdrawal while nobody has come to rely on it."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import actions
from wellserved.apps.standards.models import Calendar, CalendarVersion, Policy, PolicyVersion
from wellserved.platform.origin import World, in_world


def is_promised(*, world: World) -> bool:
    """Return whether this world promises anything to anybody."""
    return in_world(Policy.objects.all(), world).exists()


def promise_something(*, actor: Actor, now: dt.datetime) -> int | None:
    """Write the default calendar and policy unless there is a policy already; return the version made."""
    if is_promised(world=actor.world):
        return None
    return actions.create_default_standards(actor=actor, now=now).pk


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
    others = {t["calendar"] for targets in PolicyVersion.objects.values_list("targets", flat=True) for t in targets}
    for row in CalendarVersion.objects.filter(pk__in=calendars - others).select_related("calendar"):
        if row.calendar.versions.count() == 1:
            Calendar.objects.filter(pk=row.calendar_id).delete()
    return name
