"""Work done later: rows written in the caller's own transaction, run once by a worker that may die at any time.

    @jobs.job(name="desk.close_quiet_tickets", every=dt.timedelta(hours=1), singleton=True)
    def close_quiet_tickets() -> None: ...

    jobs.enqueue("integrations.sync_folder", folder_id=5, now=now)

A short job runs inside the transaction that also completes it, so its effect happens exactly once. A job declared
`long=True` takes a `Run` first and writes through `run.checkpoint(...)`, which commits effect and progress together.
"""

from wellserved.platform.jobs.context import LeaseLost, Run, Stopping
from wellserved.platform.jobs.queue import cancel, enqueue, retry
from wellserved.platform.jobs.registry import job
from wellserved.platform.jobs.timing import At

__all__ = ["At", "LeaseLost", "Run", "Stopping", "cancel", "enqueue", "job", "retry"]
