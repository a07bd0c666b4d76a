"""The only place that reads the clock: every action, query and job takes `now` from its caller."""

import datetime as dt
import zoneinfo

from django.conf import settings


def now() -> dt.datetime:
    """Return this instant as an aware UTC datetime."""
    return dt.datetime.now(tz=dt.UTC)


def day_of(at: dt.datetime) -> dt.date:
    """Return the date of an instant in the time zone of the service, where its days and weeks begin."""
    return at.astimezone(zoneinfo.ZoneInfo(settings.SERVICE_TIME_ZONE)).date()


def begin_of_day(at: dt.datetime) -> dt.datetime:
    """Return the instant at which the day of an instant began in the time zone of the service."""
    return begin_of(day_of(at))


def begin_of(day: dt.date) -> dt.datetime:
    """Return the instant at which a day begins in the time zone of the service."""
    return dt.datetime.combine(day, dt.time(), tzinfo=zoneinfo.ZoneInfo(settings.SERVICE_TIME_ZONE))
