"""The door through which an app below the ledger writes history.

The ledger refers to people, so `accounts` stands below it and may not import it. The ledger leaves its `record` here
when Django starts; `record` here has the same signature and refuses to run unrecorded.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from wellserved.platform.events import Event


class Recorder(Protocol):
    """The signature of `ledger.actions.record`."""

    def __call__(
        self,
        *,
        actor: Any,
        action: str,
        subject: tuple[str, int],
        now: dt.datetime,
        changes: Mapping[str, tuple[Any, Any]] | None = None,
        reason: str = "",
        event: Event | None = None,
        origin: str | None = None,
    ) -> Any:
        """Write one act."""


_installed: list[Recorder] = []


def install(recorder: Recorder) -> None:
    """Make `recorder` the one that writes; the last to come stays."""
    _installed[:] = [recorder]


def record(
    *,
    actor: Any,
    action: str,
    subject: tuple[str, int],
    now: dt.datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
    event: Event | None = None,
    origin: str | None = None,
) -> None:
    """Write who did what to which record, when and why; call inside the action's transaction."""
    if not _installed:
        raise RuntimeError("No ledger is installed: add wellserved.apps.ledger to INSTALLED_APPS.")
    _installed[0](
        actor=actor,
        action=action,
        subject=subject,
        now=now,
        changes=changes,
        reason=reason,
        event=event,
        origin=origin,
    )
