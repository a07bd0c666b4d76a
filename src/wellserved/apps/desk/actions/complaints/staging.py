"""Take a complaint to its next stage by hand."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.events.complaints import ComplaintMoved
from wellserved.apps.desk.models import Complaint
from wellserved.apps.desk.policies import complaints as policies
from wellserved.apps.desk.queries.complaints import casework
from wellserved.apps.desk.types.complaints import Stage
from wellserved.platform.errors import Conflict, Invalid


@transaction.atomic
def advance(
    *, actor: Actor, complaint_id: int, to: str, note: str = "", version: int | None = None, now: dt.datetime
) -> int:
    """Take a complaint to another stage, saying what was found so far; return the version."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    stage = policies.stage_after(stage=row.stage, to=to)
    note = keeping.read_text(note, what="what was found", longest=2000, required=_needs_note(row, stage))
    if stage == Stage.CLOSED:
        _check_may_close(row)
    if stage == Stage.REVIEW and row.reviewer_id is None:
        raise Invalid("Choose an independent reviewer first.", code="reviewer_required")
    before, after = keeping.enter(row, stage, actor=actor, note=note, now=now)
    return keeping.finish(
        row,
        actor=actor,
        action="desk.move_complaint",
        now=now,
        changes={"stage": (before, after)},
        reason=note,
        event=ComplaintMoved(complaint_id=row.pk, before=before, after=after),
    )


def _needs_note(row: Complaint, stage: Stage) -> bool:
    # Skipping the letter, going back and reopening each want their reason on the record.
    return stage in {Stage.ASSESSMENT, Stage.REVIEW} or (row.stage == Stage.RESPONSE and stage == Stage.INVESTIGATION)


def _check_may_close(row: Complaint) -> None:
    """Refuse to close what is not decided or not answered: the law's clock stops with a letter, not with a button."""
    if not row.outcome:
        raise Conflict("Say first whether the complaint is upheld, partly upheld or not.", code="outcome_required")
    rules = casework.pack_of(row).rules
    answers = [letter.key for letter in rules.letters if letter.role in {"final", "early"}]
    if not row.letters.filter(sent_at__isnull=False, key__in=answers).exists():
        raise Conflict("Send the final response first; then the complaint can be closed.", code="answer_not_sent")
