"""Reads of checks: the bank, one attempt, what the answers say of the questions."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Count, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models import Answer, Attempt, Briefing, Check, Question
from wellserved.apps.development.queries import subjects
from wellserved.apps.development.types import checks as types
from wellserved.apps.development.types.briefings import BriefingState
from wellserved.apps.ledger import subjects as records
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.science.statistics import item_discrimination, wilson

Kind = types.QuestionKind


def visible(*, actor: Actor) -> QuerySet[Check]:
    """Return the checks of the actor's world; for this app alone."""
    return in_world(Check.objects.all(), actor.world)


def find(*, actor: Actor, check_id: int, lock: bool = False) -> Check:
    """Return the row, if its subject is hers to see or she was briefed of it; for this app alone. Five queries."""
    rows = visible(actor=actor)
    row = (rows.select_for_update() if lock else rows).filter(pk=check_id).first()
    if row is None:
        raise NotFound("There is no such check.", code="check_not_found")
    subject = (row.subject_kind, row.subject_id)
    if subject not in _titles(actor, [subject]):
        raise NotFound("There is no such check.", code="check_not_found")
    return row


def _titles(actor: Actor, refs: Collection[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return title and address of the records the actor may see, and of those she was briefed of: then the briefing."""
    seen = records.titles(actor=actor, subjects=refs)
    if actor.user_id is None or len(seen) == len(set(refs)):
        return seen
    sent = Briefing.objects.filter(state=BriefingState.PUBLISHED, deliveries__user=actor.user_id)
    told = {
        (kind, pk or 0): briefing
        for briefing, kind, pk in in_world(sent, actor.world).values_list("pk", "subject_kind", "subject_id")
        if (kind, pk or 0) in refs and (kind, pk or 0) not in seen
    }
    for kind in {kind for kind, _ in told}:
        named = records.registry[kind].titles([pk for each, pk in told if each == kind])
        seen |= {(kind, pk): (title, f"/briefings/{told[kind, pk]}") for pk, title in named.items()}
    return seen


def check_for(*, actor: Actor, subject: tuple[str, int]) -> Check | None:
    """Return the check of a record, None while there is none; for this app alone. One query."""
    return visible(actor=actor).filter(subject_kind=subject[0], subject_id=subject[1]).first()


def check(*, actor: Actor, check_id: int) -> types.CheckRow:
    """Return one check. Six queries at most."""
    found = as_rows(actor, [find(actor=actor, check_id=check_id)])
    if not found:
        raise NotFound("What this check asks about holds no longer.", code="check_subject_gone")
    return found[0]


def held(*, actor: Actor) -> tuple[types.CheckRow, ...]:
    """Return every check of something in force that has a question. Queries grow with the kinds alone."""
    return tuple(row for row in as_rows(actor, visible(actor=actor)) if row.questions)


def as_rows(actor: Actor, rows: Iterable[Check]) -> tuple[types.CheckRow, ...]:
    """Return checks as other layers may know them, those of what holds no longer left out; for this app alone."""
    found = list(rows)
    refs = [(row.subject_kind, row.subject_id) for row in found]
    current = subjects.numbers(refs)
    titles = _titles(actor, current.keys())
    counted = dict(
        Question.objects.filter(check_of__in=[row.pk for row in found], is_active=True)
        .values_list("check_of")
        .annotate(n=Count("pk"))
    )
    return tuple(
        types.CheckRow(
            id=row.pk,
            subject=ref,
            title=titles[ref][0],
            url=titles[ref][1],
            part=subjects.source_of(ref[0]).part,
            number=row.number,
            current=current[ref],
            size=row.size,
            pass_share=float(row.pass_share),
            questions=counted.get(row.pk, 0),
            version=row.version,
        )
        for row, ref in zip(found, refs, strict=True)
        if ref in titles
    )


def bank(*, actor: Actor, check_id: int) -> tuple[types.QuestionRow, ...]:
    """Return the questions of a check that are asked now, in the order they were written. Three queries."""
    row = find(actor=actor, check_id=check_id)
    return tuple(as_question(each) for each in row.questions.filter(is_active=True).order_by("pk"))


def as_question(row: Question) -> types.QuestionRow:
    """Return the row as other layers may know it."""
    return types.QuestionRow(
        id=row.pk,
        kind=row.kind,
        text=row.text,
        options=tuple((text, bool(is_right)) for text, is_right in row.options),
        explanation=row.explanation,
        expectation_id=row.expectation_id,
    )


def draw(*, questions: Sequence[int], size: int, seed: int) -> tuple[int, ...]:
    """Return which questions are put, in their order; the same seed draws the same.

    >>> draw(questions=[1, 2, 3, 4, 5, 6], size=3, seed=7)
    (4, 2, 3)
    """
    return tuple(random.Random(seed).sample(sorted(questions), min(size, len(questions))))  # noqa: S311 (no secret)


def option_order(*, question_id: int, options: int, seed: int) -> tuple[int, ...]:
    """Return in which order the options of a question are put; true and false keep theirs by their kind."""
    order = list(range(options))
    random.Random(f"{seed}:{question_id}").shuffle(order)  # noqa: S311 (no secret)
    return tuple(order)


def asked(attempt: Attempt) -> tuple[types.Asked, ...]:
    """Return the questions of an attempt as they were put, with what was answered; for this app alone. Two queries."""
    rows = {row.pk: row for row in Question.objects.filter(pk__in=attempt.question_ids)}
    answers = {row.question_id: row for row in attempt.answers.select_related("judged_by")}
    return tuple(
        _asked(as_question(rows[pk]), answers.get(pk), seed=attempt.seed) for pk in attempt.question_ids if pk in rows
    )


def _asked(question: types.QuestionRow, answer: Answer | None, *, seed: int) -> types.Asked:
    count = len(question.options)
    order = (
        tuple(range(count))
        if question.kind == Kind.TRUE_FALSE
        else option_order(question_id=question.id, options=count, seed=seed)
    )
    return types.Asked(
        question=question,
        options=tuple((place, question.options[place][0]) for place in order),
        given=answer.given if answer else None,
        is_right=answer.is_right if answer else None,
        reasons=answer.reasons if answer else "",
        judged_by=answer.judged_by.name if answer and answer.judged_by else "",
    )


def items(*, actor: Actor, check_id: int) -> tuple[types.ItemRow, ...]:
    """Return what first goes say of each question now asked; no answer is shown with a name. Four queries.

    First goes alone: whoever tries again has read the explanations.
    """
    row = find(actor=actor, check_id=check_id)
    return items_of({row.pk: float(row.pass_share)})


def items_of(pass_shares: Mapping[int, float]) -> tuple[types.ItemRow, ...]:
    """Return what first goes say of each question of these checks, given by the share that passes. Three queries.

    For this app alone.
    """
    questions = Question.objects.filter(check_of__in=pass_shares, is_active=True).order_by("check_of", "pk")
    marks: dict[int, dict[int, dict[int, bool]]] = {pk: defaultdict(dict) for pk in pass_shares}
    judged = Answer.objects.filter(attempt__in=_first_attempts(pass_shares), is_right__isnull=False)
    told = judged.values_list("attempt__check_of", "attempt_id", "question_id", "is_right")
    for check_id, attempt_id, question_id, is_right in told:
        marks[check_id][attempt_id][question_id] = bool(is_right)
    return tuple(
        _item(as_question(each), list(marks[each.check_of_id].values()), pass_shares[each.check_of_id])
        for each in questions
    )


def _first_attempts(check_ids: Collection[int]) -> Collection[int]:
    states = [types.AttemptState.PASSED, types.AttemptState.FAILED]
    done = Attempt.objects.filter(check_of__in=check_ids, state__in=states).order_by("-pk")
    found: dict[tuple[int, int, int], int] = {}
    for pk, check_id, user_id, number in done.values_list("pk", "check_of", "user_id", "number"):
        found[check_id, user_id, number] = pk
    return list(found.values())


def _item(question: types.QuestionRow, marks: Sequence[dict[int, bool]], pass_share: float) -> types.ItemRow:
    mine = [each for each in marks if question.id in each]
    right = sum(each[question.id] for each in mine)
    if len(mine) < types.FEWEST_ANSWERS:
        return types.ItemRow(
            question=question, answers=len(mine), right=0, share=None, low=None, high=None, discrimination=None,
            is_hard=False, tells_little=False,
        )  # fmt: skip
    interval = wilson(right, len(mine))
    rest = [_rest(each, question.id) for each in mine]
    known = [(each[question.id], score) for each, score in zip(mine, rest, strict=True) if score is not None]
    apart = item_discrimination([each for each, _ in known], [score for _, score in known])
    return types.ItemRow(
        question=question,
        answers=len(mine),
        right=right,
        share=right / len(mine),
        low=interval.low,
        high=interval.high,
        discrimination=apart,
        is_hard=interval.high < pass_share,
        tells_little=apart is not None and apart < 0.1,
    )


def _rest(marks: dict[int, bool], question_id: int) -> float | None:
    """Return the share right of all other questions of one go, None when it had no other."""
    others = [is_right for pk, is_right in marks.items() if pk != question_id]
    return sum(others) / len(others) if others else None


def waiting(*, actor: Actor, user_ids: Collection[int]) -> tuple[Attempt, ...]:
    """Return the goes of these people in which words wait to be judged, the oldest first; for this app alone."""
    rows = Attempt.objects.filter(
        Q(state=types.AttemptState.WAITING), user__in=user_ids, check_of__in=visible(actor=actor)
    )
    return tuple(rows.select_related("user", "check_of").order_by("finished_at", "pk")[:200])
