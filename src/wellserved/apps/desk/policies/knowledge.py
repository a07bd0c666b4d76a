"""Who writes, reads and approves guidelines."""

from collections.abc import Collection

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.platform.errors import Invalid, Refused


def require_edit(actor: Actor) -> None:
    """Refuse whoever may not write guidelines."""
    if not actor.can(accounts.EDIT_KNOWLEDGE):
        raise Refused("Team leaders and managers write guidelines. Tell one of them what should change.")


def require_other_approver(*, approver_id: int, writers: Collection[int], asker_id: int | None) -> None:
    """Refuse an approver who wrote what she would approve, or who asks for it."""
    if approver_id == asker_id or approver_id in writers:
        raise Invalid(
            "Whoever wrote it does not approve it. Choose somebody who has had no part in this draft.",
            code="own_guideline",
            field="approver",
        )
