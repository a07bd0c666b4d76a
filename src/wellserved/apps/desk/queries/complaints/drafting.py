"""A letter being written: what it says so far, and what it still must say."""

import datetime as dt
from collections.abc import Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import letters
from wellserved.apps.desk.models import Complaint
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.queries.complaints import casework
from wellserved.apps.desk.types.complaints import LetterDraft
from wellserved.platform.errors import NotFound
from wellserved.science.calendars import LetterRule


def letter_draft(
    *,
    actor: Actor,
    complaint_id: int,
    key: str,
    now: dt.datetime,
    body: str | None = None,
    ticks: Mapping[str, str] | None = None,
) -> LetterDraft:
    """Return a letter with its checklist: the given text, else the draft kept, else the pack's text filled.

    Eight queries.
    """
    row = scope.visible_complaint(actor=actor, complaint_id=complaint_id)
    return draft_of(row, key=key, now=now, body=body, ticks=ticks)


def letter_rule(row: Complaint, *, key: str) -> LetterRule:
    """Return the letter of the complaint's pack, or say there is none; for this app alone."""
    found = casework.pack_of(row).rules.letter(key)
    if found is None:
        raise NotFound("The rules of this complaint have no such letter.", code="letter_not_found")
    return found


def draft_of(
    row: Complaint, *, key: str, now: dt.datetime, body: str | None = None, ticks: Mapping[str, str] | None = None
) -> LetterDraft:
    """Return the draft of a complaint already read; for this app alone."""
    letter = letter_rule(row, key=key)
    kept = row.letters.filter(key=key, sent_at=None).first()
    wanted = row.ticket.customer.language
    text, language = letters.text_for(letter, language=wanted)
    facts = casework.facts_of(row, letter=letter, language=language, now=now)
    said = body if body is not None else kept.body if kept else letters.fill(text, facts)
    ticked = dict(ticks if ticks is not None else kept.ticks if kept else {})
    return LetterDraft(
        key=key,
        title=letter.title,
        role=letter.role,
        language=language,
        wanted_language=wanted,
        body=said,
        checks=letters.check(letter, body=said, facts=facts, ticks=ticked),
        ticks=ticked,
        blocked=casework.blocked(row, letter=letter, now=now),
        is_saved=kept is not None,
    )
