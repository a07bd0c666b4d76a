"""Who opened what is restricted about somebody: told here, and kept by whoever registered to keep it."""

import datetime as dt
from collections.abc import Callable, Collection

from wellserved.apps.accounts.types import Actor

# (kind, record, the person it is about)
Opened = tuple[str, int, int]
Keep = Callable[[Actor, Collection[Opened], dt.datetime], None]

registry: list[Keep] = []


def register(keep: Keep) -> None:
    """Let `keep(actor, opened, now)` hear of every reading."""
    registry.append(keep)


def tell(*, actor: Actor, opened: Collection[Opened], now: dt.datetime) -> None:
    """Say that the actor opened records about people; her own reading is no news to anybody."""
    for keep in registry:
        keep(actor, opened, now)
