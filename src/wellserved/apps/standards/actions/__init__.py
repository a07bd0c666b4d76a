"""Write what is promised; one module for each family of records."""

from wellserved.apps.standards.actions.clocks import (
    ALWAYS,
    create_default_standards,
    hold_calendar,
    reorder_policies,
    retire_policy,
    save_calendar,
    save_policy,
)

__all__ = [
    "ALWAYS",
    "create_default_standards",
    "hold_calendar",
    "reorder_policies",
    "retire_policy",
    "save_calendar",
    "save_policy",
]
