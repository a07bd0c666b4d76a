"""What happens to referrals, in the past tense: ids and codes only."""

import dataclasses
from typing import ClassVar

from wellserved.platform import events


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _OfReferral(events.Event):
    ticket_id: int
    referral_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAsked(_OfReferral):
    """Somebody put a matter to a colleague with more authority or knowledge."""

    name: ClassVar[str] = "desk.referral_asked"
    kind: str
    asked_of_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAccepted(_OfReferral):
    """The colleague took responsibility for the answer."""

    name: ClassVar[str] = "desk.referral_accepted"


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPassedOn(_OfReferral):
    """The matter went to another colleague, with a reason."""

    name: ClassVar[str] = "desk.referral_passed_on"
    asked_of_id: int


@events.register
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswered(_OfReferral):
    """The matter was decided, advised on, returned or withdrawn."""

    name: ClassVar[str] = "desk.referral_answered"
    state: str
