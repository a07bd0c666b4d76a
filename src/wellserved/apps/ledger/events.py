"""What the ledger announces."""

import dataclasses
from typing import ClassVar

from wellserved.platform.events import Event, register


@register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRequested(Event):
    """Somebody asked for approval."""

    name: ClassVar[str] = "ledger.approval_requested"
    approval_id: int
    purpose: str


@register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalSettled(Event):
    """An approval reached its end: approved, refused, withdrawn or expired."""

    name: ClassVar[str] = "ledger.approval_settled"
    approval_id: int
    purpose: str
    state: str


@register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned(Event):
    """A comment called somebody."""

    name: ClassVar[str] = "ledger.mentioned"
    comment_id: int
    user_ids: tuple[int, ...]
