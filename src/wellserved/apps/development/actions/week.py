"""Plan a week, put it in order, do it, and close it: what is open is carried over, and what was achieved is kept."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.policies import week as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import week as queries
from wellserved.apps.development.types import week as types
from wellserved.apps.ledger import actions as ledger
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.origin import live_origin, world_of

WEEK = types.WEEK
A_WEEK = dt.timedelta(days=7)


@transaction.atomic
def plan(
    *,
    actor: Actor,
    words: str,
    value: int = 3,
    urgency: int = 3,
    hours: int = 1,
    url: str = "",
    now: dt.datetime,
) -> int:
    """Put something into the present week, which begins with it if need be; return its id."""
    person_id = policies.require_plan(actor)
    week = _begin(person_id, types.monday_of(clock.day_of(now)), origin=live_origin(actor.world))
    week = models.Week.objects.select_for_update().get(pk=week.pk)
    if week.closed_at:
        raise Conflict("This week is closed. What is new belongs into the next.", code="week_closed")
    held = list(week.priorities.values_list("position", flat=True))
    policies.require_room(len(held))
    weights = policies.read_weights(value, urgency, hours)
    made = models.Priority.objects.create(
        week=week,
        words=rules.said(words, 200, field="words", missing="Say in a line what you want to get done."),
        value=weights[0],
        urgency=weights[1],
        hours=weights[2],
        position=max(held, default=0) + 1,
        url=url,
    )
    _record(actor, "development.plan_priority", week, {"priority": (None, made.words)}, now)
    return made.pk


@transaction.atomic
def take_up(*, actor: Actor, url: str, now: dt.datetime) -> int:
    """Put into the week what somebody is asked elsewhere; return its id."""
    policies.require_plan(actor)
    found = {each.url: each for each in queries.suggested(actor=actor, taken=(), now=now)}
    if url not in found:
        raise NotFound("Nothing such is asked of you now.", code="suggestion_gone")
    each = found[url]
    return plan(actor=actor, words=each.words, urgency=each.urgency, url=url, now=now)


@transaction.atomic
def set_hours(*, actor: Actor, week_id: int, hours: int, now: dt.datetime) -> None:
    """Say how many hours of the week are free for priorities."""
    week = _open(actor, week_id)
    before = week.hours
    week.hours = rules.number(hours, low=1, high=types.MOST_HOURS, field="hours")
    week.save(update_fields=["hours"])
    _record(actor, "development.set_hours", week, {"hours": (before, week.hours)}, now)


@transaction.atomic
def move(*, actor: Actor, priority_id: int, up: bool, now: dt.datetime) -> None:
    """Do something earlier or later than its neighbour; from then on the week stands in the order it was put in."""
    row, week = _priority(actor, priority_id)
    order = queries.ordered(week.priorities.filter(state="open"), by_hand=week.by_hand)
    at = [each.pk for each in order].index(row.pk)
    to = at + (-1 if up else 1)
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, each in enumerate(order, start=1):
        each.position = position
    models.Priority.objects.bulk_update(order, ["position"])
    if not week.by_hand:
        week.by_hand = True
        week.save(update_fields=["by_hand"])
    _record(actor, "development.move_priority", week, {"place": (at + 1, to + 1)}, now)


@transaction.atomic
def sort(*, actor: Actor, week_id: int, now: dt.datetime) -> None:
    """Put the week back into the order that follows from value, urgency and hours."""
    week = _open(actor, week_id)
    if week.by_hand:
        week.by_hand = False
        week.save(update_fields=["by_hand"])
        _record(actor, "development.sort_week", week, {}, now)


@transaction.atomic
def settle(*, actor: Actor, priority_id: int, state: str, now: dt.datetime) -> None:
    """Say that something is done, will not be done, or is open after all."""
    row, week = _priority(actor, priority_id, settled=True)
    rules.choice(state, ("done", "dropped", "open"), field="state")
    if state == row.state:
        return
    before, row.state = row.state, state
    row.settled_at = None if state == "open" else now
    row.save(update_fields=["state", "settled_at"])
    changes = {"priority": (None, row.words), "priority_state": (before, state)}
    _record(actor, "development.settle_priority", week, changes, now)


@transaction.atomic
def close(*, actor: Actor, week_id: int, now: dt.datetime) -> None:
    """Close one's week: what was achieved of what was planned is kept, and what is open goes into the next."""
    week = _open(actor, week_id)
    if week.starts_on > clock.day_of(now):
        raise Conflict("This week has not begun yet.", code="week_to_come")
    _close(week, actor, now)


