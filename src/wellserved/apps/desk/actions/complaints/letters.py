"""Write and send the letters of a complaint; one that lacks what it must say does not leave."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import letters, statutory
from wellserved.apps.desk.actions import answering
from wellserved.apps.desk.actions.complaints import keeping
from wellserved.apps.desk.events.complaints import LetterSent
from wellserved.apps.desk.models import Complaint, ComplaintLetter, Message
from wellserved.apps.desk.policies import complaints as policies
from wellserved.apps.desk.queries.complaints import casework, drafting, record
from wellserved.apps.desk.types.complaints import LetterDraft, Stage
from wellserved.platform.errors import Conflict, Invalid
from wellserved.science.calendars import LetterRule

_LONGEST = 50_000
_STRANGER = {"customer": "customer", "summary": "your complaint"}


@transaction.atomic
def save_letter(
    *, actor: Actor, complaint_id: int, key: str, body: str, ticks: Mapping[str, str], now: dt.datetime
) -> LetterDraft:
    """Keep a letter as far as it is written, and return it with its checklist."""
    row = keeping.locked(actor=actor, complaint_id=complaint_id)
    letter = drafting.letter_rule(row, key=key)
    ComplaintLetter.objects.update_or_create(
        complaint=row,
        key=key,
        sent_at=None,
        defaults={"body": _read_body(body), "ticks": _read_ticks(letter, ticks), "saved_at": now},
    )
    return drafting.draft_of(row, key=key, now=now)


@transaction.atomic
def send_letter(
    *,
    actor: Actor,
    complaint_id: int,
    key: str,
    body: str,
    ticks: Mapping[str, str],
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Send a letter to the complainant, keep its copy, stop the clocks it stops; return the version.

    Refused, naming each, while an element it must have is neither found in it nor ticked with a reason.
    """
    row = keeping.locked(actor=actor, complaint_id=complaint_id, version=version)
    policies.require_reviewer(actor, stage=row.stage, reviewer_id=row.reviewer_id)
    letter = drafting.letter_rule(row, key=key)
    body, ticks = _read_body(body), _read_ticks(letter, ticks)
    draft = drafting.draft_of(row, key=key, now=now, body=body, ticks=ticks)
    _check_may_leave(draft)
    if letter.role == "extension":
        _extend(row, reason=keeping.read_text(reason, what="why more time is needed", longest=500))
    sent = answering.reply(actor=record.reaching(actor, row), ticket_id=row.ticket_id, body=body, now=now)
    message = Message.objects.filter(ticket=sent.ticket_id).latest("pk")
    return _keep(row, letter, body=body, ticks=ticks, message=message, actor=actor, reason=reason.strip(), now=now)


def _check_may_leave(draft: LetterDraft) -> None:
    if draft.blocked:
        raise Conflict(draft.blocked, code="letter_blocked")
    if draft.missing:
        names = "; ".join(
            f"{check.label} ({check.evidence})" if check.evidence else check.label for check in draft.missing
        )
        raise Invalid(
            f"The letter is not sent: it lacks {names}. Write it, or tick it and say why it does not apply.",
            code="letter_incomplete",
            missing=[check.key for check in draft.missing],
        )


def _extend(row: Complaint, *, reason: str) -> None:
    rules = casework.pack_of(row).rules
    bases = [clock.extends for clock in rules.clocks if clock.extends]
    row.extended = sorted({*row.extended, *bases})
    row.extension_reason = reason


def _keep(
    row: Complaint,
    letter: LetterRule,
    *,
    body: str,
    ticks: dict[str, str],
    message: Message,
    actor: Actor,
    reason: str,
    now: dt.datetime,
) -> int:
    """Keep the copy of a letter that has left, and take the complaint to where the letter leads."""
    kept = row.letters.filter(key=letter.key, sent_at=None).first() or ComplaintLetter(complaint=row, key=letter.key)
    kept.body, kept.ticks, kept.saved_at, kept.sent_at = body, ticks, now, now
    kept.sent_on = statutory.local_day(casework.pack_of(row).rules, now)
    kept.sent_by_id, kept.message = actor.user_id, message
    kept.save()
    changes: dict[str, tuple[object, object]] = {"letter": (None, letter.title)}
    if ticks:
        changes["ticked"] = (None, ticks)
    if letter.role == "acknowledgement" and row.stage == Stage.ACKNOWLEDGEMENT:
        changes["stage"] = keeping.enter(row, Stage.ASSESSMENT, actor=actor, now=now)
    if letter.role == "early" and row.stage != Stage.RESPONSE:
        changes["stage"] = keeping.enter(row, Stage.RESPONSE, actor=actor, note=letter.title, now=now)
    return keeping.finish(
        row,
        "extended",
        "extension_reason",
        actor=actor,
        action="desk.send_letter",
        now=now,
        changes=changes,
        reason=reason,
        event=LetterSent(complaint_id=row.pk, letter=letter.key, message_id=message.pk),
    )


@transaction.atomic
def acknowledge_automatically(*, actor: Actor, complaint_id: int, now: dt.datetime) -> bool:
    """Send the pack's acknowledgement at once if it says all it must without a person; return whether it left.

    Nothing a stranger may have typed is quoted in it.
    """
    row = keeping.locked(actor=actor, complaint_id=complaint_id)
    found = casework.pack_of(row).rules.letters_of("acknowledgement")
    if not found or row.stage != Stage.ACKNOWLEDGEMENT:
        return False
    letter = found[0]
    text, language = letters.text_for(letter, language=row.ticket.customer.language)
    facts = casework.facts_of(row, letter=letter, language=language, now=now) | _STRANGER
    body = letters.fill(text, facts)
    checks = letters.check(letter, body=body, facts=facts, ticks={})
    if any(check.required and check.state == "missing" for check in checks):
        return False
    answering.automatic_message(actor=actor, ticket_id=row.ticket_id, body=body, now=now)
    message = Message.objects.filter(ticket=row.ticket_id).latest("pk")
    _keep(row, letter, body=body, ticks={}, message=message, actor=actor, reason="", now=now)
    return True


def _read_body(body: str) -> str:
    body = answering.read_body(body)
    if len(body) > _LONGEST:
        raise Invalid(f"A letter has at most {_LONGEST:,} letters.", code="long_body")
    return body


def _read_ticks(letter: LetterRule, ticks: Mapping[str, str]) -> dict[str, str]:
    """Return the elements ticked with a reason of at least a few letters; a tick without one counts for nothing."""
    known = {element.key for element in letter.elements}
    return {key: reason.strip()[:300] for key, reason in ticks.items() if key in known and len(reason.strip()) >= 3}
