"""Take a check, judge what was said in words, help whoever did not get through."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import keeping, support
from wellserved.apps.development.events.briefings import CheckTaken
from wellserved.apps.development.models import Answer, Attempt, Check, Help, Question
from wellserved.apps.development.policies import briefings as rules
from wellserved.apps.development.queries import attempts as queries
from wellserved.apps.development.queries import checks, subjects, understanding
from wellserved.apps.development.types.checks import AttemptState, QuestionKind
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.ui.formatting import format_moment

CHECK, ATTEMPT = keeping.CHECK, "development.attempt"
LONGEST_WORDS = 2000
DAY = dt.timedelta(days=1)
KEPT_FOR = 730 * DAY


@transaction.atomic
def start(*, actor: Actor, check_id: int, seed: int, now: dt.datetime) -> int:
    """Begin a go at a check and return its id; one that is begun already goes on."""
    user_id = actor.person_id
    row = keeping.locked_check(actor=actor, check_id=check_id)
    current = subjects.numbers([(row.subject_kind, row.subject_id)]).get((row.subject_kind, row.subject_id))
    if current is None:
        raise Conflict("What this check asks about holds no longer.", code="check_over")
    if row.number < current:
        raise Conflict(
            f"The questions are being brought to version {current}. Come back once you are told.",
            code="questions_behind",
        )
    begun = row.attempts.filter(user=user_id, state=AttemptState.OPEN).first()
    if begun is not None and begun.number == current:
        return begun.pk
    if begun is not None:
        # It asked about a version that holds no longer, and nothing was handed in.
        begun.delete()
    if row.attempts.filter(user=user_id, state=AttemptState.WAITING, number=current).exists():
        raise Conflict("A colleague is still to read what you wrote.", code="attempt_waits")
    ids = list(row.questions.filter(is_active=True).values_list("pk", flat=True))
    if not ids:
        raise Conflict("There is no question in this check yet.", code="no_questions")
    attempt = Attempt.objects.create(
        check_of=row,
        user_id=user_id,
        number=current,
        seed=seed,
        question_ids=list(checks.draw(questions=ids, size=row.size, seed=seed)),
        pass_share=row.pass_share,
        started_at=now,
    )
    return attempt.pk


@transaction.atomic
def submit(*, actor: Actor, attempt_id: int, given: Mapping[int, Any], now: dt.datetime) -> str:
    """Hand in every answer, by question; return the state: passed, not passed, or waiting for a colleague."""
    attempt = _locked(actor, attempt_id)
    if attempt.user_id != actor.user_id:
        raise Refused("Nobody answers for somebody else.", code="not_yours")
    if attempt.state != AttemptState.OPEN:
        raise Conflict("These answers have been handed in already.", code="handed_in")
    row = attempt.check_of
    current = subjects.numbers([(row.subject_kind, row.subject_id)]).get((row.subject_kind, row.subject_id))
    if current != attempt.number:
        raise Conflict(
            "A new version has come into force meanwhile. Begin again with its questions.", code="newer_version"
        )
    questions = {each.pk: each for each in Question.objects.filter(pk__in=attempt.question_ids)}
    missing = [pk for pk in attempt.question_ids if pk in questions and not _is_answered(given.get(pk))]
    if missing:
        raise Invalid("Answer every question; a guess is better than none.", code="unanswered", field=f"q{missing[0]}")
    Answer.objects.bulk_create(
        _answer(attempt, questions[pk], given[pk]) for pk in attempt.question_ids if pk in questions
    )
    _settle(attempt, actor=actor, now=now)
    return attempt.state


def _is_answered(given: Any) -> bool:
    return bool(given.strip()) if isinstance(given, str) else bool(given)


def _answer(attempt: Attempt, question: Question, given: Any) -> Answer:
    if question.kind == QuestionKind.TEACH_BACK:
        return Answer(attempt=attempt, question=question, given=str(given).strip()[:LONGEST_WORDS])
    chosen = sorted({int(place) for place in given})
    if not set(chosen) <= set(range(len(question.options))):
        raise Invalid("Choose from the answers given.", code="no_such_option", field=f"q{question.pk}")
    right = [place for place, (_, is_right) in enumerate(question.options) if is_right]
    return Answer(attempt=attempt, question=question, given=chosen, is_right=chosen == right)


@transaction.atomic
def judge(*, actor: Actor, attempt_id: int, question_id: int, is_right: bool, reasons: str, now: dt.datetime) -> str:
    """Say whether somebody's own words show that she understood, and why; return the state of her go."""
    attempt = _locked(actor, attempt_id)
    if attempt.user_id == actor.user_id:
        raise Refused("Nobody judges her own words. Ask a colleague who leads you.", code="own_words")
    rules.require_brief(actor)
    answer = attempt.answers.filter(question=question_id).select_related("question").first()
    if answer is None or answer.question.kind != QuestionKind.TEACH_BACK:
        raise NotFound("There are no such words to judge.", code="no_words")
    if attempt.state != AttemptState.WAITING or answer.is_right is not None:
        raise Conflict("These words have been judged already.", code="judged")
    said = reasons.strip()
    if not 1 <= len(said) <= 500:
        raise Invalid("Say what shows it, or what is missing.", code="reasons", field="reasons")
    answer.is_right, answer.reasons, answer.judged_by_id, answer.judged_at = is_right, said, actor.user_id, now
    answer.save(update_fields=["is_right", "reasons", "judged_by", "judged_at"])
    _settle(attempt, actor=actor, now=now)
    return attempt.state


