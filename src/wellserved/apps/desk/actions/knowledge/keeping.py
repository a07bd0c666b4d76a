"""Lock a guideline and keep what is derived of it: every act on a guideline begins and ends here."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Guideline
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types.knowledge import Content
from wellserved.platform.errors import Conflict


def locked(*, actor: Actor, guideline_id: int, version: int | None = None) -> Guideline:
    """Return the guideline locked until the action ends, if the actor may read it and it has not moved on."""
    scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    row = Guideline.objects.select_for_update(no_key=True).get(pk=guideline_id)
    if version is not None and version != row.version:
        raise Conflict(
            "A colleague has changed this guideline since you opened it. Nothing of yours is saved; your text is kept"
            " below, read what is new and save again.",
            code="stale",
            version=row.version,
        )
    return row


def show(row: Guideline, content: Content) -> tuple[str, ...]:
    """Set the columns lists and searches read from what holds now, and return their names."""
    row.kind, row.title, row.owner_id = content.kind, content.title, content.owner_id
    row.review_on = dt.date.fromisoformat(content.review_on) if content.review_on else None
    row.scope_key, row.narrowness = scope.scope_key(content), scope.narrowness(content)
    row.concern_key = scope.concern_key(content)
    return "kind", "title", "owner", "review_on", "scope_key", "narrowness", "concern_key"


def end_draft(row: Guideline) -> tuple[str, ...]:
    """Empty the draft and what was asked about it, and return the names of the columns."""
    row.draft, row.draft_reason, row.writers = None, "", []
    row.approval_id, row.asked_of, row.asked_digest = None, None, ""
    return "draft", "draft_reason", "writers", "approval_id", "asked_of", "asked_digest"
