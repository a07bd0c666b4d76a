"""The only place that reads the clock: every action, query and job takes `now` from its caller."""

import datetime as dt


def now() -> dt.datetime:
    """Return this instant as an aware UTC datetime."""
    return dt.datetime.now(tz=dt.UTC)
