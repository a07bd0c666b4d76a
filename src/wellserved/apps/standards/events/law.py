"""What happens to rule packs and duties: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PackLoaded(events.Event):
    """A rule pack has a version more."""

    name: ClassVar[str] = "standards.pack_loaded"
    pack_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObligationSaved(events.Event):
    """A duty is new or changed."""

    name: ClassVar[str] = "standards.obligation_saved"
    obligation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObligationAttested(events.Event):
    """Somebody has said that she knows a duty."""

    name: ClassVar[str] = "standards.obligation_attested"
    obligation_id: int
    user_id: int
