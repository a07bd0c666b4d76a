"""What is promised: calendars and policies of targets; one module for each family of records."""

from wellserved.apps.standards.models.clocks import (
    Calendar,
    CalendarVersion,
    Policy,
    PolicyVersion,
)
from wellserved.apps.standards.models.commitments import (
    Reading,
    Standard,
    StandardVersion,
)
from wellserved.apps.standards.models.crises import (
    Crisis,
    CrisisEntry,
)
from wellserved.apps.standards.models.law import (
    DutyAttestation,
    Obligation,
    RulePack,
    RulePackVersion,
)
from wellserved.apps.standards.models.offer import (
    Expectation,
    PromisePage,
    Segment,
    Service,
    ServiceVersion,
)
from wellserved.apps.standards.models.partners import (
    Declaration,
    Partner,
    PartnerReview,
)
from wellserved.apps.standards.models.plans import (
    Evaluation,
    Mark,
    Plan,
    PlanVersion,
    Spending,
    Target,
)
from wellserved.apps.standards.models.resources import (
    Allocation,
    Bid,
    Price,
    Resource,
)
from wellserved.apps.standards.models.risks import (
    Activation,
    Contingency,
    ContingencyVersion,
    Rehearsal,
    Risk,
)
from wellserved.apps.standards.models.vision import (
    Objective,
    Vision,
    VisionVersion,
)

__all__ = [
    "Activation",
    "Allocation",
    "Bid",
    "Calendar",
    "CalendarVersion",
    "Contingency",
    "ContingencyVersion",
    "Crisis",
    "CrisisEntry",
    "Declaration",
    "DutyAttestation",
    "Evaluation",
    "Expectation",
    "Mark",
    "Objective",
    "Obligation",
    "Partner",
    "PartnerReview",
    "Plan",
    "PlanVersion",
    "Policy",
    "PolicyVersion",
    "Price",
    "PromisePage",
    "Reading",
    "Rehearsal",
    "Resource",
    "Risk",
    "RulePack",
    "RulePackVersion",
    "Segment",
    "Service",
    "ServiceVersion",
    "Spending",
    "Standard",
    "StandardVersion",
    "Target",
    "Vision",
    "VisionVersion",
]
