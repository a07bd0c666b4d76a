"""What happens with incidents found before customers asked, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFound(events.Event):
    """An incident is known, with the customers it affects."""

    name: ClassVar[str] = "desk.incident_found"
    incident_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentNoticed(events.Event):
    """A notice is on its way to the affected customers."""

    name: ClassVar[str] = "desk.incident_noticed"
    incident_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFixed(events.Event):
    """What went wrong is mended."""

    name: ClassVar[str] = "desk.incident_fixed"
    incident_id: int
