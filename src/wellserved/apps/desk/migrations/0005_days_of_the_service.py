"""The day a clock was decided on is the day where the service is, not the day of UTC."""

import zoneinfo
from typing import Any

from django.conf import settings
from django.db import migrations

_AT_ONCE = 2_000


def move_days(apps: Any, editor: Any) -> None:
    """Write the local date of every clock whose instant falls on another one."""
    zone = zoneinfo.ZoneInfo(settings.SERVICE_TIME_ZONE)
    clocks = apps.get_model("desk", "Clock").objects.using(editor.connection.alias)
    moved = []
    for clock in clocks.exclude(decided_at=None).only("pk", "decided_at", "decided_on").iterator(_AT_ONCE):
        day = clock.decided_at.astimezone(zone).date()
        if day != clock.decided_on:
            clock.decided_on = day
            moved.append(clock)
    clocks.bulk_update(moved, ["decided_on"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_escalations_wait_for_opening")]

    operations = [migrations.RunPython(move_days, migrations.RunPython.noop)]
