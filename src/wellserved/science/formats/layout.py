"""A mapping laid over the columns of one table: where each part stands, worked out once for all rows."""

from collections.abc import Callable
from operator import itemgetter
from typing import Final

from wellserved.science.formats.mapping import TIME_ROLES, Mapping
from wellserved.science.formats.moments import TimeReader

__all__ = ["Layout"]

LONGEST_SHARED: Final = 64
MOST_SHARED: Final = 200_000


class Layout:
    """Places of the roles, readers of the time columns, and the columns nobody claimed."""

    __slots__ = (
        "_cleaned",
        "columns",
        "extra_names",
        "extras_of",
        "is_events",
        "mapping",
        "missing",
        "places",
        "reader",
        "readers",
        "when",
        "when_at",
        "when_role",
        "width",
    )

    def __init__(self, mapping: Mapping, columns: tuple[str, ...]) -> None:
        self.mapping = mapping
        self.columns = columns
        self.width = len(columns)
        self._cleaned: dict[str, str] = {}
        self.missing = frozenset(mapping.missing) | {""}
        self.places = {role: columns.index(name) for role, name in mapping.columns.items()}
        self.is_events = mapping.shape == "events"
        self.when_role = "time" if self.is_events else "opened"
        self.when = self.places[self.when_role]
        self.when_at = self.places.get("time_of_day")
        shared: dict[str, TimeReader] = {}
        self.readers: dict[str, TimeReader] = {
            role: shared.setdefault(
                mapping.time_format_of(role),
                TimeReader(time_format=mapping.time_format_of(role), timezone=mapping.timezone),
            )
            for role in TIME_ROLES
            if role in self.places
        }
        self.reader = self.readers[self.when_role]
        claimed = set(self.places.values())
        extras = tuple(place for place in range(self.width) if place not in claimed)
        self.extra_names = tuple(columns[place] for place in extras)
        self.extras_of = _picker(extras)

    def clean(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """Trim the cells and empty those that say nothing; the same text is kept once."""
        values = values[: self.width]
        cells = list(map(self._cleaned.get, values))
        if None in cells:
            pairs = zip(values, cells, strict=True)
            return tuple(self._clean(value) if cell is None else cell for value, cell in pairs)
        return tuple(cells)  # type: ignore[arg-type]  # none of them is None

    def _clean(self, value: str) -> str:
        cell = value.strip()
        if cell in self.missing:
            cell = ""
        if len(value) <= LONGEST_SHARED and len(self._cleaned) < MOST_SHARED:
            self._cleaned[value] = cell
        return cell


def _picker(places: tuple[int, ...]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    if places:
        only = places[0]
        return lambda values: (values[only],)
    return lambda _values: ()