def _settle(attempt: Attempt, *, actor: Actor, now: dt.datetime) -> None:
    """Give the go its score once nothing waits to be judged."""
    marks: Sequence[bool | None] = list(attempt.answers.values_list("is_right", flat=True))
    attempt.finished_at = attempt.finished_at or now
    if None in marks:
        attempt.state = AttemptState.WAITING
        attempt.save(update_fields=["state", "finished_at"])
        return
    score = Decimal(sum(bool(mark) for mark in marks)) / Decimal(len(marks))
    attempt.score = score.quantize(Decimal("0.001"))
    # Held against the exact share: rounding decides over nobody.
    attempt.state = AttemptState.PASSED if score >= attempt.pass_share else AttemptState.FAILED
    attempt.save(update_fields=["state", "score", "finished_at"])
    ledger.record(
        actor=actor,
        action="development.finish_attempt",
        subject=(ATTEMPT, attempt.pk),
        now=now,
        changes={"score": (None, f"{score:.0%}"), "result": (None, str(AttemptState(attempt.state).label))},
        event=CheckTaken(check_id=attempt.check_of_id, attempt_id=attempt.pk),
    )


@transaction.atomic
def help_with(
    *, actor: Actor, check_id: int, user_id: int, how: str = "", slot_id: int | None = None, now: dt.datetime
) -> None:
    """Keep what was done for somebody who did not get through; she can read it and try again.

    The help can be one of one's own support slots, which is then kept for her.
    """
    row: Check = keeping.locked_check(actor=actor, check_id=check_id)
    if user_id == actor.user_id or not understanding.may_read(actor=actor, user_id=user_id):
        raise NotFound("There is no such colleague among those you lead.", code="colleague_not_found")
    rules.require_brief(actor)
    wanted = {(each.user_id, each.check.id): each for each in understanding.rebrief(actor=actor)}
    if (user_id, row.pk) not in wanted:
        raise Conflict("She is not on the list of those to brief again.", code="no_help_needed")
    said = how.strip()
    if slot_id is not None:
        about = f"Understanding: {wanted[user_id, row.pk].check.title}"
        at = support.keep_for(actor=actor, slot_id=slot_id, user_id=user_id, about=about[:300], now=now)
        said = said or f"A support slot on {format_moment(at.astimezone(dt.UTC))}"
    if not 1 <= len(said) <= 500:
        raise Invalid("Say what you did or arranged.", code="how", field="how")
    found = wanted[user_id, row.pk]
    Help.objects.create(
        check_of=row, user_id=user_id, number=found.check.current, how=said, by_id=actor.user_id, at=now
    )
    ledger.record(
        actor=actor,
        action="development.help",
        subject=(ATTEMPT, found.attempt_id or 0),
        now=now,
        changes={"help": (None, said)},
    )


def _locked(actor: Actor, attempt_id: int) -> Attempt:
    queries.find(actor=actor, attempt_id=attempt_id)
    return Attempt.objects.select_for_update(of=("self",)).select_related("check_of").get(pk=attempt_id)


@transaction.atomic
def forget_next(*, now: dt.datetime) -> bool:
    """Remove some goes kept longer than two years; return whether there were any. What nobody needs is not kept."""
    old = list(Attempt.objects.filter(started_at__lt=now - KEPT_FOR).values_list("pk", flat=True)[:200])
    Attempt.objects.filter(pk__in=old).delete()
    return bool(old)
