"""Work of the feeds done by the worker: read what is kept, each once a day."""

import datetime as dt

from wellserved.integrations.ical import actions
from wellserved.platform import clock, jobs


@jobs.job(name="ical.read", every=dt.timedelta(hours=1), long=True)
def read(_run: jobs.Run) -> None:
    """Read the addresses that were not read for a day."""
    actions.read_due(now=clock.now())
