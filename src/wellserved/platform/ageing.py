"""Forget finished plumbing: jobs done, keys of old requests."""

import datetime as dt
import uuid

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from wellserved.platform.manners import short_writes
from wellserved.platform.models import IdempotencyKey, JobRun

KEEP_DONE = dt.timedelta(days=7)
KEEP_FAILED = dt.timedelta(days=90)
KEEP_KEYS = dt.timedelta(days=2)


def forget_finished(*, now: dt.datetime) -> dict[str, int]:
    """Delete jobs done a week ago, failed or cancelled ones after 90 days, request keys after two; return counts."""
    state = JobRun.State
    old = Q(state=state.DONE, finished_at__lt=now - KEEP_DONE) | Q(
        state__in=[state.FAILED, state.CANCELLED], finished_at__lt=now - KEEP_FAILED
    )
    runs = JobRun.objects.filter(old).values_list("pk", "task_id")
    keys = IdempotencyKey.objects.filter(created_at__lt=now - KEEP_KEYS).values_list("pk", flat=True)
    return {"jobs": short_writes(list(runs), _delete_runs), "request keys": short_writes(list(keys), _delete_keys)}


def _delete_runs(chunk: list[tuple[int, uuid.UUID]]) -> None:
    DBTaskResult.objects.filter(pk__in=[task_id for _, task_id in chunk]).delete()
    JobRun.objects.filter(pk__in=[pk for pk, _ in chunk]).delete()


def _delete_keys(chunk: list[int]) -> None:
    IdempotencyKey.objects.filter(pk__in=chunk).delete()
