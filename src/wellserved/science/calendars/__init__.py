"""Working time: calendars, deadlines, statutory dates and the replay of a ticket's clocks.

Nothing here reads a clock, a file or a setting: every instant is an argument. Durations are seconds, instants
aware datetimes, results in UTC.
"""

from wellserved.science.calendars.calendar import WorkingCalendar
from wellserved.science.calendars.definition import Holiday, Opening
from wellserved.science.calendars.errors import CalendarError, NeverDue, ReplayError, Unreachable
from wellserved.science.calendars.explaining import Segment
from wellserved.science.calendars.feeds import holiday_dates, holidays_from_ical
from wellserved.science.calendars.instants import Pause, Seconds
from wellserved.science.calendars.replay import explain, replay
from wellserved.science.calendars.replay_types import (
    ClockState,
    EventKind,
    Metric,
    Policy,
    Replay,
    Target,
    TicketEvent,
    Waiting,
    Waits,
)
from wellserved.science.calendars.statutory import (
    RULES,
    StatutoryRule,
    Unit,
    add_business_days,
    add_months,
    add_weeks,
    is_business_day,
    months_after_receipt,
    roll_forward,
    rule_in_force,
    wall_hours,
)

__all__ = [
    "RULES",
    "CalendarError",
    "ClockState",
    "EventKind",
    "Holiday",
    "Metric",
    "NeverDue",
    "Opening",
    "Pause",
    "Policy",
    "Replay",
    "ReplayError",
    "Seconds",
    "Segment",
    "StatutoryRule",
    "Target",
    "TicketEvent",
    "Unit",
    "Unreachable",
    "Waiting",
    "Waits",
    "WorkingCalendar",
    "add_business_days",
    "add_months",
    "add_weeks",
    "explain",
    "holiday_dates",
    "holidays_from_ical",
    "is_business_day",
    "months_after_receipt",
    "replay",
    "roll_forward",
    "rule_in_force",
    "wall_hours",
]
