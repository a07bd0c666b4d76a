"""What the worker repeats for the desk."""

import time

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.desk import search
from wellserved.apps.desk.actions import fire_due, incidents, remind_promises, tell_due
from wellserved.apps.desk.actions.complaints import fire_alerts
from wellserved.apps.desk.actions.forgetting import COMPACT
from wellserved.platform import clock, jobs
from wellserved.platform.jobs import loops
from wellserved.platform.origin import World

# After holding SQLite's write lock, let people at work have it.
REST_SECONDS = 0.03
MOST_STEPS = 100_000

# Half of the five seconds within which a breach must show.
loops.register("fire what is due", lambda now: fire_due(now=now), 2.5)
# The law counts in days, so half a minute is soon enough.
loops.register("tell of complaints that run out", lambda now: fire_alerts(now=now), 30)


# Notices go out in small writes, one customer at a time; a promise is seen coming to the minute.
loops.register("tell notices", lambda now: tell_due(now=now), 5)
loops.register("remind of promises", lambda now: remind_promises(now=now), 30)


@jobs.job(name=COMPACT, long=True, singleton=True)
def compact_search(run: jobs.Run) -> None:
    """Let the words of whoever was forgotten vanish from the index of the search."""
    for step in range(MOST_STEPS):
        with run.checkpoint():
            more = search.compact(first=step == 0)
        if not more:
            return
        time.sleep(REST_SECONDS)


@jobs.job(name=incidents.TELL, long=True, singleton=True)
def tell_affected(run: jobs.Run, *, incident_id: int, actor_id: int | None, world: str) -> None:
    """Tell the customers of an incident one by one, for as long as whoever asked for it may."""
    actor = accounts.actor_by_id(actor_id, world=World(world))
    for _ in range(MOST_STEPS):
        with run.checkpoint():
            more = incidents.tell_next(actor=actor, incident_id=incident_id, now=clock.now())
        if not more:
            return
        time.sleep(REST_SECONDS)
