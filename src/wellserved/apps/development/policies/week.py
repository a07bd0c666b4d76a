"""Who plans a week, and what a priority must say."""

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.policies.voice import require_belonging
from wellserved.apps.development.types import week as types
from wellserved.platform.errors import Conflict

PLAN = accounts.EDIT_PEOPLE


def require_plan(actor: Actor) -> int:
    """Return the person, or refuse whoever leads nobody."""
    accounts.check_can(actor, PLAN, "Only those who lead a team or the service plan their week here.")
    return require_belonging(actor)


def read_weights(value: int, urgency: int, hours: int) -> tuple[int, int, int]:
    """Return value, urgency and hours within their bounds."""
    return (
        rules.number(value, low=types.LOWEST, high=types.HIGHEST, field="value"),
        rules.number(urgency, low=types.LOWEST, high=types.HIGHEST, field="urgency"),
        rules.number(hours, low=1, high=types.MOST_HOURS, field="hours"),
    )


def require_room(held: int) -> None:
    """Refuse a week nobody could keep."""
    if held >= types.MOST_PRIORITIES:
        raise Conflict(
            f"A week holds {types.MOST_PRIORITIES} priorities. Drop one first.", code="week_full", field="words"
        )
