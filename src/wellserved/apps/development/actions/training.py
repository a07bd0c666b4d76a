"""Courses and the days they are held on: offered, booked, held, looked back on."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import holding
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.queries import training as queries
from wellserved.apps.development.types.training import EventState, Seat
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import queries as people
from wellserved.apps.people.types import LEVELS
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import in_world, live_origin

COURSE, EVENT = "development.course", "development.training"
ONLY_LEADERS = "Only team leaders, managers and administrators offer training. Name what you want to learn as a need."
_TAKEN = (Seat.BOOKED, Seat.ATTENDED, Seat.MISSED)
_TOLD = ("title", "aim", "skill_id", "level", "valid_months", "pass_score", "behaviour_weeks", "metric", "is_active")


@transaction.atomic
def save_course(
    *,
    actor: Actor,
    course_id: int | None = None,
    title: str,
    aim: str = "",
    skill_id: int | None = None,
    level: int = 3,
    valid_months: int | None = None,
    pass_score: int = 80,
    behaviour_weeks: int = 6,
    metric: str = "",
    is_active: bool = True,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Say what can be learnt in a course, what passing it gives, and what is looked at afterwards; return its id."""
    row = _locked_course(actor, course_id) if course_id else _new_course(actor)
    if row.pk:
        holding.check_version(row.version, version)
    accounts.check_can(actor, accounts.EDIT_PEOPLE, ONLY_LEADERS)
    before = {name: getattr(row, name) if row.pk else None for name in _TOLD}
    row.title = words.said(title, 160, field="title", missing="Give the course a title.")
    same = in_world(models.Course.objects.filter(title=row.title), actor.world).exclude(pk=row.pk)
    if same.exists():
        raise Conflict(f"There is a course called {row.title} already.", code="course_title_taken", field="title")
    row.aim = words.said(aim, 500, field="aim")
    row.skill_id = people.find_skill(actor=actor, skill_id=skill_id).pk if skill_id else None
    row.level = words.number(level, low=min(LEVELS), high=max(LEVELS), field="level")
    row.valid_months = words.number(valid_months, low=1, high=120, field="valid_months") if valid_months else None
    row.pass_score = words.number(pass_score, low=0, high=100, field="pass_score")
    row.behaviour_weeks = words.number(behaviour_weeks, low=1, high=52, field="behaviour_weeks")
    row.metric = words.choice(metric, ["", *METRIC_LABELS], field="metric")
    row.is_active, row.version = is_active, row.version + 1
    row.save()
    changes = {name: (before[name], getattr(row, name)) for name in _TOLD if before[name] != getattr(row, name)}
    ledger.record(actor=actor, action="development.save_course", subject=(COURSE, row.pk), now=now, changes=changes)
    return row.pk


def _locked_course(actor: Actor, course_id: int) -> models.Course:
    queries.find_course(actor=actor, course_id=course_id)
    return models.Course.objects.select_for_update().get(pk=course_id)


def _new_course(actor: Actor) -> models.Course:
    return models.Course(origin=live_origin(actor.world), version=0)


@transaction.atomic
def offer(
    *,
    actor: Actor,
    course_id: int,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    seats: int,
    trainer: str = "",
    cost: Decimal = Decimal(0),
    plan_id: int | None = None,
    now: dt.datetime,
) -> int:
    """Offer a course on a day; what it costs is shown beside the plan that pays for it. Return its id."""
    course = queries.find_course(actor=actor, course_id=course_id)
    accounts.check_can(actor, accounts.EDIT_PEOPLE, ONLY_LEADERS)
    if not starts_at < ends_at <= starts_at + dt.timedelta(days=31):
        raise Invalid("It ends after it begins, within a month.", code="event_times", field="ends_at")
    if not cost.is_finite() or not 0 <= cost < 10_000_000:
        raise Invalid("Give what it costs, from 0.", code="event_cost", field="cost")
    row = models.TrainingEvent.objects.create(
        course=course,
        starts_at=words.moment(starts_at, after=now, field="starts_at"),
        ends_at=ends_at,
        place=words.said(place, 160, field="place", missing="Say where it is held."),
        trainer=words.said(trainer, 160, field="trainer"),
        seats=words.number(seats, low=1, high=1000, field="seats"),
        cost=cost,
        plan_id=plan_id,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.offer_training",
        subject=(EVENT, row.pk),
        now=now,
        changes={"course": (None, course.title), "starts_at": (None, starts_at.isoformat()), "seats": (None, seats)},
    )
    if plan_id is not None:
        thread.link(actor=actor, start=(EVENT, row.pk), verb="is_paid_by", end=("standards.plan", plan_id), now=now)
    return row.pk


