"""Goes at checks: hers to read, and those of the people she leads; nobody else's."""

from collections.abc import Collection

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models import Attempt
from wellserved.apps.development.queries import checks, understanding
from wellserved.apps.development.types.checks import AttemptRow, AttemptState
from wellserved.platform.errors import NotFound


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the goes the actor may read: her own and those of whom she leads. Four queries at most."""
    if not ids:
        return frozenset()
    people = [person.id for person in understanding.people_of(actor=actor)]
    rows = Attempt.objects.filter(pk__in=ids, user__in=people, check_of__in=checks.visible(actor=actor))
    return frozenset(rows.values_list("pk", flat=True))


def find(*, actor: Actor, attempt_id: int) -> Attempt:
    """Return the row, or say there is none; for this app alone. Five queries at most."""
    if attempt_id not in visible_ids(actor, [attempt_id]):
        raise NotFound("There is no such go at a check, or it is not yours to read.", code="attempt_not_found")
    return Attempt.objects.select_related("check_of", "user").get(pk=attempt_id)


def attempt(*, actor: Actor, attempt_id: int) -> AttemptRow:
    """Return one go with its questions; what is right stands on the page once it was handed in. Constant queries."""
    return _row(actor, find(actor=actor, attempt_id=attempt_id))


def _row(actor: Actor, row: Attempt) -> AttemptRow:
    return AttemptRow(
        id=row.pk,
        check=checks.check(actor=actor, check_id=row.check_of_id),
        user_id=row.user_id,
        name=row.user.name,
        number=row.number,
        state=row.state,
        score=float(row.score) if row.score is not None else None,
        started_at=row.started_at,
        finished_at=row.finished_at,
        asked=checks.asked(row),
        may_judge=row.state == AttemptState.WAITING and row.user_id != actor.user_id,
    )


def to_judge(*, actor: Actor) -> tuple[tuple[int, str, str], ...]:
    """Return the goes whose words wait for this actor: id, whose, about what. Constant queries."""
    led = [person.id for person in understanding.people_of(actor=actor) if person.id != actor.user_id]
    rows = checks.waiting(actor=actor, user_ids=led)
    named = {row.id: row.title for row in checks.as_rows(actor, {each.check_of for each in rows})}
    return tuple((each.pk, each.user.name, named[each.check_of_id]) for each in rows if each.check_of_id in named)


def titles(ids: Collection[int]) -> dict[int, str]:
    """Return what goes at checks are called in history, without a name or a score. One query."""
    return {pk: f"Check {check}, version {number}" for pk, check, number in _named(ids)}


def _named(ids: Collection[int]) -> list[tuple[int, int, int]]:
    return list(Attempt.objects.filter(pk__in=ids).values_list("pk", "check_of_id", "number"))
