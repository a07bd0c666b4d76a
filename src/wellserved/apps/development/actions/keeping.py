"""Lock a briefing or check, and say so when it has moved on: every act on one begins here."""

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models import Briefing, Check
from wellserved.apps.development.queries import briefings, checks
from wellserved.platform.errors import Conflict

BRIEFING, CHECK = "development.briefing", "development.check"


def locked_briefing(*, actor: Actor, briefing_id: int, version: int | None = None) -> Briefing:
    """Return the briefing locked until the action ends, if the actor may read it and it has not moved on."""
    briefings.find(actor=actor, briefing_id=briefing_id)
    row = Briefing.objects.select_for_update(no_key=True).get(pk=briefing_id)
    _require_version(row, version)
    return row


def locked_check(*, actor: Actor, check_id: int, version: int | None = None) -> Check:
    """Return the check locked until the action ends."""
    row = checks.find(actor=actor, check_id=check_id, lock=True)
    _require_version(row, version)
    return row


def _require_version(row: Briefing | Check, version: int | None) -> None:
    if version is not None and version != row.version:
        raise Conflict(
            "A colleague has changed this since you opened it. Read what is new and save again.",
            code="stale",
            version=row.version,
        )
