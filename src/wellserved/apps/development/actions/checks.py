"""Build a bank of questions for a record, and keep it in step with the version that holds."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import drafting, keeping
from wellserved.apps.development.models import Check, Question
from wellserved.apps.development.policies import briefings as rules
from wellserved.apps.development.queries import checks as queries
from wellserved.apps.development.queries import subjects
from wellserved.apps.development.types.checks import MOST_QUESTIONS, QuestionKind
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import subjects as records
from wellserved.apps.standards.queries import expectations
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import live_origin

CHECK = keeping.CHECK


@transaction.atomic
def begin(*, actor: Actor, subject: tuple[str, int], now: dt.datetime) -> int:
    """Return the id of the check of a record, made now if there was none."""
    subjects.source_of(subject[0])
    records.require_visible(actor=actor, subject=subject)
    found = queries.check_for(actor=actor, subject=subject)
    if found is not None:
        return found.pk
    number = subjects.numbers([subject]).get(subject)
    if number is None:
        raise Conflict("It is not in force, so there is nothing to ask about.", code="subject_not_in_force")
    rules.require_brief(actor)
    row = Check.objects.create(
        subject_kind=subject[0], subject_id=subject[1], number=number, origin=live_origin(actor.world)
    )
    ledger.record(
        actor=actor,
        action="development.begin_check",
        subject=(CHECK, row.pk),
        now=now,
        changes={"questions_for_version": (None, number)},
    )
    return row.pk


@transaction.atomic
def set_up(
    *, actor: Actor, check_id: int, size: int, pass_share: Decimal, version: int | None = None, now: dt.datetime
) -> None:
    """Say how many questions are drawn, and which share right is enough from now on."""
    row = keeping.locked_check(actor=actor, check_id=check_id, version=version)
    rules.require_brief(actor)
    if not 1 <= size <= 50:
        raise Invalid("Draw 1 to 50 questions.", code="check_size", field="size")
    if not Decimal("0.5") <= pass_share <= 1:
        raise Invalid("Ask for 50 to 100 % right.", code="pass_share", field="pass_share")
    before = (row.size, str(row.pass_share))
    row.size, row.pass_share, row.version = size, pass_share, row.version + 1
    row.save(update_fields=["size", "pass_share", "version"])
    ledger.record(
        actor=actor,
        action="development.set_up_check",
        subject=(CHECK, row.pk),
        now=now,
        changes={"size": (before[0], size), "pass_share": (before[1], str(pass_share))},
    )


@transaction.atomic
def add_question(
    *,
    actor: Actor,
    check_id: int,
    kind: str,
    text: str,
    options: Sequence[tuple[str, bool]] = (),
    explanation: str,
    expectation_id: int | None = None,
    replaces: int | None = None,
    now: dt.datetime,
) -> int:
    """Put a question into the bank and return its id; one that replaces another retires that, its answers stay."""
    row = keeping.locked_check(actor=actor, check_id=check_id)
    rules.require_brief(actor)
    said, answers, why = rules.read_question(kind=kind, text=text, options=options, explanation=explanation)
    if expectation_id is not None:
        records.require_visible(actor=actor, subject=("standards.expectation", expectation_id))
    if row.questions.filter(is_active=True).count() >= MOST_QUESTIONS:
        raise Conflict(f"The bank holds {MOST_QUESTIONS} questions. Retire one first.", code="bank_full")
    if replaces is not None:
        _retire(row, replaces)
    question = Question.objects.create(
        check_of=row,
        kind=kind,
        text=said,
        options=answers,
        explanation=why,
        expectation_id=expectation_id,
        created_at=now,
        created_by_id=actor.user_id,
    )
    ledger.record(
        actor=actor,
        action="development.add_question",
        subject=(CHECK, row.pk),
        now=now,
        changes={"question": (None, said)},
    )
    return question.pk


@transaction.atomic
def retire_question(*, actor: Actor, check_id: int, question_id: int, now: dt.datetime) -> None:
    """Ask a question no more; what was answered to it stays."""
    row = keeping.locked_check(actor=actor, check_id=check_id)
    rules.require_brief(actor)
    text = _retire(row, question_id)
    ledger.record(
        actor=actor,
        action="development.retire_question",
        subject=(CHECK, row.pk),
        now=now,
        changes={"question": (text, None)},
    )


def _retire(row: Check, question_id: int) -> str:
    question = row.questions.filter(pk=question_id, is_active=True).first()
    if question is None:
        raise NotFound("There is no such question in this bank.", code="question_not_found")
    question.is_active = False
    question.save(update_fields=["is_active"])
    return question.text


@transaction.atomic
def suggest(*, actor: Actor, check_id: int, now: dt.datetime) -> int:
    """Write questions from what the version in force changed and what customers expect; return how many are new."""
    row = keeping.locked_check(actor=actor, check_id=check_id)
    rules.require_brief(actor)
    telling = subjects.source_of(row.subject_kind).telling(actor, row.subject_id, now)
    others = [title for _, title in expectations.choices(actor=actor)]
    asked = set(row.questions.values_list("text", flat=True))
    fresh = [each for each in drafting.questions_of(telling, others=others) if each[0] not in asked]
    if not fresh:
        raise Conflict("Nothing more can be asked by itself. Write a question of your own.", code="nothing_to_suggest")
    for text, options, explanation in fresh:
        add_question(
            actor=actor,
            check_id=check_id,
            kind=QuestionKind.SINGLE,
            text=text[:500],
            options=options,
            explanation=explanation[:500],
            expectation_id=telling.expectations[0][1] if telling.expectations and "expect" in text else None,
            now=now,
        )
    return len(fresh)


@transaction.atomic
def confirm(*, actor: Actor, check_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Say that the questions hold for the version in force, after having looked at them; return its number."""
    row = keeping.locked_check(actor=actor, check_id=check_id, version=version)
    rules.require_brief(actor)
    subject = (row.subject_kind, row.subject_id)
    current = subjects.numbers([subject]).get(subject)
    if current is None:
        raise Conflict("What this check asks about holds no longer.", code="check_over")
    before, row.number, row.version = row.number, current, row.version + 1
    row.save(update_fields=["number", "version"])
    ledger.record(
        actor=actor,
        action="development.confirm_check",
        subject=(CHECK, row.pk),
        now=now,
        changes={"questions_for_version": (before, current)},
    )
    return current
