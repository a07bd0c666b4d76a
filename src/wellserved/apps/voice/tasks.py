"""Ask those whose time has come."""

import datetime as dt

from wellserved.apps.voice.actions import asking
from wellserved.platform import clock, jobs


@jobs.job(name="voice.ask_due", every=dt.timedelta(minutes=5), long=True)
def ask_due(_run: jobs.Run) -> None:
    """Send the mails that are due."""
    asking.ask_due(now=clock.now())
