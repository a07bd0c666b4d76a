"""The one task of the task library: whatever engine carries it, it runs a job by its registered name."""

from typing import Any

from django_tasks import task

from wellserved.platform.jobs import registry


@task()
def run_job(name: str, arguments: dict[str, Any]) -> None:
    """Run a short job; our own worker calls the function itself, under a lease."""
    registry.find(name).function(**arguments)
