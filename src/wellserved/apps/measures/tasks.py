"""What the worker repeats for the figures."""

import datetime as dt

from wellserved.apps.measures import actions
from wellserved.platform.jobs import loops
from wellserved.platform.origin import World


def follow(now: dt.datetime) -> None:
    """Bring the facts of both worlds up to the ledger; costs nothing while it stands still."""
    for world in World:
        actions.export(world=world, now=now)


loops.register("write the facts", follow, 5)
