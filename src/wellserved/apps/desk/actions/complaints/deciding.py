"""Say whether the complainant was right, and put it right."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import granting
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.events.complaints import ComplaintDecided
from wellserved.apps.desk.models import ComplaintRemedy
from wellserved.apps.desk.policies import complaints as policies
from wellserved.apps.desk.types.complaints import DECIDABLE, MONEY_REMEDIES, Cause, Outcome, RemedyKind, Stage
from wellserved.platform.errors import Conflict, Invalid


@transaction.atomic
def decide(
    *,
    actor: Actor,
    complaint_id: int,
    outcome: str,
    cause: str,
    answer: str,
    lessons: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Decide a complaint with its reasons; it goes on to the response. While it is reviewed, the reviewer decides."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    if row.stage not in DECIDABLE:
        raise Conflict(
            f"A complaint at “{Stage(row.stage).label}” is not decided; assess it first.", code="stage_not_allowed"
        )
    policies.require_reviewer(actor, stage=row.stage, reviewer_id=row.reviewer_id)
    if outcome not in Outcome.values:
        raise Invalid("The outcome is upheld, partly upheld or not upheld.", code="outcome", field="outcome")
    if cause not in Cause.values:
        raise Invalid(f"The cause is one of {', '.join(Cause.values)}.", code="cause", field="cause")
    wanted = {
        "outcome": outcome,
        "cause": cause,
        "answer": keeping.read_text(answer, what="why, in the words of the letter", longest=8000),
        "lessons": keeping.read_text(lessons, what="what we learn", longest=4000, required=False),
    }
    changes = {name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in wanted.items():
        setattr(row, name, value)
    row.decided_at = now
    if row.stage != Stage.RESPONSE:
        before, after = keeping.enter(row, Stage.RESPONSE, actor=actor, now=now)
        changes["stage"] = (before, after)
    return keeping.finish(
        row,
        *wanted,
        "decided_at",
        actor=actor,
        action="desk.decide_complaint",
        now=now,
        changes=changes,
        event=ComplaintDecided(complaint_id=row.pk, outcome=outcome, cause=cause),
    )


@transaction.atomic
def grant_remedy(
    *,
    actor: Actor,
    complaint_id: int,
    kind: str,
    amount: Decimal | None = None,
    note: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Put something right; money is granted within the actor's limit of authority or refused by it.

    What was granted with a reply or by a referral on the same ticket is here already.
    """
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    keeping.require_open(row)
    if kind not in RemedyKind.values:
        raise Invalid(f"A remedy is one of {', '.join(RemedyKind.values)}.", code="remedy_kind", field="kind")
    if (kind in MONEY_REMEDIES) != (amount is not None):
        raise Invalid(
            "Give the amount it costs." if kind in MONEY_REMEDIES else "This remedy has no amount; say what is done.",
            code="remedy_amount",
            field="amount",
        )
    note = keeping.read_text(note, what="what is done", longest=500, required=amount is None)
    if amount is not None:
        granting.grant(actor=actor, ticket_id=row.ticket_id, kind=kind, amount=amount, note=note, now=now)
        row.refresh_from_db(fields=["version"])
        return row.version
    ComplaintRemedy.objects.create(complaint=row, kind=kind, note=note, granted_by_id=actor.user_id, granted_at=now)
    return keeping.finish(
        row, actor=actor, action="desk.grant_remedy", now=now, changes={"remedy": (None, kind)}, reason=note
    )