@transaction.atomic
def close_next(*, now: dt.datetime) -> bool:
    """Close by itself one week that is over; return whether there was one."""
    over = types.monday_of(clock.day_of(now))
    rows = models.Week.objects.filter(closed_at=None, starts_on__lt=over).order_by("starts_on", "pk")
    week = rows.select_for_update(skip_locked=True).first()
    if week is None:
        return False
    _close(week, accounts.system_actor(world=world_of(week.origin)), now)
    return True


def _close(week: models.Week, actor: Actor, now: dt.datetime) -> None:
    counted = list(week.priorities.exclude(state="dropped"))
    left = queries.ordered(week.priorities.filter(state="open"), by_hand=week.by_hand)
    week.planned = len(counted)
    week.achieved = sum(row.state == "done" for row in counted)
    week.closed_at = now
    week.save(update_fields=["planned", "achieved", "closed_at"])
    goes_on = [row for row in left if row.carries < types.MOST_CARRIES]
    if goes_on:
        _carry(week, goes_on, now)
    for row in left:
        row.state, row.settled_at = ("carried" if row in goes_on else "left"), now
    models.Priority.objects.bulk_update(left, ["state", "settled_at"])
    changes = {"achieved": (None, week.achieved), "planned": (None, week.planned), "carried": (None, len(goes_on))}
    _record(actor, "development.close_week", week, changes, now)


def _carry(week: models.Week, rows: list[models.Priority], now: dt.datetime) -> None:
    """Write what is open into the week after, or the present one where weeks have passed."""
    starts_on = max(week.starts_on + A_WEEK, types.monday_of(clock.day_of(now)))
    following = _begin(week.user_id, starts_on, origin=week.origin, hours=week.hours)
    first = following.priorities.count()
    models.Priority.objects.bulk_create(
        models.Priority(
            week=following,
            words=row.words,
            value=row.value,
            urgency=row.urgency,
            hours=row.hours,
            url=row.url,
            carries=row.carries + 1,
            position=first + at,
        )
        for at, row in enumerate(rows, start=1)
    )


def _begin(user_id: int, starts_on: dt.date, *, origin: str, hours: int = types.USUAL_HOURS) -> models.Week:
    return models.Week.objects.get_or_create(
        user_id=user_id, starts_on=starts_on, origin=origin, defaults={"hours": hours}
    )[0]


def _open(actor: Actor, week_id: int) -> models.Week:
    week = queries.own(actor=actor).select_for_update().filter(pk=week_id).first()
    if week is None:
        raise queries.absent()
    if week.closed_at:
        raise Conflict("This week is closed; what was achieved stays.", code="week_closed")
    return week


def _priority(actor: Actor, priority_id: int, *, settled: bool = False) -> tuple[models.Priority, models.Week]:
    found = models.Priority.objects.filter(pk=priority_id, week__in=queries.own(actor=actor)).first()
    if found is None:
        raise NotFound("There is no such priority, or it is somebody else's.", code="priority_not_found")
    week = _open(actor, found.week_id)
    row = models.Priority.objects.select_for_update().get(pk=priority_id)
    if not settled and row.state != "open":
        raise Conflict("It is settled; only what is open has a place in the order.", code="priority_settled")
    return row, week


def _record(
    actor: Actor, action: str, week: models.Week, changes: Mapping[str, tuple[object, object]], now: dt.datetime
) -> None:
    ledger.record(actor=actor, action=action, subject=(WEEK, week.pk), now=now, changes=changes)
