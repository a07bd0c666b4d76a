"""Who may change what is promised, and what may be promised; one module for each family of records."""

from wellserved.apps.standards.policies.clocks import (
    MAX_LEVELS,
    MAX_TARGET_SECONDS,
    REOPEN,
    TELL,
    read_conditions,
    read_escalation,
    read_targets,
    require_edit,
    require_read,
)

__all__ = [
    "MAX_LEVELS",
    "MAX_TARGET_SECONDS",
    "REOPEN",
    "TELL",
    "read_conditions",
    "read_escalation",
    "read_targets",
    "require_edit",
    "require_read",
]
