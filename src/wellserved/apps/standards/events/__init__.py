"""What the standards announce; one module for each family of records."""

from wellserved.apps.standards.events.clocks import (
    CalendarSaved,
    PoliciesReordered,
    PolicyRetired,
    PolicySaved,
)
from wellserved.apps.standards.events.commitments import (
    StandardAgreed,
    StandardLive,
    StandardRetired,
    StandardReviewed,
)
from wellserved.apps.standards.events.law import (
    ObligationAttested,
    ObligationSaved,
    PackLoaded,
)
from wellserved.apps.standards.events.offer import (
    ExpectationSaved,
    OfferChanged,
    OfferWithdrawn,
    PromisesPublished,
    PromisesWithdrawn,
    SegmentSaved,
)
from wellserved.apps.standards.events.partners import (
    InterestDeclared,
    PartnerReviewed,
    PartnerSaved,
)
from wellserved.apps.standards.events.plans import (
    BidSettled,
    PlanAgreed,
    PlanEvaluated,
    PlanSent,
    ResourceAllocated,
)
from wellserved.apps.standards.events.risks import (
    ActivationProposed,
    ContingencyActivated,
    ContingencyRecovered,
    ContingencyRehearsed,
    ContingencySaved,
    CourseProposed,
    CrisisDeclared,
    CrisisStoodDown,
    RiskClosed,
    RiskSaved,
    StatusPublished,
)
from wellserved.apps.standards.events.vision import (
    ObjectiveSaved,
    VisionChanged,
)

__all__ = [
    "ActivationProposed",
    "BidSettled",
    "CalendarSaved",
    "ContingencyActivated",
    "ContingencyRecovered",
    "ContingencyRehearsed",
    "ContingencySaved",
    "CourseProposed",
    "CrisisDeclared",
    "CrisisStoodDown",
    "ExpectationSaved",
    "InterestDeclared",
    "ObjectiveSaved",
    "ObligationAttested",
    "ObligationSaved",
    "OfferChanged",
    "OfferWithdrawn",
    "PackLoaded",
    "PartnerReviewed",
    "PartnerSaved",
    "PlanAgreed",
    "PlanEvaluated",
    "PlanSent",
    "PoliciesReordered",
    "PolicyRetired",
    "PolicySaved",
    "PromisesPublished",
    "PromisesWithdrawn",
    "ResourceAllocated",
    "RiskClosed",
    "RiskSaved",
    "SegmentSaved",
    "StandardAgreed",
    "StandardLive",
    "StandardRetired",
    "StandardReviewed",
    "StatusPublished",
    "VisionChanged",
]
