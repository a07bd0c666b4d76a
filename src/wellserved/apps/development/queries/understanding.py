"""Who has shown that she understands what, at which version; derived when it is asked, so nothing goes out of step."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.development.models import Attempt, Briefing, Check, Delivery, Help
from wellserved.apps.development.queries import checks, subjects
from wellserved.apps.development.types import checks as types
from wellserved.apps.development.types.briefings import BriefingState
from wellserved.platform.origin import in_world

Pair = tuple[int, int]
Standing, AttemptState = types.Standing, types.AttemptState


def people_of(*, actor: Actor) -> tuple[Person, ...]:
    """Return whose understanding this actor may read: her own, and that of those she leads, by name. Two queries.

    Nobody reads that of a colleague on her own level, and nothing orders people by a figure.
    """
    if not actor.can(accounts_policies.READ_PEOPLE):
        known = accounts.staff(actor=actor) if actor.user_id else ()
        return tuple(person for person in known if person.id == actor.user_id)
    led = {role for role in accounts_policies.grantable_roles(actor) if role != actor.role}
    return tuple(
        person
        for person in accounts.staff(actor=actor)
        if actor.automatic or person.id == actor.user_id or person.role in led
    )


def may_read(*, actor: Actor, user_id: int) -> bool:
    """Return whether this actor may read what is kept of a person's understanding. Two queries."""
    return user_id == actor.user_id or user_id in {person.id for person in people_of(actor=actor)}


def state(*, actor: Actor, kind: str, record_id: int, user_id: int | None = None) -> types.Understanding | None:
    """Return how somebody stands with a record, oneself when nobody is named; None when nothing is asked of it.

    Five queries at most.
    """
    check = in_world(Check.objects.filter(subject_kind=kind, subject_id=record_id), actor.world).first()
    wanted = user_id or actor.user_id
    if check is None or wanted is None or not may_read(actor=actor, user_id=wanted):
        return None
    current = subjects.numbers([(kind, record_id)]).get((kind, record_id))
    return standings(pairs=[(wanted, check.pk)], current={check.pk: current})[wanted, check.pk] if current else None


def standings(*, pairs: Collection[Pair], current: Mapping[int, int]) -> dict[Pair, types.Understanding]:
    """Return how each (person, check) stands against the version that holds. One query; for this app alone."""
    found = standings_at(wanted={(user, check, current[check]) for user, check in pairs if check in current})
    return {(user, check): each for (user, check, _), each in found.items()}


def standings_at(*, wanted: Collection[tuple[int, int, int]]) -> dict[tuple[int, int, int], types.Understanding]:
    """Return how each (person, check) stands against a version. One query; for this app alone."""
    rows = Attempt.objects.filter(
        check_of__in={check for _, check, _ in wanted}, user__in={user for user, _, _ in wanted}
    ).order_by("pk")
    tries: dict[Pair, list[Attempt]] = defaultdict(list)
    for row in rows.only("pk", "check_of", "user", "number", "state", "score", "finished_at"):
        tries[row.user_id, row.check_of_id].append(row)
    return {
        (user, check, number): _standing((user, check), tries[user, check], number) for user, check, number in wanted
    }


def _standing(pair: Pair, tries: Sequence[Attempt], current: int) -> types.Understanding:
    passed = max(
        (each for each in tries if each.state == AttemptState.PASSED), key=lambda each: each.number, default=None
    )
    closed = [each for each in tries if each.state != AttemptState.OPEN]
    last = closed[-1] if closed else None
    shown = passed or last
    holds = passed is not None and passed.number >= current
    older = last is not None and last.number < current
    return types.Understanding(
        user_id=pair[0],
        check_id=pair[1],
        standing=Standing.UNDERSTOOD if holds else Standing.STALE if passed or older else Standing.NOT_SHOWN,
        number=shown.number if shown else None,
        current=current,
        score=_score(shown),
        at=_day(shown),
        attempts=len(closed),
        last_state=last.state if last else "",
        last_id=last.pk if last else None,
        last_number=last.number if last else None,
        last_score=_score(last),
        last_at=_day(last),
    )


def _score(row: Attempt | None) -> float | None:
    return float(row.score) if row and row.score is not None else None


def _day(row: Attempt | None) -> dt.date | None:
    return row.finished_at.date() if row and row.finished_at else None


