"""Working time: calendars, deadlines, statutory dates and the replay of a ticket's clocks."""

from wellserved.science.calendars.calendar import WorkingCalendar
from wellserved.science.calendars.definition import Holiday, Opening
from wellserved.science.calendars.errors import CalendarError, NeverDue, ReplayError, Unreachable
from wellserved.science.calendars.explaining import Segment

__all__ = [
    "CalendarError",
    "Holiday",
    "NeverDue",
    "Opening",
    "ReplayError",
    "Segment",
    "Unreachable",
    "WorkingCalendar",
]
