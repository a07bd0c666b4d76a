"""Who puts a decision down, who takes it, and what it must say."""

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models import Decision
from wellserved.apps.development.queries import decisions as queries
from wellserved.platform.errors import NotFound, Refused

MAY_OPEN = (accounts.EDIT_PEOPLE, accounts.DECIDE)


def may_open(actor: Actor) -> bool:
    """Return whether this person puts decisions down: whoever leads, and whoever approves."""
    return any(actor.can(each) for each in MAY_OPEN)


def require_open(actor: Actor) -> None:
    """Refuse whoever neither leads nor approves."""
    if not may_open(actor):
        raise Refused("Only those who lead or approve put down what is to be decided.", code="not_a_decider")


def require_decider(actor: Actor, user_id: int) -> None:
    """Refuse, as absent, somebody who does not decide in this world. One query."""
    if user_id not in {pk for pk, _ in queries.deciders(actor=actor)}:
        raise NotFound("There is no such colleague who decides here.", code="decider_not_found")


def require_hers(actor: Actor, row: Decision) -> None:
    """Refuse whoever is neither to decide it nor put it down."""
    if actor.user_id is None or actor.user_id not in {row.decider_id, row.opened_by_id}:
        raise Refused("Only whoever put it down or decides it changes it.", code="not_her_decision")


def require_deciding(actor: Actor, row: Decision) -> None:
    """Refuse everybody but whoever decides."""
    if actor.user_id is None or actor.user_id != row.decider_id:
        raise Refused("Only whoever is named to decide this does so.", code="not_the_decider")
