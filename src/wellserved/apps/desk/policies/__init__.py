"""Who may do what at the desk; one module for each family of records."""

from wellserved.apps.desk.policies.tickets import (
    allowed_moves,
    priority_of,
    require_assign,
    require_competent,
    require_work,
    say_lacks,
    status_after,
)

__all__ = [
    "allowed_moves",
    "priority_of",
    "require_assign",
    "require_competent",
    "require_work",
    "say_lacks",
    "status_after",
]
