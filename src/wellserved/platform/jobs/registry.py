"""The jobs there are, by name."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.module_loading import autodiscover_modules

from wellserved.platform.errors import NotFound
from wellserved.platform.jobs.timing import At

F = TypeVar("F", bound=Callable[..., Any])

LONGEST_BACKOFF = dt.timedelta(hours=1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is known of a job before any of its runs."""

    name: str
    function: Callable[..., Any]
    retries: int
    backoff: dt.timedelta
    lease: dt.timedelta
    singleton: bool
    every: dt.timedelta | At | None
    long: bool

    def wait_before(self, attempt: int) -> dt.timedelta:
        """Return how long to rest after failed attempt number `attempt`: twice as long each time, an hour at most."""
        doubled: dt.timedelta = self.backoff * 2 ** min(attempt - 1, 20)
        return min(doubled, LONGEST_BACKOFF)


known: dict[str, Job] = {}


def job(
    *,
    name: str,
    retries: int = 3,
    backoff: dt.timedelta = dt.timedelta(seconds=10),
    lease: dt.timedelta = dt.timedelta(seconds=60),
    singleton: bool = False,
    every: dt.timedelta | At | None = None,
    long: bool = False,
) -> Callable[[F], F]:
    """Decorator: make a function of JSON arguments a job. The name is kept in rows and must never change.

    `singleton` lets one copy (same arguments) wait and one run. `every` puts it on the schedule. `long` runs it outside
    a transaction with a `Run` as its first argument; without it the function must be short and write once.
    """

    def register(function: F) -> F:
        known[name] = Job(
            name=name,
            function=function,
            retries=retries,
            backoff=backoff,
            lease=lease,
            singleton=singleton or every is not None,
            every=every,
            long=long,
        )
        return function

    return register


@functools.cache
def load() -> None:
    """Import the `tasks` module of every installed app, once."""
    autodiscover_modules("tasks")


def find(name: str) -> Job:
    """Return the job of this name."""
    load()
    if name not in known:
        raise NotFound(f"There is no job called {name}. Known jobs: {', '.join(sorted(known))}.", code="unknown_job")
    return known[name]
