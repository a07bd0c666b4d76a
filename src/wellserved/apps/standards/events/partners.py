"""What happens with service partners, in the past tense: ids only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSaved(events.Event):
    """What is known of a partner has changed."""

    name: ClassVar[str] = "standards.partner_saved"
    partner_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclared(events.Event):
    """Somebody has said whether she has an interest in a partner."""

    name: ClassVar[str] = "standards.interest_declared"
    partner_id: int
    declaration_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartnerReviewed(events.Event):
    """The work with a partner was reviewed under all seven headings."""

    name: ClassVar[str] = "standards.partner_reviewed"
    partner_id: int
    review_id: int
