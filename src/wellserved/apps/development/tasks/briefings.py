"""Remind once of what is due, and keep goes at checks no longer than they are needed."""

from wellserved.apps.development.actions import taking, telling
from wellserved.platform import clock, jobs
from wellserved.platform.jobs import loops

MOST_STEPS = 10_000


# A day is what people are given, so a quarter of an hour is soon enough.
loops.register("remind of briefings", lambda now: telling.chase_next(now=now), 900.0)


@jobs.job(name="development.forget_attempts", every=taking.DAY, long=True)
def forget_attempts(run: jobs.Run) -> None:
    """Remove goes at checks past their time, in short writes."""
    for _ in range(MOST_STEPS):
        with run.checkpoint():
            more = taking.forget_next(now=clock.now())
        if not more:
            return
