"""What is recorded about the person who asks: every sort of record, who looked, and what she contested.

Apps above, and families beside, register a provider for each sort of record about people.
"""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import leading
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development import models
from wellserved.apps.development.types.recorded import (
    LISTS,
    ContestRow,
    Line,
    Look,
    Outcome,
    Provider,
    Recorded,
    Section,
)
from wellserved.apps.ledger import subjects
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

MOST_LOOKS = 1000
registry: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Make a sort of record known."""
    registry[provider.key] = provider


def recorded(*, actor: Actor, now: dt.datetime) -> Recorded:
    """Return everything recorded about the actor herself. A fixed number of queries for each sort of record."""
    return Recorded(
        sections=tuple(
            Section(
                key=each.key,
                label=each.label,
                purpose=each.purpose,
                kept=each.kept,
                seen_by=each.seen_by,
                lines=each.lines(actor, now),
            )
            for each in registry.values()
        ),
        looks=looks(actor=actor),
        contests=contests(actor=actor, now=now, of_herself=True),
    )


def find_line(*, actor: Actor, kind: str, record_id: int, now: dt.datetime) -> Line:
    """Return one record about the actor, or say there is none."""
    for provider in registry.values():
        for line in provider.lines(actor, now):
            if record_id and (line.kind, line.record_id) == (kind, record_id):
                return line
    raise NotFound("There is no such record about you.", code="line_not_found")


def looks(*, actor: Actor) -> tuple[Look, ...]:
    """Return who else opened or exported a record about the actor, the latest first. Two queries for each kind."""
    rows = models.Viewing.objects.filter(person=actor.user_id).select_related("viewer")
    loaded = list(rows.order_by("-viewed_at", "-pk")[:MOST_LOOKS])
    named = subjects.titles(actor=actor, subjects={(row.kind, row.record_id) for row in loaded})
    return tuple(
        Look(
            viewer=row.viewer.name if row.viewer else "Somebody who has since left",
            what=LISTS.get(row.kind)
            or f"{subjects.label_of(row.kind)}: {named.get((row.kind, row.record_id), ('no longer kept',))[0]}",
            day=row.day,
            viewed_at=row.viewed_at,
        )
        for row in loaded
    )


def contests(
    *, actor: Actor, now: dt.datetime, of_herself: bool = False, about: tuple[str, int] | None = None
) -> tuple[ContestRow, ...]:
    """Return contests the actor raised, or is to answer, or those beside one record she may see. Three queries."""
    rows = in_world(models.Contest.objects.all(), actor.world)
    if about is not None:
        rows = rows.filter(kind=about[0], record_id=about[1])
    elif of_herself:
        rows = rows.filter(person=actor.user_id)
    else:
        rows = unanswered(actor=actor)
    loaded = list(rows.select_related("person", "decider").order_by("-raised_at", "-pk")[:100])
    known = subjects.titles(actor=actor, subjects={(row.kind, row.record_id) for row in loaded})
    return tuple(_contest(row, known.get((row.kind, row.record_id), ("", ""))[1], now) for row in loaded)


def unanswered(*, actor: Actor) -> QuerySet[models.Contest]:
    """Return the rows of the contests this person is to answer; for this app alone."""
    rows = in_world(models.Contest.objects.filter(answered_at=None), actor.world)
    return rows.none() if actor.user_id is None else rows.filter(Q(decider=actor.user_id) | _deserted(actor))


def stands_in(*, actor: Actor, contest_id: int) -> bool:
    """Return whether the actor may answer in place of somebody who no longer works here. One query."""
    return unanswered(actor=actor).filter(pk=contest_id).exists()


def _deserted(actor: Actor) -> Q:
    """Return what nobody is left to answer, of those this actor leads, and of all for those who see every team."""
    gone = Q(answered_at=None) & (Q(decider=None) | Q(decider__is_active=False)) & ~Q(person=actor.user_id)
    if actor.role in {Role.MANAGER, Role.ADMINISTRATOR}:
        return gone
    return gone & Q(person__in=leading.led_by(actor=actor))


def contest(*, actor: Actor, contest_id: int, now: dt.datetime) -> ContestRow:
    """Return one contest, to the one who raised it and the one who answers. Three queries."""
    row = find_contest(actor=actor, contest_id=contest_id)
    known = subjects.titles(actor=actor, subjects={(row.kind, row.record_id)})
    return _contest(row, known.get((row.kind, row.record_id), ("", ""))[1], now)


def find_contest(*, actor: Actor, contest_id: int) -> models.Contest:
    """Return the row, or say there is none; for this app alone."""
    row = _visible(actor).filter(pk=contest_id).select_related("person", "decider").first()
    if row is None:
        raise NotFound("There is no such contest, or it is not yours to see.", code="contest_not_found")
    return row


def visible_contest_ids(*, actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids the actor may see. One query."""
    return frozenset(_visible(actor).filter(pk__in=ids).values_list("pk", flat=True))


def _visible(actor: Actor) -> QuerySet[models.Contest]:
    rows = in_world(models.Contest.objects.all(), actor.world)
    if actor.user_id is None:
        return rows.none()
    return rows.filter(Q(person=actor.user_id) | Q(decider=actor.user_id) | _deserted(actor))


def _contest(row: models.Contest, url: str, now: dt.datetime) -> ContestRow:
    return ContestRow(
        id=row.pk,
        person_id=row.person_id,
        person=row.person.name,
        decider_id=row.decider_id,
        decider=row.decider.name if row.decider else "",
        kind=row.kind,
        record_id=row.record_id,
        title=row.title,
        url=url,
        words=row.words,
        raised_at=row.raised_at,
        due_on=row.due_on,
        is_late=row.answered_at is None and row.due_on < clock.day_of(now),
        outcome=row.outcome,
        outcome_name=Outcome(row.outcome).label if row.outcome else "",
        answer=row.answer,
        answered_at=row.answered_at,
    )
