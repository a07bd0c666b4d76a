"""Take a customer's answer by her link, and let somebody look when it is a low one or asks for a call."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger.actions import calling
from wellserved.apps.voice import types
from wellserved.apps.voice.events import CustomerAnswered, FollowUpOpened
from wellserved.apps.voice.models import FollowUp, Invitation, Silence, SurveyVersion
from wellserved.apps.voice.queries import links, surveys
from wellserved.platform.errors import Invalid
from wellserved.platform.origin import world_of

LONGEST = 2000


@transaction.atomic
def answer(
    *,
    token: str,
    score: int,
    answers: Mapping[str, str] | None = None,
    wants_call: bool | None = None,
    now: dt.datetime,
) -> bool:
    """Keep a score, with the other answers where they are given, and return whether nothing is left to ask.

    One answer stands for an invitation, whichever of its links was pressed; sent again it replaces the one before.
    """
    found, _ = links.open_link(token=token, now=now)
    row = Invitation.objects.select_for_update().get(pk=found.pk)
    low, high = types.SCALES[found.survey.kind]
    if not low <= score <= high:
        raise Invalid(f"Choose a score from {low} to {high}.", code="survey_score", field="score")
    before = row.score
    wording = SurveyVersion.objects.get(survey=row.survey_id, number=row.number)
    questions = surveys.questions_of(wording)
    row.score, row.answered_at = score, row.answered_at or now
    if answers is not None:
        read = {each.key: _read(each, answers[each.key]) for each in questions if each.key in answers}
        row.answers = {key: words for key, words in {**row.answers, **read}.items() if words}
    if wants_call is not None:
        row.wants_call = wants_call
    visible = links.shown(questions, score=score, answers=row.answers)
    keys = {each.key for each in visible}
    row.answers = {key: words for key, words in row.answers.items() if key in keys}
    is_whole = answers is not None and keys <= set(answers)
    if is_whole:
        row.finished_at = now
    row.save(update_fields=["score", "answered_at", "answers", "wants_call", "finished_at"])
    house = accounts.system_actor(world=world_of(row.origin))
    if before != score:
        ledger.record(
            actor=house,
            action="voice.answer",
            subject=("desk.ticket", row.ticket_id),
            now=now,
            changes={"score": (before, score)},
            event=CustomerAnswered(invitation_id=row.pk, score=score),
            origin=row.origin,
        )
    rules = surveys.rules_of(found.survey)
    if score <= rules.low_at or row.wants_call:
        _look_after(row, hours=rules.follow_hours, owner_id=found.survey.owner_id, house=house, now=now)
    return is_whole


@transaction.atomic
def fall_silent(*, token: str, now: dt.datetime) -> None:
    """Never ask this customer again."""
    row, _ = links.open_link(token=token, now=now)
    _, is_new = Silence.objects.get_or_create(
        customer_id=row.customer_id, defaults={"since": now, "origin": row.origin}
    )
    if is_new:
        ledger.record(
            actor=accounts.system_actor(world=world_of(row.origin)),
            action="voice.fall_silent",
            subject=("desk.customer", row.customer_id),
            now=now,
            origin=row.origin,
        )


def _read(question: types.Question, words: str) -> str:
    words = words.strip()
    if question.kind == "text" and len(words) > LONGEST:
        raise Invalid(f"Keep it to {LONGEST:,} letters.", code="survey_words", field=question.key)
    known = question.options if question.kind == "choice" else ("1", "2", "3", "4", "5")
    if words and question.kind != "text" and words not in known:
        raise Invalid(f"Choose one of: {', '.join(known)}.", code="survey_choice", field=question.key)
    return words


def _look_after(row: Invitation, *, hours: int, owner_id: int | None, house: Actor, now: dt.datetime) -> None:
    """Open a follow-up of a low score or a wish to be called, once."""
    if FollowUp.objects.filter(invitation=row).exists():
        FollowUp.objects.filter(invitation=row, closed_at=None, reason="low").update(
            reason="call" if row.wants_call else "low"
        )
        return
    owner = owner_id or row.ticket.assignee_id
    made = FollowUp.objects.create(
        invitation=row,
        reason="call" if row.wants_call else "low",
        owner_id=owner,
        opened_at=now,
        due_at=now + dt.timedelta(hours=hours),
        origin=row.origin,
    )
    ledger.record(
        actor=house,
        action="voice.open_follow_up",
        subject=(types.FOLLOW_UP, made.pk),
        now=now,
        changes={"due_at": (None, made.due_at.isoformat())},
        event=FollowUpOpened(follow_up_id=made.pk),
        origin=row.origin,
    )
    calling.call(
        by=house,
        subject=("desk.ticket", row.ticket_id),
        user_id=owner,
        text=f"{types.FOLLOW_REASONS[made.reason]} on #{row.ticket.number}: speak to the customer.",
        now=now,
    )
