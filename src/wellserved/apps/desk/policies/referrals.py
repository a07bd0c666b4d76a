"""Who may do what with a referral: pure, and saying who may when the answer is no."""

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.platform.errors import Refused


def require_asked(actor: Actor, *, asked_of_id: int) -> None:
    """Let only whoever was asked answer."""
    if actor.user_id != asked_of_id:
        raise Refused(
            "This was put to a colleague. She answers it, or passes it on to you with a reason.", code="not_asked"
        )


def require_not_own(actor: Actor, *, asked_by_id: int) -> None:
    """Let nobody decide what she asked for."""
    if actor.person_id == asked_by_id:
        raise Refused("Nobody decides her own request. Put it to a colleague.", code="self_approval")


def require_asker(actor: Actor, *, asked_by_id: int) -> None:
    """Let only whoever asked take it back."""
    if actor.user_id != asked_by_id:
        raise Refused("Whoever asked withdraws it; you may give it back with a reason.", code="not_asker")


def require_may_pass(actor: Actor, *, asked_of_id: int, asked_by_id: int) -> None:
    """Let whoever was asked pass it on, and a leader take over what lies too long; never the asker herself."""
    if actor.user_id == asked_of_id:
        return
    if actor.user_id != asked_by_id and actor.can(accounts_policies.ASSIGN_TICKETS):
        return
    raise Refused("Whoever was asked passes it on; a team leader or manager may take it over.", code="may_not_pass_on")
