"""What queues ask for, and where nobody or too few can give it."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A skill a queue asks for, and at which level."""

    queue_id: int
    queue: str
    skill_id: int
    skill: str
    level: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A skill somebody would need for a queue and does not hold at the level asked; `held` is 0 once it is expired."""

    skill_id: int
    skill: str
    needed: int
    held: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueueCover:
    """How many of those who answer a queue hold a skill it asks for, against how many must.

    `held_back` counts the queue's open tickets that lie with somebody who does not.
    """

    asked: Asked
    able: tuple[str, ...]
    needed: int
    held_back: int

    @property
    def missing(self) -> int:
        """Return how many more are needed."""
        return max(0, self.needed - len(self.able))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FirstTime:
    """Of the solved tickets of some people how many took one reply."""

    people: int
    once: int
    total: int
