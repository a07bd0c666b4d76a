"""Lock a referral, change it, tell the ledger and call whoever must know."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import locking
from wellserved.apps.desk.actions.clocks import Story
from wellserved.apps.desk.models import Referral
from wellserved.apps.desk.queries import referrals as queries
from wellserved.apps.desk.types.referrals import OPEN_REFERRALS, ReferralState
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.events import Event

LONGEST = 2000
LONGEST_REASON = 500
FACT = "referral"


def locked(*, actor: Actor, referral_id: int, version: int | None) -> Referral:
    """Return the referral, locked after its ticket until the action ends, on the version the page showed."""
    row = queries.visible_referral(actor=actor, referral_id=referral_id)
    locking.locked_ticket(actor=actor, ticket_id=row.ticket_id)
    row = Referral.objects.select_for_update(of=("self",), no_key=True).select_related("ticket").get(pk=referral_id)
    if version is not None and version != row.version:
        raise Conflict(
            "This referral has moved on since you opened it. Nothing of yours is saved; read what is new.",
            code="stale",
            version=row.version,
        )
    return row


def require_open(row: Referral) -> None:
    """Refuse what comes after the answer."""
    if row.state not in OPEN_REFERRALS:
        raise Conflict(
            f"This referral is over: {ReferralState(row.state).label.lower()}.", code="referral_over", state=row.state
        )


def read_words(text: str, *, missing: str, code: str, longest: int = LONGEST) -> str:
    """Return the text, or say what is missing."""
    text = text.strip()
    if not text:
        raise Invalid(missing, code=code, field="reason" if code == "reason_required" else "words")
    if len(text) > longest:
        raise Invalid(f"Say it in {longest:,} letters at most.", code="long_words")
    return text


def tell(
    row: Referral,
    *,
    actor: Actor,
    action: str,
    now: dt.datetime,
    changes: Mapping[str, tuple[Any, Any]],
    sentence: str,
    event: Event,
    call: int,
    said: str,
    reason: str = "",
) -> None:
    """Put one line on the ticket, an entry in the ledger, and the matter before whoever is called.

    The ticket keeps its owner, its status and its version, and every clock runs on.
    """
    Story(row.ticket).add(FACT, actor_id=actor.user_id, now=now, activity=sentence)
    ledger.record(
        actor=actor,
        action=action,
        subject=("desk.referral", row.pk),
        now=now,
        changes=changes,
        reason=reason,
        event=event,
    )
    calling.call(by=actor, subject=("desk.referral", row.pk), user_id=call, text=said, now=now)
