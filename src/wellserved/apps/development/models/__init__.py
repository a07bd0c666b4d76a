"""Records of this app; one module for each family."""

from wellserved.apps.development.models.behaviours import Behaviour
from wellserved.apps.development.models.briefings import Attendance, Briefing, Delivery, Session
from wellserved.apps.development.models.checks import Answer, Attempt, Check, Help, Question
from wellserved.apps.development.models.conflicts import ConflictCase, ConflictNote, ConflictParty
from wellserved.apps.development.models.decisions import Decision, DecisionOption
from wellserved.apps.development.models.guiding import (
    AgendaItem,
    Coaching,
    CoachingSession,
    Observation,
    OneToOne,
    Review,
    Task,
)
from wellserved.apps.development.models.learning import LearningPlan, Need
from wellserved.apps.development.models.meetings import Meeting, MeetingPerson, MeetingResult
from wellserved.apps.development.models.pulse import Pulse, PulseAction, PulseAnswerer, PulseTally
from wellserved.apps.development.models.recognition import Award, EventPlace, Recognition, Scheme, TeamEvent
from wellserved.apps.development.models.recorded import Contest, Viewing
from wellserved.apps.development.models.suggestions import Consultation, ConsultationView, Suggestion
from wellserved.apps.development.models.support import OpenDoor, SupportSlot
from wellserved.apps.development.models.training import Booking, Course, TrainingEvent
from wellserved.apps.development.models.week import Priority, Week

__all__ = [
    "AgendaItem",
    "Answer",
    "Attempt",
    "Attendance",
    "Award",
    "Behaviour",
    "Booking",
    "Briefing",
    "Check",
    "Coaching",
    "CoachingSession",
    "ConflictCase",
    "ConflictNote",
    "ConflictParty",
    "Consultation",
    "ConsultationView",
    "Contest",
    "Course",
    "Decision",
    "DecisionOption",
    "Delivery",
    "EventPlace",
    "Help",
    "LearningPlan",
    "Meeting",
    "MeetingPerson",
    "MeetingResult",
    "Need",
    "Observation",
    "OneToOne",
    "OpenDoor",
    "Priority",
    "Pulse",
    "PulseAction",
    "PulseAnswerer",
    "PulseTally",
    "Question",
    "Recognition",
    "Review",
    "Scheme",
    "Session",
    "Suggestion",
    "SupportSlot",
    "Task",
    "TeamEvent",
    "TrainingEvent",
    "Viewing",
    "Week",
]
