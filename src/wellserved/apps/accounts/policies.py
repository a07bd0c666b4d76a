"""Who may do what: the capabilities of each role, and who may give which role to whom."""

from wellserved.apps.accounts.capabilities import (
    ANSWER_STAFF,
    ASSIGN_TICKETS,
    BRIEF,
    CAPABILITIES,
    DECIDE,
    EDIT_AUTHORITY,
    EDIT_CUSTOMERS,
    EDIT_KNOWLEDGE,
    EDIT_PEOPLE,
    EDIT_PLANS,
    EDIT_STANDARDS,
    ERASE_LEDGER,
    IMPORT,
    READ_COMPLAINTS,
    READ_CUSTOMERS,
    READ_KNOWLEDGE,
    READ_LEDGER,
    READ_PEOPLE,
    READ_PLANS,
    READ_STANDARDS,
    READ_TICKETS,
    READ_TODAY,
    RUN_CRISIS,
    SEES_ALL_TEAMS,
    SETTINGS,
    USE_API,
    USE_PORTAL,
    WORK_COMPLAINTS,
    WORK_TICKETS,
)
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.platform.errors import Refused

__all__ = [
    "ANSWER_STAFF",
    "ASSIGN_TICKETS",
    "BRIEF",
    "CAPABILITIES",
    "DECIDE",
    "EDIT_AUTHORITY",
    "EDIT_CUSTOMERS",
    "EDIT_KNOWLEDGE",
    "EDIT_PEOPLE",
    "EDIT_PLANS",
    "EDIT_STANDARDS",
    "ERASE_LEDGER",
    "IMPORT",
    "READ_COMPLAINTS",
    "READ_CUSTOMERS",
    "READ_KNOWLEDGE",
    "READ_LEDGER",
    "READ_PEOPLE",
    "READ_PLANS",
    "READ_STANDARDS",
    "READ_TICKETS",
    "READ_TODAY",
    "RUN_CRISIS",
    "SEES_ALL_TEAMS",
    "SETTINGS",
    "USE_API",
    "USE_PORTAL",
    "WORK_COMPLAINTS",
    "WORK_TICKETS",
    "check_can",
    "check_may_manage",
    "grantable_roles",
]


def grantable_roles(actor: Actor) -> tuple[str, ...]:
    """Return the staff roles this actor may give: none that can do or see more than she can herself.

    >>> from wellserved.platform.origin import World
    >>> lena = Actor(user_id=1, role=Role.TEAM_LEADER, name="Lena", team_ids=frozenset(), world=World.REAL,
    ...              sees_all_teams=False, capabilities=CAPABILITIES[Role.TEAM_LEADER])
    >>> grantable_roles(lena)
    ('agent', 'team_leader')
    """
    if not actor.can(EDIT_PEOPLE):
        return ()
    return tuple(
        role
        for role in Role.values
        if role in STAFF_ROLES
        and CAPABILITIES[role] <= actor.capabilities
        and (actor.sees_all_teams or role not in SEES_ALL_TEAMS)
    )


def check_can(actor: Actor, capability: str, sentence: str) -> None:
    """Refuse an actor whose role lacks the capability."""
    if not actor.can(capability):
        raise Refused(sentence)


def check_may_manage(actor: Actor, *, user_id: int, role: str) -> None:
    """Refuse to change oneself, or somebody whose role stands above the actor's own."""
    check_can(actor, EDIT_PEOPLE, "Only team leaders, managers and administrators change who works here.")
    if user_id == actor.user_id:
        raise Refused("Nobody changes her own place. Ask a colleague with the same rights.", code="own_account")
    if role not in grantable_roles(actor):
        raise Refused(
            "This colleague's role stands above yours. An administrator can make the change.", code="above_own_role"
        )
