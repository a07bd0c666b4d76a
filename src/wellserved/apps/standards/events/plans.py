"""What happens to plans, resources and bids, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanSent(events.Event):
    """A plan was put to somebody with the authority to agree it."""

    name: ClassVar[str] = "standards.plan_sent"
    plan_id: int
    approval_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanAgreed(events.Event):
    """A plan is agreed and locked."""

    name: ClassVar[str] = "standards.plan_agreed"
    plan_id: int
    version_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvaluated(events.Event):
    """A plan was held against what happened."""

    name: ClassVar[str] = "standards.plan_evaluated"
    plan_id: int
    evaluation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResourceAllocated(events.Event):
    """Some of a resource went to a plan."""

    name: ClassVar[str] = "standards.resource_allocated"
    resource_id: int
    plan_id: int
    allocation_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BidSettled(events.Event):
    """A bid came to its end: granted, in part or refused."""

    name: ClassVar[str] = "standards.bid_settled"
    bid_id: int
    state: str
