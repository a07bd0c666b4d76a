"""What happens with the vision and its objectives, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VisionChanged(events.Event):
    """The vision has a new version; who acknowledged the one before has not acknowledged this."""

    name: ClassVar[str] = "standards.vision_changed"
    vision_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveSaved(events.Event):
    """An objective was set, changed or settled."""

    name: ClassVar[str] = "standards.objective_saved"
    objective_id: int
