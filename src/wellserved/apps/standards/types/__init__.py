"""What the standards hand to the apps above; one module for each family of records."""

from wellserved.apps.standards.types.clocks import (
    CONDITION_FIELDS,
    HOW,
    METRIC_LABELS,
    OUTCOME,
    REPLY_METRICS,
    TELL_LABELS,
    CalendarRow,
    CalendarVersion,
    Match,
    PolicyPage,
    PolicyRow,
    PolicyVersion,
    Step,
    TicketFacts,
    Trial,
)

__all__ = [
    "CONDITION_FIELDS",
    "HOW",
    "METRIC_LABELS",
    "OUTCOME",
    "REPLY_METRICS",
    "TELL_LABELS",
    "CalendarRow",
    "CalendarVersion",
    "Match",
    "PolicyPage",
    "PolicyRow",
    "PolicyVersion",
    "Step",
    "TicketFacts",
    "Trial",
]
