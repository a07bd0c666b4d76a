"""What the desk adds to a skill's own record: the queues it serves, and what would break without it."""

from wellserved.apps.accounts.policies import EDIT_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import wording
from wellserved.apps.desk.queries import competence
from wellserved.apps.thread import panels
from wellserved.apps.thread.types import Panel
from wellserved.platform import clock


def register() -> None:
    """Make the panel known; called once when Django starts."""
    panels.register("people.skill", "queues", _queues)


def _queues(actor: Actor, skill_id: int) -> Panel:
    rows = competence.cover(actor=actor, on=clock.day_of(clock.now()), skill_id=skill_id)
    return Panel(
        title="Queues it serves",
        template="desk/_skill_queues.html",
        context={
            "rows": [(row, wording.say_break(row)) for row in rows],
            "may_edit": actor.can(EDIT_STANDARDS),
        },
    )
