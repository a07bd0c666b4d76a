"""When a repeated job is due next."""

import dataclasses
import datetime as dt
import math
import zoneinfo

EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Every day, or every week on `weekday` (Monday is 0), at a local time of a zone."""

    hour: int
    minute: int = 0
    weekday: int | None = None
    zone: str = "UTC"

    def after(self, now: dt.datetime) -> dt.datetime:
        """Return the first such instant strictly after `now`.

        >>> At(hour=3, zone="Europe/London").after(dt.datetime(2026, 7, 1, 2, 0, tzinfo=dt.UTC)).isoformat()
        '2026-07-02T02:00:00+00:00'
        """
        zone = zoneinfo.ZoneInfo(self.zone)
        day = now.astimezone(zone).date()
        for _ in range(9):
            due = dt.datetime.combine(day, dt.time(self.hour, self.minute), zone).astimezone(dt.UTC)
            if due > now and self.weekday in {None, day.weekday()}:
                return due
            day += dt.timedelta(days=1)
        raise ValueError(f"{self} never comes: use a weekday from 0 to 6.")


def next_due(rule: dt.timedelta | At, *, now: dt.datetime) -> dt.datetime:
    """Return the next instant of the rule strictly after `now`; after an outage it is due once, not many times.

    >>> next_due(dt.timedelta(minutes=15), now=dt.datetime(2026, 1, 1, 9, 20, tzinfo=dt.UTC)).isoformat()
    '2026-01-01T09:30:00+00:00'
    """
    if isinstance(rule, At):
        return rule.after(now)
    return EPOCH + rule * (math.floor((now - EPOCH) / rule) + 1)
