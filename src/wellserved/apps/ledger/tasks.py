"""What the worker repeats for the ledger: seal, deliver, let unanswered requests expire, remove erased files."""

import datetime as dt
import time

from django.db import connection

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.ledger import actions, queries
from wellserved.apps.ledger.actions import approvals
from wellserved.platform import clock, health, jobs
from wellserved.platform.jobs import loops
from wellserved.platform.origin import World

MOST_UNSEALED = 5000
MOST_DELIVERED_AT_ONCE = 20
# After holding SQLite's write lock, let people at work have it.
REST_SECONDS = 0.03


def follow(now: dt.datetime) -> int:
    """Seal a batch, deliver what was sealed, and return how much there was to do."""
    sealed = actions.seal(now=now)
    delivered = actions.dispatch(now=now, limit=MOST_DELIVERED_AT_ONCE).delivered
    if (sealed or delivered) and connection.vendor == "sqlite":
        time.sleep(REST_SECONDS)
    return sealed + delivered


loops.register("follow the ledger", follow, 0.5)


@jobs.job(name="ledger.expire_approvals", every=dt.timedelta(minutes=5), long=True)
def expire_approvals(_run: jobs.Run) -> None:
    """Close what nobody answered in time, in either world."""
    for world in World:
        approvals.expire(actor=accounts.system_actor(world=world), now=clock.now())


@jobs.job(name="ledger.sweep_erased", every=dt.timedelta(hours=6), long=True)
def sweep_erased(_run: jobs.Run) -> None:
    """Remove from disk whatever an erasure named and a crash left."""
    actions.sweep_erased()


def probe(_now: dt.datetime) -> health.Finding:
    """Say whether the chain and its subscribers keep up."""
    status = queries.status()
    failing = [subscriber.name for subscriber in status.subscribers if subscriber.failure]
    well = status.unsealed <= MOST_UNSEALED and not failing
    return health.Finding(
        part="ledger",
        well=well,
        sentence=f"Sealed up to {status.sequence}, {status.unsealed} waiting"
        + (f"; failing: {', '.join(failing)}." if failing else "."),
        vital=False,
    )


health.register("ledger", probe)
