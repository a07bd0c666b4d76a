"""What is known of time kept free for colleagues."""

import dataclasses
import datetime as dt

MATTERS = {"work": "A ticket", "skill": "How to do something", "team": "Working together", "other": "Something else"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """A slot; guest and subject show to host and guest alone, others see that it is taken."""

    id: int
    host_id: int
    host: str
    starts_at: dt.datetime
    minutes: int
    place: str
    is_taken: bool
    guest: str
    about: str
    is_own: bool
    is_mine: bool
    held_minutes: int | None
    is_over: bool
    version: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """What was offered and held in a month, in minutes, and the open door beside it."""

    month: dt.date
    offered: int
    offered_minutes: int
    booked: int
    held: int
    held_minutes: int
    door: int
    door_minutes: int
    matters: tuple[tuple[str, int], ...]
