"""Who may change the law a service works by: pure."""

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.platform.errors import Invalid, Refused


def require_edit(actor: Actor) -> None:
    """Let only those change packs and duties who change standards."""
    accounts.check_can(
        actor, accounts.EDIT_STANDARDS, "Only managers and administrators change the register of law and its packs."
    )


def check_roles(roles: tuple[str, ...]) -> None:
    """Refuse a role nobody here has."""
    if unknown := [role for role in roles if role not in STAFF_ROLES]:
        raise Invalid(
            f"There is no role {unknown[0]!r}; a duty concerns {', '.join(sorted(STAFF_ROLES))}.", code="unknown_role"
        )


def check_concerned(actor: Actor, roles: tuple[str, ...]) -> None:
    """Refuse an attestation by somebody the duty does not concern."""
    if roles and actor.role not in roles:
        raise Refused("This duty does not concern your role, so there is nothing for you to attest.")
