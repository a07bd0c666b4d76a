"""What a running job holds: its lease, its token and its progress."""

import contextlib
import dataclasses
import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from wellserved.platform import clock
from wellserved.platform.models import JobRun


class LeaseLost(Exception):
    """Somebody else owns the job now: whatever this worker was about to commit is rolled back."""


class Stopping(Exception):
    """The worker is asked to stop: the job goes back to the queue with its progress."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One claimed run; a long job receives it as its first argument."""

    id: int
    task_id: Any
    name: str
    args: dict[str, Any]
    token: int
    attempt: int
    lease: dt.timedelta
    progress: dict[str, Any]
    stop: threading.Event

    def owned(self) -> Any:
        """Return the row, if this worker still owns it, as a query set to update."""
        return JobRun.objects.filter(pk=self.id, token=self.token, state=JobRun.State.RUNNING)

    def renew(self) -> None:
        """Lengthen the lease from now on."""
        if not self.owned().update(lease_until=clock.now() + self.lease):
            raise LeaseLost(self.name)

    @contextlib.contextmanager
    def checkpoint(self, **progress: Any) -> Iterator[None]:
        """Open a transaction that commits the writes inside it together with `progress`, or not at all.

        The row is taken at the start, so no rival can claim the job while the block writes. When the worker is asked
        to stop, the block is not entered.
        """
        if self.stop.is_set():
            raise Stopping(self.name)
        with transaction.atomic():
            self.renew()
            yield
            self.owned().update(progress={**self.progress, **progress})
        self.progress.update(progress)
