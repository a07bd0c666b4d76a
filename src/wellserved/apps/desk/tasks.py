"""What the worker repeats for the desk."""

from wellserved.apps.desk.actions import fire_due
from wellserved.platform.jobs import loops

# Half of the five seconds within which a breach must show.
loops.register("fire what is due", lambda now: fire_due(now=now), 2.5)
