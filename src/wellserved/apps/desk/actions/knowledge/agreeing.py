"""Get a version approved by somebody who has not written it, put it in force exactly so, and retire it one day."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions.knowledge import keeping
from wellserved.apps.desk.events.knowledge import GuidelineInForce, GuidelineRetired
from wellserved.apps.desk.models import GuidelineVersion
from wellserved.apps.desk.policies import knowledge as policies
from wellserved.apps.desk.queries.knowledge import record, scope
from wellserved.apps.desk.types.knowledge import Content, GuidelineState
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import approvals
from wellserved.platform.errors import Conflict, Invalid

TIME_TO_ANSWER = dt.timedelta(days=14)


@transaction.atomic
def ask(*, actor: Actor, guideline_id: int, approver_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Put the whole draft to one person who has had no part in it, and return the approval's id."""
    row = keeping.locked(actor=actor, guideline_id=guideline_id, version=version)
    if row.draft is None:
        raise Conflict("There is no draft to approve. Change the guideline first.", code="no_draft")
    policies.require_edit(actor)
    policies.require_other_approver(approver_id=approver_id, writers=row.writers, asker_id=actor.user_id)
    chosen = next((person for person in record.deciders(actor=actor) if person.id == approver_id), None)
    if chosen is None:
        raise Invalid("Choose somebody who may approve.", code="not_approvers", field="approver")
    digest = scope.digest_of(row)
    lines = record.changes_of_draft(actor=actor, row=row)
    approval_id = approvals.request(
        actor=actor,
        purpose=scope.PURPOSE,
        subject=(scope.KIND, row.pk),
        summary=f"Put “{row.draft['title']}” in force",
        digest=digest,
        expires_at=now + TIME_TO_ANSWER,
        now=now,
        approver_ids=[approver_id],
        detail=[(line.label, line.before or "", line.after or "") for line in lines],
    )
    row.approval_id, row.asked_of_id, row.asked_digest = approval_id, approver_id, digest
    row.version += 1
    row.save(update_fields=["approval_id", "asked_of", "asked_digest", "version"])
    ledger.record(
        actor=actor,
        action="desk.ask_guideline",
        subject=(scope.KIND, row.pk),
        now=now,
        changes={"approver": (None, chosen.name)},
        reason=row.draft_reason,
    )
    return approval_id


@transaction.atomic
def put_in_force(*, actor: Actor, guideline_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Let the approved draft hold from now on, exactly as approved, and return the number of the version.

    Whoever asked does it. Who had read the version before reads this one anew.
    """
    row = keeping.locked(actor=actor, guideline_id=guideline_id, version=version)
    if row.draft is None or row.approval_id is None:
        raise Conflict("Nothing of this guideline is approved. Ask for approval first.", code="not_approved")
    policies.require_edit(actor)
    approvals.take_effect(actor=actor, approval_id=row.approval_id, digest=scope.digest_of(row), now=now)
    content = Content.from_data(row.draft)
    number = (row.current.number if row.current else 0) + 1
    row.current = GuidelineVersion.objects.create(
        guideline=row,
        number=number,
        content=row.draft,
        in_force_from=now,
        created_by_id=actor.user_id,
        approved_by_id=row.asked_of_id,
        approval_id=row.approval_id,
        reason=row.draft_reason,
    )
    reason = row.draft_reason
    row.state = GuidelineState.IN_FORCE
    row.version += 1
    row.save(update_fields=["current", "state", "version", *keeping.show(row, content), *keeping.end_draft(row)])
    ledger.record(
        actor=actor,
        action="desk.put_guideline_in_force",
        subject=(scope.KIND, row.pk),
        now=now,
        changes={"in_force": (number - 1 or None, number)},
        reason=reason,
        event=GuidelineInForce(guideline_id=row.pk, number=number),
    )
    return number


@transaction.atomic
def retire(*, actor: Actor, guideline_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Let a guideline hold no longer; its versions and what was done by them stay."""
    row = keeping.locked(actor=actor, guideline_id=guideline_id, version=version)
    if row.state != GuidelineState.IN_FORCE:
        raise Conflict("Only a guideline in force is retired.", code="not_in_force")
    policies.require_edit(actor)
    reason = reason.strip()
    if not 1 <= len(reason) <= 300:
        raise Invalid("Say in 1 to 300 letters why it holds no longer.", code="retire_reason", field="reason")
    row.state = GuidelineState.RETIRED
    row.version += 1
    row.save(update_fields=["state", "version", *keeping.end_draft(row)])
    ledger.record(
        actor=actor,
        action="desk.retire_guideline",
        subject=(scope.KIND, row.pk),
        now=now,
        changes={"state": (str(GuidelineState.IN_FORCE.label), str(GuidelineState.RETIRED.label))},
        reason=reason,
        event=GuidelineRetired(guideline_id=row.pk),
    )
