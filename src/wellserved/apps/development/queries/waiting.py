"""What of a person's development waits for her: her tasks, her views, her answers."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import private, recorded, support, training
from wellserved.apps.development.types.learning import PlanState
from wellserved.apps.development.types.training import EventState, Seat
from wellserved.platform import clock
from wellserved.platform.origin import in_world

SOON = dt.timedelta(days=7)
_MOST = 50
_SAID = {
    "held": "Read and agree the notes",
    "recorded": "Say how you saw it yourself",
    "open": "Write your own view first",
    "own": "Write the review",
    "written": "Read and agree the review",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing to do; `on` is its day."""

    sentence: str
    detail: str
    url: str
    on: dt.date
    is_late: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One family of what may wait: the rows behind it, and what they say."""

    rows: Callable[[Actor, dt.datetime], QuerySet[Any]]
    find: Callable[[Actor, dt.datetime], Iterator[Waiting]]


def waiting(*, actor: Actor, now: dt.datetime) -> tuple[Waiting, ...]:
    """Return what waits for the actor, by its day. One query, and one or three for each family that has something."""
    held = accounts.having(actor=actor, probes={key: source.rows(actor, now) for key, source in SOURCES.items()})
    found = [row for key, source in SOURCES.items() if key in held for row in source.find(actor, now)]
    return tuple(sorted(found, key=lambda each: (each.on, each.sentence)))


def _records_of(family: private.Family) -> Source:
    """Return the talks, coaching, observations or reviews that wait for her view, her words or her yes."""

    def rows(actor: Actor, _now: dt.datetime) -> QuerySet[Any]:
        return private.visible(family.model, actor=actor).exclude(state__in=family.final)

    def find(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
        for row in rows(actor, now).select_related("person", "guide").order_by("ends_on", "pk")[:_MOST]:
            if private.awaits(row, actor=actor):
                other = row.guide.name if row.person_id == actor.user_id else row.person.name
                detail = f"{family.label} with {other}"
                yield _of(_SAID[row.state], detail, family.url(row.pk), row.ends_on, now)

    return Source(rows=rows, find=find)


def _task_rows(actor: Actor, now: dt.datetime) -> QuerySet[models.Task]:
    rows = models.Task.objects.filter(owner=actor.user_id, done_at=None, due_on__lte=clock.day_of(now) + SOON)
    return in_world(rows, actor.world)


def _tasks(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
    for row in _task_rows(actor, now).order_by("due_on", "pk")[:_MOST]:
        kind, pk = _home(row)
        yield _of(row.words, private.FAMILIES[kind].label, private.FAMILIES[kind].url(pk), row.due_on, now)


def _home(row: models.Task) -> tuple[str, int]:
    for kind, pk in (
        ("development.one_to_one", row.talk_id),
        ("development.coaching", row.coaching_id),
        ("development.review", row.review_id),
    ):
        if pk is not None:
            return kind, pk
    raise ValueError("A task belongs to one record; the table's own constraint says so.")


def _plan_rows(actor: Actor, now: dt.datetime) -> QuerySet[models.LearningPlan]:
    until = clock.day_of(now) + SOON
    rows = models.LearningPlan.objects.filter(owner=actor.user_id, state=PlanState.PLANNED, by_on__lte=until)
    return in_world(rows, actor.world)


def _plans(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
    for row in _plan_rows(actor, now).select_related("need", "person").order_by("by_on", "pk")[:_MOST]:
        whose = "" if row.person_id == actor.user_id else f" for {row.person.name}"
        yield _of(f"Learn {row.need.what}{whose}", "Learning plan", f"/development/plans/{row.pk}", row.by_on, now)


def _reaction_rows(actor: Actor, now: dt.datetime) -> QuerySet[models.Booking]:
    rows = models.Booking.objects.filter(
        person=actor.user_id,
        state=Seat.ATTENDED,
        reacted_at=None,
        event__state=EventState.HELD,
        event__starts_at__gte=now - dt.timedelta(days=30),
    )
    return in_world(rows, actor.world, field="event__origin")


def _reactions(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
    for row in _reaction_rows(actor, now).select_related("event__course").order_by("event__starts_at")[:_MOST]:
        url = f"/development/training/{row.event_id}"
        yield _of("Say how useful it was", row.event.course.title, url, row.event.starts_at.date(), now)


def _looks(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
    for event_id, person, title, on in training.to_look_at(actor=actor, now=now):
        yield _of(f"Is it seen at work with {person}?", title, f"/development/training/{event_id}", on, now)


def _contests(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
    for row in recorded.contests(actor=actor, now=now):
        said = f"{row.person} says that a record is wrong"
        yield _of(said, row.title, f"/development/contests/{row.id}", row.due_on, now)


def _slots(actor: Actor, now: dt.datetime) -> Iterator[Waiting]:
    for row in support.to_confirm(actor=actor, now=now):
        said = f"Did {row.guest} come?"
        yield _of(said, "Support slot", "/development/support?view=mine", row.starts_at.date(), now)


def _of(sentence: str, detail: str, url: str, on: dt.date, now: dt.datetime) -> Waiting:
    return Waiting(sentence=sentence, detail=detail, url=url, on=on, is_late=on < clock.day_of(now))


SOURCES: dict[str, Source] = {
    **{kind: _records_of(family) for kind, family in private.FAMILIES.items()},
    "development.tasks": Source(rows=_task_rows, find=_tasks),
    "development.plans": Source(rows=_plan_rows, find=_plans),
    "development.reactions": Source(rows=_reaction_rows, find=_reactions),
    "development.looks": Source(rows=lambda actor, now: training.unseen(actor=actor, now=now), find=_looks),
    "development.contests": Source(rows=lambda actor, _now: recorded.unanswered(actor=actor), find=_contests),
    "development.slots": Source(rows=lambda actor, now: support.unconfirmed(actor=actor, now=now), find=_slots),
}
