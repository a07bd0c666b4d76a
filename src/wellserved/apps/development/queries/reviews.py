"""Reads of performance reviews: the period in two views, and the evidence that the records of the house hold of it."""

import datetime as dt
from collections.abc import Iterator

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import private
from wellserved.apps.development.types import guiding as types
from wellserved.apps.development.types.learning import PlanState
from wellserved.apps.development.types.training import Seat
from wellserved.apps.people import queries as people
from wellserved.platform import clock
from wellserved.platform.ui import formatting

Evidence = tuple[tuple[str, tuple[str, ...]], ...]


def review(*, actor: Actor, review_id: int, now: dt.datetime) -> types.ReviewDetail:
    """Return a review with its evidence, as it stands now or as it stood when written. Fifteen queries at most."""
    row = private.find(models.Review, actor=actor, pk=review_id)
    stands = tuple((heading, tuple(lines)) for heading, lines in row.evidence)
    return types.ReviewDetail(
        pair=private.pair_of(row, actor=actor),
        period_from=row.period_from,
        period_to=row.period_to,
        own_view=row.own_view,
        own_view_at=row.own_view_at,
        words=row.words,
        rating=row.rating,
        rating_name=types.REVIEW_WORDS.get(row.rating, ""),
        written_at=row.written_at,
        evidence=stands if row.written_at else gather(row, reader=actor, now=now),
        agreed_by_person_at=row.agreed_by_person_at,
        agreed_by_guide_at=row.agreed_by_guide_at,
        tasks=private.tasks(row.tasks.all(), today=clock.day_of(now)),
    )


def gather(row: models.Review, *, reader: Actor, now: dt.datetime) -> Evidence:
    """Return what the records hold of the person in the period, without words the reader may not see; for this app.

    Of somebody who has left, what only she may look up is left out.
    """
    herself = _herself(row)
    found = (
        ("Skills", tuple(_skills(herself, now)) if herself else ()),
        ("Learnt", tuple(_learnt(row))),
        ("Observed at work", tuple(_observed(row, reader))),
        ("Agreed and done", tuple(_done(row))),
        ("Authority used", tuple(_used(herself, row, now)) if herself else ()),
    )
    return tuple((heading, lines) for heading, lines in found if lines)


def _herself(row: models.Review) -> Actor | None:
    return accounts.actor_by_id(row.person_id) if row.person.is_active else None


def _between(row: models.Review) -> tuple[dt.datetime, dt.datetime]:
    """Return the first and the last instant of the period, by the days of the service."""
    first, after = (clock.begin_of(day) for day in (row.period_from, row.period_to + dt.timedelta(days=1)))
    return first, after - dt.timedelta(microseconds=1)


def _skills(herself: Actor, now: dt.datetime) -> Iterator[str]:
    for held in people.profile(actor=herself, user_id=herself.person_id, now=now).colleague.skills:
        ends = f", until {formatting.format_day(held.expires_on)}" if held.expires_on else ""
        yield f"{held.name}: {held.level_name.lower()}{ends}" + ("" if held.is_current else " (over)")


def _learnt(row: models.Review) -> Iterator[str]:
    period = (row.period_from, row.period_to)
    seats = models.Booking.objects.filter(
        person=row.person_id, state=Seat.ATTENDED, event__starts_at__range=_between(row), event__origin=row.origin
    )
    for title, at in seats.order_by("event__starts_at").values_list("event__course__title", "event__starts_at"):
        yield f"{title}, {formatting.format_day(clock.day_of(at))}"
    plans = models.LearningPlan.objects.filter(
        person=row.person_id, state=PlanState.DONE, event=None, done_on__range=period, origin=row.origin
    )
    for what, on in plans.order_by("done_on").values_list("need__what", "done_on"):
        yield f"{what}, {formatting.format_day(on)}"


def _observed(row: models.Review, reader: Actor) -> Iterator[str]:
    known = private.visible(models.Observation, actor=reader).filter(person=row.person_id)
    told = frozenset(known.values_list("pk", flat=True))
    rows = models.Observation.objects.filter(
        person=row.person_id, recorded_at__isnull=False, starts_at__range=_between(row), origin=row.origin
    )
    for each in rows.order_by("starts_at"):
        seen = "; ".join(
            f"{words}: {types.RATINGS[each.ratings[key][0]].lower()}"
            for key, words in each.criteria
            if key in each.ratings
        )
        strengths = f" Strengths: {each.strengths}" if each.pk in told else ""
        yield f"{formatting.format_day(clock.day_of(each.starts_at))}. {seen}.{strengths}"


def _done(row: models.Review) -> Iterator[str]:
    rows = models.Task.objects.filter(
        owner=row.person_id, origin=row.origin, due_on__range=(row.period_from, row.period_to)
    )
    kept, agreed = rows.filter(done_at__isnull=False).count(), rows.count()
    if agreed:
        yield f"{kept} of {agreed} things agreed for this period are done"


def _used(herself: Actor, row: models.Review, now: dt.datetime) -> Iterator[str]:
    since, until = _between(row)
    for remedy, times, amount in people.own_use(
        actor=herself, user_id=herself.person_id, since=since, now=min(now, until)
    ):
        yield f"{remedy}: {times} times, {formatting.format_money(amount)} in all"
