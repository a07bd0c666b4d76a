"""What the desk keeps, and what colleagues and partners add to it."""

from wellserved.apps.desk.models.clocks import Clock, Escalation, Promise, TicketEvent
from wellserved.apps.desk.models.competence import QueueSkill
from wellserved.apps.desk.models.complaints import (
    Complaint,
    ComplaintAlert,
    ComplaintClock,
    ComplaintLetter,
    ComplaintRemedy,
    ComplaintStage,
    ComplaintWait,
    OutsideCase,
)
from wellserved.apps.desk.models.identity import Merge
from wellserved.apps.desk.models.incidents import Affected, Incident
from wellserved.apps.desk.models.knowledge import (
    Attestation,
    Guideline,
    GuidelineUse,
    GuidelineVersion,
    ProcedureRun,
    ProcedureStep,
    ReplyTone,
)
from wellserved.apps.desk.models.records import (
    Customer,
    Draft,
    Message,
    Numbering,
    Organisation,
    Place,
    Presence,
    Product,
    Queue,
    Tag,
    Ticket,
    View,
)
from wellserved.apps.desk.models.referrals import Referral, ReferralPass
from wellserved.apps.desk.models.teamwork import Collaborator, Solution, SolutionRead
from wellserved.apps.desk.models.updates import ComfortCheck, Notice, NoticeCopy

__all__ = [
    "Affected",
    "Attestation",
    "Clock",
    "Collaborator",
    "ComfortCheck",
    "Complaint",
    "ComplaintAlert",
    "ComplaintClock",
    "ComplaintLetter",
    "ComplaintRemedy",
    "ComplaintStage",
    "ComplaintWait",
    "Customer",
    "Draft",
    "Escalation",
    "Guideline",
    "GuidelineUse",
    "GuidelineVersion",
    "Incident",
    "Merge",
    "Message",
    "Notice",
    "NoticeCopy",
    "Numbering",
    "Organisation",
    "OutsideCase",
    "Place",
    "Presence",
    "ProcedureRun",
    "ProcedureStep",
    "Product",
    "Promise",
    "Queue",
    "QueueSkill",
    "Referral",
    "ReferralPass",
    "ReplyTone",
    "Solution",
    "SolutionRead",
    "Tag",
    "Ticket",
    "TicketEvent",
    "View",
]
