"""Reads of courses and training events."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wellserved.apps.accounts import leading
from wellserved.apps.accounts.capabilities import EDIT_PEOPLE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import evaluation, reach
from wellserved.apps.development.types import training as types
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_weekday

ORDER = Keyset("-starts_at", "-id")
VIEWS = {"coming": "To come", "past": "Held before", "mine": "With me"}
_IN = (types.Seat.BOOKED, types.Seat.ATTENDED, types.Seat.MISSED)


def courses(*, actor: Actor) -> tuple[types.CourseRow, ...]:
    """Return the courses on offer, by title. One query."""
    rows = in_world(models.Course.objects.filter(is_active=True), actor.world).select_related("skill")
    return tuple(course_row(row) for row in rows.order_by("title", "pk"))


def course(*, actor: Actor, course_id: int) -> types.CourseRow:
    """Return one course. One query."""
    return course_row(find_course(actor=actor, course_id=course_id))


def find_course(*, actor: Actor, course_id: int) -> models.Course:
    """Return the row, or say there is none; for this app alone."""
    row = in_world(models.Course.objects.filter(pk=course_id), actor.world).select_related("skill").first()
    if row is None:
        raise NotFound("There is no such course.", code="course_not_found")
    return row


def course_row(row: models.Course) -> types.CourseRow:
    """Return the row as other layers may know it."""
    return types.CourseRow(
        id=row.pk,
        title=row.title,
        aim=row.aim,
        skill_id=row.skill_id,
        skill=row.skill.name if row.skill else "",
        level=row.level,
        valid_months=row.valid_months,
        pass_score=row.pass_score,
        behaviour_weeks=row.behaviour_weeks,
        metric=row.metric,
        is_active=row.is_active,
        version=row.version,
    )


def events(
    *,
    actor: Actor,
    view: str = "coming",
    course_id: int | None = None,
    cursor: str | None = None,
    limit: int = 50,
    now: dt.datetime,
) -> tuple[tuple[types.EventRow, ...], str | None]:
    """Return one page of training events, the latest first, and the cursor of the next. One query."""
    rows = _loaded(actor)
    if course_id is not None:
        rows = rows.filter(course=course_id)
    if view == "coming":
        rows = rows.filter(state=types.EventState.OPEN, ends_at__gte=now)
    elif view == "past":
        rows = rows.exclude(state=types.EventState.OPEN, ends_at__gte=now)
    elif view == "mine":
        rows = rows.filter(own__isnull=False).exclude(own=types.Seat.LEFT)
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_event_row(row) for row in page.rows), page.next_cursor


def choices(*, actor: Actor, now: dt.datetime, skill_id: int | None = None) -> tuple[tuple[int, str], ...]:
    """Return the events one may still book, those that teach a skill first. One query."""
    rows = in_world(models.TrainingEvent.objects.filter(state=types.EventState.OPEN, starts_at__gt=now), actor.world)
    found = rows.order_by("starts_at", "pk").values_list("pk", "course__title", "starts_at", "course__skill")
    ordered = sorted(found, key=lambda each: skill_id is None or each[3] != skill_id)
    return tuple((pk, f"{title}, {format_weekday(clock.day_of(at))}") for pk, title, at, _ in ordered)


def _loaded(actor: Actor) -> QuerySet[Any]:
    own = models.Booking.objects.filter(event=OuterRef("pk"), person=actor.user_id).values("state")[:1]
    rows = in_world(models.TrainingEvent.objects.all(), actor.world).select_related("course")
    return rows.annotate(
        booked=Count("bookings", filter=Q(bookings__state__in=_IN)),
        waiting=Count("bookings", filter=Q(bookings__state=types.Seat.WAITING)),
        own=Subquery(own),
    )


def _event_row(row: Any) -> types.EventRow:
    return types.EventRow(
        id=row.pk,
        course_id=row.course_id,
        title=row.course.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        seats=row.seats,
        booked=row.booked,
        waiting=row.waiting,
        own=row.own or "",
        state=row.state,
        state_name=types.EventState(row.state).label,
        version=row.version,
    )


def event(*, actor: Actor, event_id: int, now: dt.datetime) -> types.EventDetail:
    """Return a training event: the seats the reader may know of, her own, and what came of it. Nine queries at most."""
    row: Any = _loaded(actor).select_related("course__skill", "plan").filter(pk=event_id).first()
    if row is None:
        raise event_not_found()
    bookings = list(row.bookings.select_related("person").order_by("booked_at", "pk"))
    known = reach.people(actor=actor)
    hers = leading.led_ids(actor=actor)
    shown = [each for each in bookings if each.person_id in known and each.state != types.Seat.LEFT]
    own = next((each for each in bookings if each.person_id == actor.user_id), None)
    return types.EventDetail(
        row=_event_row(row),
        course=course_row(row.course),
        trainer=row.trainer,
        cost=row.cost,
        plan_id=row.plan_id,
        plan=row.plan.name if row.plan else "",
        cancelled_because=row.cancelled_because,
        seats=tuple(seat_row(each, actor=actor, hers=hers, now=now) for each in shown),
        own=seat_row(own, actor=actor, hers=hers, now=now) if own else None,
        levels=evaluation.levels(actor=actor, event=row, bookings=bookings, now=now) if row.state == "held" else (),
        may_run=actor.can(EDIT_PEOPLE),
        may_react=(
            own is not None
            and own.state == types.Seat.ATTENDED
            and own.reacted_at is None
            and clock.day_of(now) <= evaluation.reactions_close(row)
        ),
    )


def event_not_found() -> NotFound:
    """Return what is said of an event that is not there."""
    return NotFound("There is no such training event.", code="training_not_found")


def seat_row(row: models.Booking, *, actor: Actor, hers: Collection[int], now: dt.datetime) -> types.SeatRow:
    """Return a seat; scores and marks show to its person and to whoever leads her."""
    may_read = row.person_id == actor.user_id or row.person_id in hers
    attended = row.state == types.Seat.ATTENDED
    is_due = row.look_on is not None and row.look_on <= clock.day_of(now)
    return types.SeatRow(
        id=row.pk,
        person_id=row.person_id,
        person=row.person.name,
        state=row.state,
        state_name=types.Seat(row.state).label,
        score_before=row.score_before if may_read else None,
        score_after=row.score_after if may_read else None,
        useful=row.useful if row.person_id == actor.user_id else None,
        clear=row.clear if row.person_id == actor.user_id else None,
        has_reacted=row.reacted_at is not None and row.person_id == actor.user_id,
        look_on=row.look_on,
        seen=row.seen if may_read else "",
        seen_name=types.Seen(row.seen).label if may_read and row.seen else "",
        seen_words=row.seen_words if may_read else "",
        may_look=attended and not row.seen and row.person_id in hers and is_due,
    )


def to_look_at(*, actor: Actor, now: dt.datetime) -> tuple[tuple[int, str, str, dt.date], ...]:
    """Return (event, person, course, day) of those whose behaviour the actor is asked about by now. One query."""
    found = unseen(actor=actor, now=now).select_related("person", "event__course").order_by("look_on", "pk")[:50]
    return tuple((row.event_id, row.person.name, row.event.course.title, row.look_on) for row in found if row.look_on)


def unseen(*, actor: Actor, now: dt.datetime) -> QuerySet[models.Booking]:
    """Return the rows of those whose behaviour the actor is asked about; for this app alone."""
    rows = in_world(
        models.Booking.objects.filter(seen="", state=types.Seat.ATTENDED), actor.world, field="event__origin"
    )
    return rows.filter(look_on__lte=clock.day_of(now), person__in=leading.led_by(actor=actor))


def spent_on(*, actor: Actor, plan_id: int) -> Any:
    """Return what the training events of a plan cost so far. One query."""
    rows = in_world(models.TrainingEvent.objects.filter(plan=plan_id), actor.world)
    costs = rows.exclude(state=types.EventState.CANCELLED).values_list("cost", flat=True)
    return sum(costs)
