"""A mapping laid over the columns of one table: where each part stands, worked out once for all rows."""

from collections.abc import Callable
from operator import itemgetter

from wellserved.science.formats.mapping import TIME_ROLES, Mapping
from wellserved.science.formats.moments import TimeReader

__all__ = ["Layout"]


class Layout:
    """Places of the roles, readers of the time columns, and the columns nobody claimed."""

    __slots__ = (
        "columns",
        "extra_names",
        "extras_of",
        "is_events",
        "mapping",
        "missing",
        "places",
        "readers",
        "when",
        "when_role",
        "width",
    )

    def __init__(self, mapping: Mapping, columns: tuple[str, ...]) -> None:
        self.mapping = mapping
        self.columns = columns
        self.width = len(columns)
        self.missing = frozenset(mapping.missing) | {""}
        self.places = {role: columns.index(name) for role, name in mapping.columns.items()}
        self.is_events = mapping.shape == "events"
        self.when_role = "time" if self.is_events else "opened"
        self.when = self.places[self.when_role]
        shared: dict[str, TimeReader] = {}
        self.readers = {
            role: shared.setdefault(
                mapping.time_format_of(role),
                TimeReader(time_format=mapping.time_format_of(role), timezone=mapping.timezone),
            )
            for role in TIME_ROLES
            if role in self.places
        }
        claimed = set(self.places.values())
        extras = tuple(place for place in range(self.width) if place not in claimed)
        self.extra_names = tuple(columns[place] for place in extras)
        self.extras_of = _picker(extras)

    def clean(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """Trim the cells and empty those that say nothing."""
        missing = self.missing
        return tuple("" if (text := value.strip()) in missing else text for value in values[: self.width])


def _picker(places: tuple[int, ...]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    if places:
        only = places[0]
        return lambda values: (values[only],)
    return lambda _values: ()
