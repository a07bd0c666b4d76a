"""Enqueue repeated jobs when they are due."""

import datetime as dt

from django.db import transaction

from wellserved.platform.jobs import queue, registry
from wellserved.platform.jobs.timing import next_due
from wellserved.platform.models import Schedule


def tick(now: dt.datetime) -> int:
    """Enqueue every repeated job that is due, once each, and return how many; one read when nothing is due."""
    registry.load()
    rules = {job.name: job.every for job in registry.known.values() if job.every is not None}
    due_at = dict(Schedule.objects.filter(name__in=list(rules)).values_list("name", "next_due"))
    enqueued = 0
    for name, rule in rules.items():
        if name not in due_at:
            Schedule.objects.get_or_create(name=name, defaults={"next_due": next_due(rule, now=now)})
        elif due_at[name] <= now:
            with transaction.atomic():
                moved = Schedule.objects.filter(name=name, next_due=due_at[name]).update(
                    next_due=next_due(rule, now=now), last_enqueued_at=now
                )
                if moved:
                    queue.enqueue(name, now=now)
                    enqueued += 1
    return enqueued
