"""Working time: calendars, deadlines, statutory dates and the replay of a ticket's clocks.

Nothing here reads a clock, a file or a setting: every instant is an argument. Durations are seconds, instants
aware datetimes, results in UTC.
"""

from wellserved.science.calendars.calendar import WorkingCalendar
from wellserved.science.calendars.definition import Holiday, Opening
from wellserved.science.calendars.errors import CalendarError, NeverDue, ReplayError, Unreachable
from wellserved.science.calendars.explaining import Segment
from wellserved.science.calendars.feeds import holiday_countries, holiday_dates, holidays_from_ical
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
from wellserved.science.calendars.rulepack_types import ClockRule, Element, LetterRule, RecordField, RulePack
from wellserved.science.calendars.rulepacks import PackError, build_pack, read_pack
from wellserved.science.calendars.statutory import (
    StatutoryRule,
    Unit,
    Wait,
    add_business_days,
    add_months,
    add_weeks,
    due_after_waits,
    is_business_day,
    months_after_receipt,
    roll_forward,
    rule_in_force,
    wall_hours,
    warning_days,
)

__all__ = [
    "CalendarError",
    "ClockRule",
    "ClockState",
    "Element",
    "EventKind",
    "Holiday",
    "LetterRule",
    "Metric",
    "NeverDue",
    "Opening",
    "PackError",
    "Pause",
    "Policy",
    "RecordField",
    "Replay",
    "ReplayError",
    "RulePack",
    "Seconds",
    "Segment",
    "StatutoryRule",
    "Target",
    "TicketEvent",
    "Unit",
    "Unreachable",
    "Wait",
    "Waiting",
    "Waits",
    "WorkingCalendar",
    "add_business_days",
    "add_months",
    "add_weeks",
    "build_pack",
    "due_after_waits",
    "explain",
    "holiday_countries",
    "holiday_dates",
    "holidays_from_ical",
    "is_business_day",
    "months_after_receipt",
    "read_pack",
    "replay",
    "roll_forward",
    "rule_in_force",
    "wall_hours",
    "warning_days",
]
