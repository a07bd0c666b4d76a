"""What can be asked of complaints; one module for each part of their pages."""

from wellserved.apps.desk.queries.complaints.attention import attention
from wellserved.apps.desk.queries.complaints.drafting import letter_draft
from wellserved.apps.desk.queries.complaints.people import handlers, reviewers
from wellserved.apps.desk.queries.complaints.period import period
from wellserved.apps.desk.queries.complaints.record import complained_at, complaint, complaint_of_ticket, said
from wellserved.apps.desk.queries.complaints.register import complaints, export, figures

__all__ = [
    "attention",
    "complained_at",
    "complaint",
    "complaint_of_ticket",
    "complaints",
    "export",
    "figures",
    "handlers",
    "letter_draft",
    "period",
    "reviewers",
    "said",
]
