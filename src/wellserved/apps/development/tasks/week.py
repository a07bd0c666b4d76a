"""Close the weeks that are over."""

from wellserved.apps.development.actions import week
from wellserved.platform import clock, jobs

MOST_STEPS = 10_000


@jobs.job(name="development.close_weeks", every=jobs.At(hour=0, minute=30), long=True)
def close_weeks(run: jobs.Run) -> None:
    """Close every week whose Sunday has passed, in short writes."""
    for _ in range(MOST_STEPS):
        with run.checkpoint():
            more = week.close_next(now=clock.now())
        if not more:
            return
