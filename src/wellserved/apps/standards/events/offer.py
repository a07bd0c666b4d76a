"""What happens with segments, expectations and the offer, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSaved(events.Event):
    """A segment was described, or its rule changed."""

    name: ClassVar[str] = "standards.segment_saved"
    segment_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationSaved(events.Event):
    """An expectation was written down, changed or reviewed."""

    name: ClassVar[str] = "standards.expectation_saved"
    expectation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfferChanged(events.Event):
    """The offer has a new version, of which the roles it names are to be told."""

    name: ClassVar[str] = "standards.offer_changed"
    service_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(events.Event):
    """A service is no longer offered."""

    name: ClassVar[str] = "standards.offer_withdrawn"
    service_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromisesPublished(events.Event):
    """Anybody may read the promises now."""

    name: ClassVar[str] = "standards.promises_published"
    page_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromisesWithdrawn(events.Event):
    """The page of promises is no longer public."""

    name: ClassVar[str] = "standards.promises_withdrawn"
    page_id: int
