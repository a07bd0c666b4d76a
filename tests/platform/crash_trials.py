# ruff: noqa: E402 (Django is set up before its parts are imported)
"""Kill workers at random instants and count what is left: run as a program, prints JSON.

Each trial forks a worker, lets it live for a random moment and kills it with -9. After the trials one worker
finishes in peace. Effects are rows without any uniqueness of their own, so a doubled effect is seen.
"""

import argparse
import datetime as dt
import json
import os
import random
import signal
import time

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections

from wellserved.platform import clock
from wellserved.platform.jobs import queue, registry
from wellserved.platform.jobs.context import Run
from wellserved.platform.jobs.worker import Worker
from wellserved.platform.models import JobRun

LEASE = dt.timedelta(milliseconds=300)
STEPS = 5


def add_effect(job: str, step: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_effect (job, step) VALUES (%s, %s)", [job, step])


@registry.job(name="trial.short", lease=LEASE, retries=2, backoff=dt.timedelta(milliseconds=50))
def write_once(label: str) -> None:
    add_effect(label, 0)
    time.sleep(0.004)


@registry.job(name="trial.long", lease=LEASE, retries=2, backoff=dt.timedelta(milliseconds=50), long=True)
def write_steps(run: Run, label: str) -> None:
    for step in range(run.progress.get("done", 0), STEPS):
        with run.checkpoint(done=step + 1):
            add_effect(label, step)
        time.sleep(0.01)


def be_a_worker() -> None:
    Worker(poll=0.02, with_loops=False).run()
    os._exit(0)


def fork_worker() -> int:
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            be_a_worker()
        finally:
            os._exit(1)
    return pid


def unfinished() -> int:
    return JobRun.objects.exclude(state=JobRun.State.DONE).count()


def wait_for_work(before: int) -> None:
    """Return when the worker has begun, so that a slow start does not spare it the kill at work."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if unfinished() < before or JobRun.objects.filter(state=JobRun.State.RUNNING, lease_until__gt=clock.now()):
            return
        time.sleep(0.003)


def finish_in_peace(seconds: float) -> None:
    """Let one worker finish; a job whose killed worker's lease runs is waited for."""
    pid = fork_worker()
    deadline = time.monotonic() + seconds
    while unfinished() and time.monotonic() < deadline:
        time.sleep(0.1)
    connections.close_all()
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    for app in ("platform", "django_tasks_database"):
        call_command("migrate", app, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE trial_effect (job text NOT NULL, step integer NOT NULL)")
    wanted: list[tuple[str, int]] = []
    for trial in range(options.trials):
        for kind, steps in (("short", 1), ("short", 1), ("short", 1), ("long", STEPS)):
            label = f"{trial}-{kind}-{len(wanted)}"
            queue.enqueue(f"trial.{kind}", now=clock.now(), label=label)
            wanted += [(label, step) for step in range(steps)]
        before = unfinished()
        pid = fork_worker()
        wait_for_work(before)
        time.sleep(chance.uniform(0.0, 0.08))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    interrupted = JobRun.objects.filter(state=JobRun.State.RUNNING).count()
    finish_in_peace(10 + options.trials)
    with connection.cursor() as cursor:
        cursor.execute("SELECT job, step FROM trial_effect")
        found = sorted(map(tuple, cursor.fetchall()))
    print(
        json.dumps(
            {
                "trials": options.trials,
                "effects_wanted": len(wanted),
                "effects_found": len(found),
                "each_exactly_once": found == sorted(wanted),
                "unfinished": unfinished(),
                "interrupted_at_the_end": interrupted,
                "deaths": sum(JobRun.objects.values_list("deaths", flat=True)),
            }
        )
    )


if __name__ == "__main__":
    main()