@transaction.atomic
def book(*, actor: Actor, event_id: int, person_id: int, now: dt.datetime) -> str:
    """Take a seat, for oneself or for somebody one leads; a full course puts her on its waiting list."""
    row = _locked(actor, event_id)
    guiding.check_may_seat(actor, person_id=person_id)
    _check_open(row, now)
    held = row.bookings.filter(person=person_id).first()
    if held is not None and held.state != Seat.LEFT:
        raise Conflict("She has a seat already, or waits for one.", code="seat_taken")
    taken = row.bookings.filter(state__in=_TAKEN).count()
    state = Seat.BOOKED if taken < row.seats else Seat.WAITING
    models.Booking.objects.update_or_create(
        event=row, person_id=person_id, defaults={"state": state, "booked_at": now, "booked_by_id": actor.user_id}
    )
    before = held.state if held is not None else None
    _tell(actor, row, "development.book_training", of=person_id, seat=(before, state), now=now)
    return state


@transaction.atomic
def leave(*, actor: Actor, event_id: int, person_id: int, now: dt.datetime) -> int | None:
    """Give a seat back; the first on the waiting list gets it. Return whose it is now."""
    row = _locked(actor, event_id)
    guiding.check_may_seat(actor, person_id=person_id)
    _check_open(row, now)
    held = row.bookings.filter(person=person_id, state__in=[Seat.BOOKED, Seat.WAITING]).first()
    if held is None:
        raise Conflict("She has no seat to give back.", code="no_seat")
    before, held.state = held.state, Seat.LEFT
    held.save(update_fields=["state"])
    _tell(actor, row, "development.leave_training", of=person_id, seat=(before, Seat.LEFT), now=now)
    following = row.bookings.filter(state=Seat.WAITING).order_by("booked_at", "pk").first()
    if before != Seat.BOOKED or following is None:
        return None
    following.state = Seat.BOOKED
    following.save(update_fields=["state"])
    _tell(actor, row, "development.move_up", of=following.person_id, seat=(Seat.WAITING, Seat.BOOKED), now=now)
    return following.person_id


@transaction.atomic
def cancel(*, actor: Actor, event_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Call a course off, and say why."""
    row = _locked(actor, event_id)
    holding.check_version(row.version, version)
    accounts.check_can(actor, accounts.EDIT_PEOPLE, ONLY_LEADERS)
    if row.state != EventState.OPEN:
        raise Conflict("This course was held, or called off before.", code="event_over")
    row.cancelled_because = words.said(reason, 300, field="reason", missing="Say why: those who booked read it.")
    row.state, row.version = EventState.CANCELLED, row.version + 1
    row.save(update_fields=["state", "cancelled_because", "version"])
    ledger.record(
        actor=actor,
        action="development.cancel_training",
        subject=(EVENT, row.pk),
        now=now,
        changes={"event_state": (EventState.OPEN.value, EventState.CANCELLED.value)},
        reason=row.cancelled_because,
    )


def _locked(actor: Actor, event_id: int) -> models.TrainingEvent:
    rows = models.TrainingEvent.objects.select_for_update().filter(pk=event_id)
    row = in_world(rows, actor.world).first()
    if row is None:
        raise queries.event_not_found()
    return row


def _check_open(row: models.TrainingEvent, now: dt.datetime) -> None:
    if row.state != EventState.OPEN or row.starts_at <= now:
        raise Conflict("This course has begun or was called off; its seats stay as they are.", code="event_over")


def _tell(
    actor: Actor, row: models.TrainingEvent, action: str, *, of: int, seat: tuple[str | None, str], now: dt.datetime
) -> None:
    changes = {"member": (None, of), "seat": (str(seat[0]) if seat[0] else None, str(seat[1]))}
    ledger.record(actor=actor, action=action, subject=(EVENT, row.pk), now=now, changes=changes)
