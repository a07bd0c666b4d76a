"""What the worker repeats for people."""

from wellserved.apps.people.actions import forget_candidates, tell_expiring
from wellserved.platform.jobs import loops

HOUR = 3600

# Ends are days, so an hour is soon enough; assignment itself asks the day and waits for nothing.
loops.register("tell of skills that run out", lambda now: tell_expiring(now=now), HOUR)
loops.register("forget candidates", lambda now: forget_candidates(now=now), HOUR)
