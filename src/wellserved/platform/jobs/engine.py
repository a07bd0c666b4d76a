"""Claim a due job, run it, and settle it so that its effect happens once."""

import datetime as dt
import logging
import threading
import traceback
from typing import Any

from django.db import IntegrityError, OperationalError, close_old_connections, connection, transaction
from django.db.models import F, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wellserved.platform import clock
from wellserved.platform.jobs import queue, registry
from wellserved.platform.jobs.context import LeaseLost, Run, Stopping
from wellserved.platform.models import JobRun

logger = logging.getLogger(__name__)
State = JobRun.State

MOST_DEATHS = 10
DEATHS_SENTENCE = f"The worker died {MOST_DEATHS} times while it ran this job. Retry it when the cause is mended."


def claim(*, now: dt.datetime, worker: str, stop: threading.Event, long: bool | None = None) -> Run | None:
    """Take the job due longest, or one whose worker's lease has lapsed; None when nothing is due.

    Looking takes no lock; taking is one update that names the token seen, so two workers never get the same run.
    """
    registry.load()
    due = Q(state=State.WAITING, run_after__lte=now) | Q(state=State.RUNNING, lease_until__lt=now)
    rows = JobRun.objects.filter(due, name__in=list(registry.known)).order_by("run_after", "pk")
    if long is not None:
        rows = rows.filter(is_long=long)
    for row in rows[:5]:
        if row.state == State.RUNNING and row.deaths + 1 >= MOST_DEATHS:
            _bury(row, now=now)
        elif taken := _take(row, now=now, worker=worker, stop=stop):
            return taken
    return None


def _take(row: JobRun, *, now: dt.datetime, worker: str, stop: threading.Event) -> Run | None:
    job = registry.known[row.name]
    try:
        with transaction.atomic():
            changed = JobRun.objects.filter(pk=row.pk, token=row.token, state=row.state).update(
                state=State.RUNNING,
                token=F("token") + 1,
                lease_until=now + job.lease,
                started_at=now,
                worker=worker,
                attempts=row.attempts + (row.state == State.WAITING),
                deaths=row.deaths + (row.state == State.RUNNING),
                lock_key=queue.lock_key(job, row.args, "running"),
            )
            if not changed:
                return None
            DBTaskResult.objects.filter(pk=row.task_id).update(
                status=TaskResultStatus.RUNNING, started_at=now, worker_ids=[worker]
            )
    except IntegrityError:
        # Another copy of this singleton is running: this one waits its turn.
        return None
    return Run(
        id=row.pk,
        task_id=row.task_id,
        name=row.name,
        args=row.args,
        token=row.token + 1,
        attempt=row.attempts + (row.state == State.WAITING),
        lease=job.lease,
        progress=dict(row.progress),
        stop=stop,
    )


@transaction.atomic
def _bury(row: JobRun, *, now: dt.datetime) -> None:
    changed = JobRun.objects.filter(pk=row.pk, token=row.token, state=State.RUNNING).update(
        state=State.FAILED,
        token=F("token") + 1,
        finished_at=now,
        deaths=F("deaths") + 1,
        last_error=DEATHS_SENTENCE,
        lock_key=None,
    )
    if changed:
        _tell_library(row.task_id, TaskResultStatus.FAILED, now=now, error=DEATHS_SENTENCE)


def execute(run: Run) -> None:
    """Run the claimed job to its end; whatever it raises is settled here."""
    job = registry.find(run.name)
    beat = Heartbeat(run)
    beat.start()
    try:
        if job.long:
            job.function(run, **run.args)
            with transaction.atomic():
                complete(run, now=clock.now())
        else:
            with transaction.atomic():
                job.function(**run.args)
                complete(run, now=clock.now())
    except LeaseLost:
        logger.warning("%s #%s lost its lease; another worker has it, nothing was written twice", run.name, run.id)
    except Stopping:
        release(run, now=clock.now())
    except Exception as error:  # noqa: BLE001 (any fault of a job is recorded on its row, not on the worker)
        settle_failure(run, job, error, now=clock.now())
    finally:
        beat.stop()


def complete(run: Run, *, now: dt.datetime) -> None:
    """Mark the run done; raises LeaseLost, undoing the transaction around it, when somebody else owns it."""
    if not run.owned().update(state=State.DONE, finished_at=now, lease_until=None, lock_key=None, last_error=""):
        raise LeaseLost(run.name)
    _tell_library(run.task_id, TaskResultStatus.SUCCESSFUL, now=now)


@transaction.atomic
def settle_failure(run: Run, job: registry.Job, error: Exception, *, now: dt.datetime) -> None:
    """Let the job wait for its next attempt, or fail it for a person to see."""
    text = "".join(traceback.format_exception(error))[-8000:]
    if run.attempt > job.retries:
        changed = run.owned().update(
            state=State.FAILED, finished_at=now, lease_until=None, lock_key=None, last_error=text
        )
        if changed:
            logger.error("%s #%s failed for good: %s", run.name, run.id, error)
            _tell_library(run.task_id, TaskResultStatus.FAILED, now=now, error=text, kind=type(error))
        return
    due = now + job.wait_before(run.attempt)
    if _back_to_queue(run, job, due=due, last_error=text):
        logger.warning("%s #%s failed (attempt %s), next at %s: %s", run.name, run.id, run.attempt, due, error)


@transaction.atomic
def release(run: Run, *, now: dt.datetime) -> None:
    """Give an unfinished job back without counting the attempt; its progress is kept."""
    _back_to_queue(run, registry.find(run.name), due=now, attempts=run.attempt - 1, token=F("token") + 1)


def _back_to_queue(run: Run, job: registry.Job, *, due: dt.datetime, **fields: Any) -> bool:
    changes = {"state": State.WAITING, "run_after": due, "lease_until": None, **fields}
    key = queue.lock_key(job, run.args, "waiting")
    try:
        with transaction.atomic():
            changed = run.owned().update(**changes, lock_key=key)
    except IntegrityError:
        # A newer copy of this singleton already waits and will do the same work.
        fields.pop("attempts", None)
        changes = {"state": State.CANCELLED, "finished_at": due, "lease_until": None, "lock_key": None, **fields}
        return bool(run.owned().update(**changes))
    if changed:
        DBTaskResult.objects.filter(pk=run.task_id).update(status=TaskResultStatus.READY, run_after=due)
    return bool(changed)


def _tell_library(
    task_id: Any, status: TaskResultStatus, *, now: dt.datetime, error: str = "", kind: type[Exception] | None = None
) -> None:
    DBTaskResult.objects.filter(pk=task_id).update(
        status=status,
        finished_at=now,
        traceback=error,
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}" if kind else "",
    )


class Heartbeat(threading.Thread):
    """Lengthens the lease while the job runs, in a connection of its own."""

    def __init__(self, run: Run) -> None:
        super().__init__(name=f"heartbeat-{run.id}", daemon=True)
        self.job_run = run
        self.over = threading.Event()

    def run(self) -> None:
        """Renew at a third of the lease until the job is over or the lease is lost."""
        try:
            while not self.over.wait(self.job_run.lease.total_seconds() / 3):
                close_old_connections()
                try:
                    self.job_run.renew()
                except OperationalError:
                    # The job itself holds the write lock, so nobody can take its row either.
                    logger.debug("heartbeat of %s had to wait", self.job_run.name)
        except LeaseLost:
            logger.warning("%s #%s is no longer ours", self.job_run.name, self.job_run.id)
        finally:
            connection.close()

    def stop(self) -> None:
        """End the thread; a renewal under way is harmless."""
        self.over.set()
