"""Who may do what to a complaint: pure, and saying who may when the answer is no."""

from collections.abc import Collection

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types.complaints import STAGE_MOVES, Stage
from wellserved.platform.errors import Conflict, Invalid, Refused


def require_work(actor: Actor, *, handler_id: int | None, reviewer_id: int | None) -> None:
    """Let a complaint be worked by those who handle complaints, and by its own handler and reviewer."""
    if not scope.works_complaint(actor=actor, handler_id=handler_id, reviewer_id=reviewer_id):
        raise Refused(
            "This complaint is handled by somebody else; its handler, a team leader or a manager can do this.",
            code="may_not_work_complaint",
        )


def require_assign(actor: Actor) -> None:
    """Let team leaders and managers say who handles and who reviews."""
    accounts.check_can(
        actor, accounts.WORK_COMPLAINTS, "A team leader or a manager says who handles and who reviews a complaint."
    )


def require_independent(*, reviewer_id: int, handler_id: int | None, acted: Collection[int]) -> None:
    """Refuse a reviewer who has had any part in what is complained of or in an earlier stage."""
    if reviewer_id == handler_id or reviewer_id in acted:
        raise Refused(
            "A reviewer is independent: this colleague has already acted on the ticket or the complaint. Choose "
            "somebody who has not.",
            code="reviewer_not_independent",
        )


def require_reviewer(actor: Actor, *, stage: str, reviewer_id: int | None) -> None:
    """Let only the independent reviewer decide while a complaint is reviewed."""
    if stage == Stage.REVIEW and not actor.automatic and actor.user_id != reviewer_id:
        raise Refused("While it is reviewed, only the independent reviewer decides.", code="not_the_reviewer")


def stage_after(*, stage: str, to: str) -> Stage:
    """Return where a move by hand leads, or refuse it naming those that are open."""
    if to not in Stage.values:
        raise Invalid(f"There is no stage {to[:40]!r}; use one of {', '.join(Stage.values)}.", code="unknown_stage")
    allowed = STAGE_MOVES.get(Stage(stage), ())
    if to not in allowed:
        words = ", ".join(str(move.label) for move in allowed) or "nothing by hand: a letter or a decision moves it"
        raise Conflict(
            f"A complaint at “{Stage(stage).label}” cannot go to “{Stage(to).label}”. It can go to: {words}.",
            code="stage_not_allowed",
            stage=stage,
            allowed=[move.value for move in allowed],
        )
    return Stage(to)
