"""Close pulses on their day, and forget cases kept long enough."""

from wellserved.apps.development.actions import conflicts, pulse
from wellserved.platform import clock, jobs


@jobs.job(name="development.close_pulses", every=jobs.At(hour=0, minute=20))
def close_pulses(_run: jobs.Run) -> None:
    """Close every pulse whose last day is over."""
    pulse.close_due(now=clock.now())


@jobs.job(name="development.forget_cases", every=jobs.At(hour=3, minute=50), long=True)
def forget_cases(_run: jobs.Run) -> None:
    """Delete conflict cases whose time is over."""
    conflicts.forget_old(now=clock.now())
