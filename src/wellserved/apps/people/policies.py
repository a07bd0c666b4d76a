"""Who may change what the service knows of a colleague."""

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.platform.errors import Refused

ONLY_LEADERS_CHOOSE = "Only team leaders, managers and administrators choose who gets a role."


def check_may_edit(actor: Actor, person: Person) -> None:
    """Refuse those who neither lead this colleague nor manage the service."""
    accounts.check_can(
        actor, accounts.EDIT_PEOPLE, "Only team leaders, managers and administrators change a colleague's profile."
    )
    if person.id != actor.user_id and person.role not in accounts.grantable_roles(actor):
        raise Refused("This colleague's role stands above yours. An administrator can make the change.")


def check_may_set_availability(actor: Actor, person: Person) -> None:
    """Refuse to say of a colleague whether she is there, unless she is oneself or somebody one leads."""
    if person.id != actor.user_id:
        check_may_edit(actor, person)


def check_may_set_limits(actor: Actor, *, user_id: int | None, role: str) -> None:
    """Refuse to change limits without the right, or to raise one's own."""
    accounts.check_can(actor, accounts.EDIT_AUTHORITY, "Only managers and administrators set limits of authority.")
    if actor.automatic:
        return
    if user_id is not None and user_id == actor.user_id:
        raise Refused("Nobody sets her own limit. Ask a colleague with the same rights.", code="own_limit")
    if role and role not in accounts.grantable_roles(actor):
        raise Refused("You can set limits only of roles that stand no higher than your own.", code="above_own_role")


def check_leads(actor: Actor, person: Person) -> None:
    """Refuse whoever neither is this colleague nor leads her."""
    if person.id != actor.user_id and not leading.leads(actor=actor, user_id=person.id):
        raise Refused("Only she and whoever leads her agree this.", code="not_her_leader")
