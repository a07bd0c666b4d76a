"""Somebody's own weeks: the present one in order, those before, and what else could stand in it."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from django.db.models import QuerySet

from wellserved.apps.accounts.policies import EDIT_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import decisions
from wellserved.apps.development.types import week as types
from wellserved.apps.people import duties
from wellserved.apps.standards.queries import commitments, expectations, partners
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.ui.formatting import format_day

WEEKS_SHOWN, MOST_SUGGESTED, FRIDAY = 26, 8, 4


def own(*, actor: Actor) -> "QuerySet[models.Week]":
    """Return this person's weeks; nobody else reads them, whatever her role."""
    rows = in_world(models.Week.objects.all(), actor.world)
    return rows.none() if actor.user_id is None else rows.filter(user=actor.user_id)


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids that are her weeks. One query."""
    return frozenset(own(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each week is called. One query."""
    rows = models.Week.objects.filter(pk__in=ids).values_list("pk", "starts_on")
    return {pk: f"Week of {format_day(day)}" for pk, day in rows}


def present(*, actor: Actor, on: dt.date) -> types.WeekRow | None:
    """Return the week a day lies in, if she has begun it. One query."""
    row = own(actor=actor).filter(starts_on=types.monday_of(on)).first()
    return week_row(row) if row else None


def week(*, actor: Actor, week_id: int) -> types.WeekRow:
    """Return one of her weeks, or say there is none. One query."""
    row = own(actor=actor).filter(pk=week_id).first()
    if row is None:
        raise absent()
    return week_row(row)


def absent() -> NotFound:
    """Return what is said of a week that is not there, or not hers."""
    return NotFound("There is no such week, or it is somebody else's.", code="week_not_found")


def closed(*, actor: Actor) -> tuple[types.WeekRow, ...]:
    """Return her closed weeks, the latest first. One query."""
    rows = own(actor=actor).exclude(closed_at=None).order_by("-starts_on")
    return tuple(week_row(row) for row in rows[:WEEKS_SHOWN])


def priorities(*, week_id: int, hours: int, by_hand: bool) -> tuple[types.PriorityRow, ...]:
    """Return what a week holds, in order: by value times urgency for each hour, or as it was put by hand. One query.

    What is settled stands last. `hours` are those she has: what no longer fits in is marked.
    """
    rows = ordered(models.Priority.objects.filter(week=week_id), by_hand=by_hand)
    found, used = [], 0
    for row in rows:
        used += row.hours if row.state in ("open", "done") else 0
        found.append(_row(row, fits=used <= hours))
    return tuple(sorted(found, key=lambda each: each.state != "open"))


def ordered(rows: "QuerySet[models.Priority]", *, by_hand: bool) -> list[models.Priority]:
    """Return priorities in their order. One query."""
    if by_hand:
        return sorted(rows, key=lambda row: (row.position, row.pk))
    return sorted(rows, key=lambda row: (-row.value * row.urgency / row.hours, -row.urgency, row.pk))


def nudge(*, actor: Actor, on: dt.date) -> tuple[int, int] | None:
    """Return how many are done of those planned while the week ends on whoever keeps one. One query."""
    if on.weekday() < FRIDAY:
        return None
    states = list(planned(actor=actor, on=on).values_list("state", flat=True))
    return (states.count("done"), states.count("done") + states.count("open")) if "open" in states else None


def planned(*, actor: Actor, on: dt.date) -> "QuerySet[models.Priority]":
    """Return the priorities of her week that is not closed. No query of its own."""
    weeks = own(actor=actor).filter(starts_on=types.monday_of(on), closed_at=None)
    return models.Priority.objects.filter(week__in=weeks)


def suggested(*, actor: Actor, taken: Collection[str], now: dt.datetime) -> tuple[types.Suggested, ...]:
    """Return what she is asked elsewhere by the end of the coming week and has not taken up yet, the latest first."""
    found = {each.url: each for each in (*_asked(actor, now), *_reviews(actor, now))}
    rows = [each for url, each in found.items() if url not in taken]
    return tuple(sorted(rows, key=lambda each: (-each.urgency, each.words))[:MOST_SUGGESTED])


def _asked(actor: Actor, now: dt.datetime) -> Iterator[types.Suggested]:
    today = clock.day_of(now)
    for duty in duties.pressing(actor=actor, now=now):
        late = duty.due_on is not None and duty.due_on <= today
        why = f"due {format_day(duty.due_on)}" if duty.due_on else "asked now"
        yield types.Suggested(words=duty.what[:200], url=duty.url, urgency=5 if late else 4, why=why)
    for pk, question, is_review in decisions.asked_of(actor=actor, on=today):
        words = f"Say what came of it: {question}" if is_review else f"Decide: {question}"
        yield types.Suggested(words=words[:200], url=f"/decisions/{pk}", urgency=5, why="due")


def _reviews(actor: Actor, now: dt.datetime) -> Iterator[types.Suggested]:
    if not actor.can(EDIT_STANDARDS):
        return
    for what, url, names in (
        ("expectations", "/expectations?review=due", expectations.reviews_due(actor=actor, now=now)),
        ("standards", "/standards?view=review_due", commitments.reviews_due(actor=actor, now=now)),
        ("service partners", "/partners", partners.reviews_due(actor=actor, now=now)),
    ):
        if names:
            yield types.Suggested(
                words=f"Review {what}: {', '.join(names[:2])}"[:200], url=url, urgency=4, why=f"{len(names)} due"
            )


def week_row(row: models.Week) -> types.WeekRow:
    """Return a week as screens show it."""
    return types.WeekRow(
        id=row.pk,
        starts_on=row.starts_on,
        hours=row.hours,
        by_hand=row.by_hand,
        closed_at=row.closed_at,
        planned=row.planned,
        achieved=row.achieved,
    )


def _row(row: models.Priority, *, fits: bool) -> types.PriorityRow:
    return types.PriorityRow(
        id=row.pk,
        words=row.words,
        value=row.value,
        urgency=row.urgency,
        hours=row.hours,
        state=row.state,
        carries=row.carries,
        url=row.url,
        fits=fits,
    )