def asked_of(*, actor: Actor, people: Sequence[Person]) -> dict[int, tuple[types.CheckRow, ...]]:
    """Return which checks concern each of the people: those of the briefings sent to her, and of what concerns her.

    A check without a briefing concerns nobody yet. Ten queries at most, however many people and checks there are.
    """
    rows = checks.held(actor=actor)
    by_subject = {row.subject: row for row in rows}
    told = Delivery.objects.filter(
        user__in=[person.id for person in people],
        briefing__in=in_world(Briefing.objects.filter(state=BriefingState.PUBLISHED, needs_check=True), actor.world),
    )
    found: dict[int, dict[int, types.CheckRow]] = defaultdict(dict)
    for user_id, kind, pk in told.values_list("user_id", "briefing__subject_kind", "briefing__subject_id").distinct():
        if row := by_subject.get((kind, pk or 0)):
            found[user_id][row.id] = row
    return {person.id: tuple(found[person.id].values()) for person in people}


def matrix(*, actor: Actor) -> tuple[types.PersonRow, ...]:
    """Return the people this actor may read across the six parts, by name. Constant queries."""
    people = people_of(actor=actor)
    asked = asked_of(actor=actor, people=people)
    pairs = [(user_id, row.id) for user_id, rows in asked.items() for row in rows]
    current = {row.id: row.current for rows in asked.values() for row in rows}
    found = standings(pairs=pairs, current=current)
    return tuple(
        types.PersonRow(
            user_id=person.id,
            name=person.name,
            role=person.role_name,
            cells={
                part: _cell([(row, found[person.id, row.id]) for row in asked[person.id] if row.part == part])
                for part in types.PARTS
            },
        )
        for person in people
    )


def _cell(rows: Sequence[tuple[types.CheckRow, types.Understanding]]) -> types.Cell:
    if not rows:
        return types.Cell(standing=None, asked=0, understood=0, at=None, score=None, versions="")
    standing = {each.standing for _, each in rows}
    worst = next(s for s in (Standing.STALE, Standing.NOT_SHOWN, Standing.UNDERSTOOD) if s in standing)
    days = [each.at for _, each in rows if each.at]
    scores = [each.score for _, each in rows if each.score is not None]
    shown = [
        f"v{each.number}" + (f" of {each.current}" if each.number != each.current else "")
        for _, each in rows
        if each.number
    ]
    return types.Cell(
        standing=worst,
        asked=len(rows),
        understood=sum(each.standing == Standing.UNDERSTOOD for _, each in rows),
        at=max(days, default=None),
        score=min(scores, default=None),
        versions=", ".join(dict.fromkeys(shown)),
    )


def rebrief(*, actor: Actor) -> tuple[types.RebriefRow, ...]:
    """Return who of those this actor leads tried and has not understood what holds now, by name. Constant queries."""
    if not checks.visible(actor=actor).filter(attempts__state=AttemptState.FAILED).exists():
        return ()
    people = {person.id: person for person in people_of(actor=actor) if person.id != actor.user_id}
    asked = asked_of(actor=actor, people=list(people.values()))
    rows = {row.id: row for found in asked.values() for row in found}
    pairs = [(user_id, row.id) for user_id, found in asked.items() for row in found]
    standing = standings(pairs=pairs, current={pk: row.current for pk, row in rows.items()})
    wanted = [each for each in standing.values() if each.needs_help]
    helped = _helps(wanted)
    found = [_rebrief(each, people[each.user_id], rows[each.check_id], helped) for each in wanted]
    return tuple(sorted(found, key=lambda row: (row.name, row.check.title)))


def _helps(rows: Iterable[types.Understanding]) -> dict[tuple[int, int, int], Help]:
    found = Help.objects.filter(
        user__in={each.user_id for each in rows}, check_of__in={each.check_id for each in rows}
    ).select_related("by")
    return {(each.user_id, each.check_of_id, each.number): each for each in found.order_by("at", "pk")}


def _rebrief(
    each: types.Understanding, person: Person, check: types.CheckRow, helped: Mapping[tuple[int, int, int], Help]
) -> types.RebriefRow:
    done = helped.get((each.user_id, each.check_id, each.current))
    return types.RebriefRow(
        user_id=person.id,
        name=person.name,
        check=check,
        score=each.last_score,
        attempts=each.attempts,
        at=each.last_at,
        attempt_id=each.last_id,
        helped=done.how if done else "",
        helped_by=done.by.name if done and done.by else "",
        helped_on=done.at.date() if done else None,
    )


def own(*, actor: Actor) -> tuple[tuple[types.CheckRow, types.Understanding], ...]:
    """Return everything this person is asked to understand, and how she stands with it. Constant queries."""
    people = [person for person in people_of(actor=actor) if person.id == actor.user_id]
    asked = asked_of(actor=actor, people=people)
    rows = {row.id: row for found in asked.values() for row in found}
    standing = standings(
        pairs=[(user_id, row.id) for user_id, found in asked.items() for row in found],
        current={pk: row.current for pk, row in rows.items()},
    )
    return tuple(sorted(((rows[pk], each) for (_, pk), each in standing.items()), key=lambda pair: pair[0].title))
