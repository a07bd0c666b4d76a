"""Who may do what to a ticket: pure, and saying who may when the answer is no."""

from collections.abc import Sequence

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types import MOVES, PRIORITY_MATRIX, Level, Move, Priority, Status
from wellserved.apps.desk.types.competence import Lack
from wellserved.platform.errors import Conflict, Invalid, Refused


def allowed_moves(status: str) -> tuple[Move, ...]:
    """Return the moves open to a ticket of this status, in the order of the table.

    >>> allowed_moves("resolved") == (Move.REOPEN, Move.CLOSE)
    True
    """
    return tuple(move for move, (sources, _) in MOVES.items() if status in sources)


def status_after(*, status: str, move: str) -> Status:
    """Return where a move leads, or refuse it naming the moves that are open."""
    if move not in Move.values:
        raise Invalid(
            f"There is no move called “{move[:40]}”; use one of {', '.join(Move.values)}.", code="unknown_move"
        )
    sources, target = MOVES[Move(move)]
    if status in sources:
        return target
    allowed = allowed_moves(status)
    raise Conflict(
        f"A ticket that is {Status(status).label.lower()} cannot take the move “{Move(move).label}”. "
        f"It can: {', '.join(m.label for m in allowed)}.",
        code="move_not_allowed",
        status=status,
        move=move,
        allowed=[m.value for m in allowed],
    )


def priority_of(*, impact: str, urgency: str) -> Priority:
    """Return the priority the matrix gives.

    >>> priority_of(impact="high", urgency="low")
    Priority.NORMAL
    """
    for name, given in (("impact", impact), ("urgency", urgency)):
        if given not in Level.values:
            raise Invalid(f"The {name} is {', '.join(Level.values)}, not {given}.", code=f"unknown_{name}")
    return PRIORITY_MATRIX[Level(impact), Level(urgency)]


def require_work(actor: Actor) -> None:
    """Let only those act on tickets whose role is to answer them."""
    if not actor.can(accounts_policies.WORK_TICKETS):
        raise Refused(
            "Your role reads tickets but does not change them; an agent, team leader or manager does.",
            code="may_not_work_tickets",
        )


def require_assign(actor: Actor, *, assignee_id: int | None, current_id: int | None) -> None:
    """Let anyone who works tickets take an unassigned one or give up her own; a leader gives work to others."""
    require_work(actor)
    takes_free_one = current_id is None and assignee_id == actor.user_id
    gives_up_own = current_id == actor.user_id and assignee_id is None
    if takes_free_one or gives_up_own or actor.can(accounts_policies.ASSIGN_TICKETS):
        return
    raise Refused(
        "You may take an unassigned ticket or give back your own; a team leader or manager assigns others.",
        code="may_not_assign",
    )


def require_competent(actor: Actor, *, name: str, lacks: Sequence[Lack], able: Sequence[str], reason: str) -> None:
    """Refuse to give a ticket to somebody without what its queue asks for; a leader may with a reason."""
    if not lacks or (reason.strip() and actor.can(accounts_policies.ASSIGN_TICKETS)):
        return
    who = f"{', '.join(able[:5])} may take it" if able else "nobody here holds it now"
    way = (
        "say why, and it goes to her all the same"
        if actor.can(accounts_policies.ASSIGN_TICKETS)
        else "a team leader may give it to her all the same, with a reason"
    )
    raise Refused(
        f"This queue asks for {say_lacks(lacks)}, which {name} does not hold today. {who[0].upper()}{who[1:]}; {way}.",
        code="skill_missing",
        lacks=[lack.skill for lack in lacks],
        able=list(able),
    )


def say_lacks(lacks: Sequence[Lack]) -> str:
    """Return what is missing, in words.

    >>> say_lacks([Lack(skill_id=1, skill="Refunds", needed=3, held=0)])
    'Refunds at level 3'
    """
    return " and ".join(f"{lack.skill} at level {lack.needed}" for lack in lacks)
