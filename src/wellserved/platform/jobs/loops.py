"""What the worker repeats: an app registers its loop in its `tasks.py`, so that nothing here imports an app."""

import dataclasses
import datetime as dt
from collections.abc import Callable

Step = Callable[[dt.datetime], object]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A step the worker repeats; when the step returns something true it is repeated at once."""

    name: str
    step: Step
    every_seconds: float


known: dict[str, Loop] = {}


def register(name: str, step: Step, every_seconds: float) -> None:
    """Let the worker call `step(now)` every so many seconds, in a thread of its own."""
    known[name] = Loop(name=name, step=step, every_seconds=every_seconds)
