"""Put jobs into the queue, and take a person's decision about them."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.jobs import registry
from wellserved.platform.jobs.tasks import run_job
from wellserved.platform.models import JobRun

State = JobRun.State


def lock_key(job: registry.Job, args: dict[str, Any], phase: str) -> str | None:
    """Return the key only one copy of a singleton may hold in this phase, or None for other jobs."""
    if not job.singleton:
        return None
    digest = hashlib.sha256(json.dumps(args, sort_keys=True).encode()).hexdigest()[:16]
    return f"{phase}:{job.name}:{digest}"


def enqueue(
    name: str,
    *,
    now: dt.datetime | None = None,
    run_after: dt.datetime | None = None,
    priority: int = 0,
    **args: Any,
) -> JobRun:
    """Write the job as a row in the caller's transaction; it exists exactly if that transaction commits.

    A singleton that already waits is returned instead of a second one.
    """
    job = registry.find(name)
    now = now or clock.now()
    args = json.loads(json.dumps(args))
    key = lock_key(job, args, "waiting")
    if key and (waiting := JobRun.objects.filter(lock_key=key).first()):
        return waiting
    try:
        with transaction.atomic():
            return _write(job, args, key=key, now=now, run_after=run_after or now, priority=priority)
    except IntegrityError:
        if key is None:
            raise
        return JobRun.objects.get(lock_key=key)


def _write(
    job: registry.Job, args: dict[str, Any], *, key: str | None, now: dt.datetime, run_after: dt.datetime, priority: int
) -> JobRun:
    result = run_job.using(run_after=run_after, priority=priority).enqueue(job.name, args)
    return JobRun.objects.create(
        task_id=result.id,
        name=job.name,
        args=args,
        is_long=job.long,
        run_after=run_after,
        enqueued_at=now,
        lock_key=key,
    )


@transaction.atomic
def retry(*, run_id: int, now: dt.datetime) -> JobRun:
    """Let a failed or cancelled job wait again, with a fresh count of attempts; its progress is kept."""
    run = _lock(run_id)
    if run.state not in {State.FAILED, State.CANCELLED}:
        raise Conflict(f"{run} is {run.get_state_display().lower()}; only a failed or cancelled job can be retried.")
    run.lock_key = lock_key(registry.find(run.name), run.args, "waiting")
    if run.lock_key and JobRun.objects.filter(lock_key=run.lock_key).exists():
        raise Conflict(f"Another {run.name} with the same arguments already waits.")
    run.state, run.run_after, run.attempts, run.deaths, run.finished_at = State.WAITING, now, 0, 0, None
    run.save(update_fields=["state", "run_after", "attempts", "deaths", "finished_at", "lock_key"])
    DBTaskResult.objects.filter(pk=run.task_id).update(status=TaskResultStatus.READY, run_after=now, finished_at=None)
    return run


@transaction.atomic
def cancel(*, run_id: int, now: dt.datetime) -> JobRun:
    """Let a job never run; one that is running loses its token, so nothing more of it is written."""
    run = _lock(run_id)
    if run.state not in {State.WAITING, State.RUNNING}:
        raise Conflict(f"{run} is {run.get_state_display().lower()} and cannot be cancelled.")
    run.state, run.token, run.finished_at, run.lock_key = State.CANCELLED, run.token + 1, now, None
    run.last_error = "Cancelled by a person."
    run.save(update_fields=["state", "token", "finished_at", "lock_key", "last_error"])
    DBTaskResult.objects.filter(pk=run.task_id).update(
        status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="", traceback=run.last_error
    )
    return run


def _lock(run_id: int) -> JobRun:
    run = JobRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise NotFound(f"There is no job number {run_id}. See `wellserved jobs list`.")
    return run
