"""What this app repeats by itself."""

from wellserved.apps.development.actions import recorded
from wellserved.platform import clock, jobs


@jobs.job(name="development.forget_old", every=jobs.At(hour=3, minute=40), long=True)
def forget_old(_run: jobs.Run) -> None:
    """Delete what was kept about colleagues as long as was said, and no longer."""
    recorded.forget_old(now=clock.now())
