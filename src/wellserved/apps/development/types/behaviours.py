"""Behaviours as they cross borders."""

import dataclasses

BEHAVIOUR = "development.behaviour"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourRow:
    """What a value looks like on a working day, and the quality item that asks for it."""

    id: int
    value: str
    sentence: str
    quality_item: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ValueTrend:
    """How often a value was seen lived, month by month, oldest first, with what it looks like."""

    value: str
    meaning: str
    behaviours: tuple[BehaviourRow, ...]
    months: tuple[int, ...]

    @property
    def seen(self) -> int:
        """Return how often in all these months."""
        return sum(self.months)
