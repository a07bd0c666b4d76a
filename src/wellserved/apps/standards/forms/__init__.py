"""Forms of the standards' pages; one module for each family of records."""

from wellserved.apps.standards.forms.clocks import (
    WEEKDAYS,
    CalendarForm,
    calendar_initial,
    read_country,
    read_ical,
    read_moment,
    write_holidays,
)
from wellserved.apps.standards.forms.durations import UNITS, read_duration, write_duration
from wellserved.apps.standards.forms.promises import (
    AGREEMENTS,
    HOW,
    MOST_STEPS,
    MOST_TARGETS,
    PRIORITIES,
    WAITING,
    PolicyForm,
    new_policy_initial,
    policy_initial,
)

__all__ = [
    "AGREEMENTS",
    "HOW",
    "MOST_STEPS",
    "MOST_TARGETS",
    "PRIORITIES",
    "UNITS",
    "WAITING",
    "WEEKDAYS",
    "CalendarForm",
    "PolicyForm",
    "calendar_initial",
    "new_policy_initial",
    "policy_initial",
    "read_country",
    "read_duration",
    "read_ical",
    "read_moment",
    "write_duration",
    "write_holidays",
]
