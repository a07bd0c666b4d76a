"""After a course: who was there, what it gave them, what they and those who lead them say of it."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts import leading
from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.actions import learning
from wellserved.apps.development.actions.training import EVENT, ONLY_LEADERS
from wellserved.apps.development.policies import guiding, words
from wellserved.apps.development.queries import evaluation
from wellserved.apps.development.queries import training as queries
from wellserved.apps.development.types.training import EventState, Seat, Seen
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import actions as people
from wellserved.apps.people import queries as people_queries
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, Refused
from wellserved.platform.origin import in_world
from wellserved.platform.ui.formatting import format_day
from wellserved.science.calendars.statutory import add_months


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How one person's day went; `gives` is the trainer's or leader's own word that she can do it now."""

    person_id: int
    was_there: bool
    score_before: int | None = None
    score_after: int | None = None
    gives: bool = False


@transaction.atomic
def hold(*, actor: Actor, event_id: int, came: Sequence[Came], now: dt.datetime) -> int:
    """Write down who was there and how she did; who passed holds the course's skill from today. Return how many do.

    A score alone gives nothing: the person who writes this says of each that she can do it now.
    """
    row = in_world(models.TrainingEvent.objects.select_for_update().filter(pk=event_id), actor.world).first()
    if row is None:
        raise queries.event_not_found()
    accounts.check_can(actor, accounts.EDIT_PEOPLE, ONLY_LEADERS)
    if row.state == EventState.CANCELLED or now < row.starts_at:
        raise Conflict("This course was called off, or has not begun.", code="event_not_held")
    if row.state == EventState.OPEN:
        row.state, row.version = EventState.HELD, row.version + 1
        row.save(update_fields=["state", "version"])
        ledger.record(
            actor=actor,
            action="development.hold_training",
            subject=(EVENT, row.pk),
            now=now,
            changes={"event_state": (EventState.OPEN.value, EventState.HELD.value)},
        )
    return sum(_write(actor, row, each, now) for each in came)


def _write(actor: Actor, row: models.TrainingEvent, came: Came, now: dt.datetime) -> bool:
    guiding.check_may_seat(actor, person_id=came.person_id)
    held = row.bookings.filter(person=came.person_id, state__in=[Seat.BOOKED, Seat.ATTENDED, Seat.MISSED]).first()
    if held is None:
        raise Conflict("She had no seat in this course.", code="no_seat")
    for field in ("score_before", "score_after"):
        score = getattr(came, field)
        if score is not None:
            setattr(held, field, words.number(score, low=0, high=100, field=field))
    before, held.state = held.state, Seat.ATTENDED if came.was_there else Seat.MISSED
    if came.was_there:
        held.look_on = row.starts_at.date() + dt.timedelta(weeks=row.course.behaviour_weeks)
    held.save(update_fields=["state", "score_before", "score_after", "look_on"])
    ledger.record(
        actor=actor,
        action="development.note_attendance",
        subject=(EVENT, row.pk),
        now=now,
        changes={"member": (None, came.person_id), "seat": (str(before), str(held.state))},
    )
    return came.was_there and came.gives and _give(actor, row, held, now)


def _give(actor: Actor, row: models.TrainingEvent, held: models.Booking, now: dt.datetime) -> bool:
    course = row.course
    if held.person_id == actor.user_id:
        raise Refused("Nobody gives herself a level. Whoever leads you does.", code="own_level")
    if held.score_after is not None and held.score_after < course.pass_score:
        raise Invalid(
            f"{course.pass_score} points pass this course; {held.score_after} do not. Plan what helps her instead.",
            code="not_passed",
        )
    scored = f", {held.score_after} points" if held.score_after is not None else ""
    said = f"{course.title}, {format_day(clock.day_of(row.starts_at))}{scored}"
    if course.skill_id is not None:
        _prove(actor, row, skill_id=course.skill_id, person_id=held.person_id, said=said, now=now)
    learning.learnt(actor=actor, person_id=held.person_id, event=row, outcome=said, now=now)
    return True


def _prove(
    actor: Actor, row: models.TrainingEvent, *, skill_id: int, person_id: int, said: str, now: dt.datetime
) -> None:
    """Write the level and the time the course proves: what she holds beyond it already, it neither raises nor ends."""
    course, ends = row.course, None
    if course.valid_months:
        ends = add_months(clock.day_of(row.ends_at), course.valid_months)
    known = people_queries.profile(actor=actor, user_id=person_id, now=now).colleague.skills
    own = next((each for each in known if each.skill_id == skill_id and each.is_current), None)
    if own is not None and own.level > course.level:
        return
    if own is not None and own.level == course.level and (own.expires_on is None or (ends and own.expires_on >= ends)):
        return
    people.set_skill(
        actor=actor,
        user_id=person_id,
        skill_id=skill_id,
        level=course.level,
        expires_on=ends,
        evidence=said,
        reason="Passed the course",
        now=now,
    )


@transaction.atomic
def react(*, actor: Actor, event_id: int, useful: int, clear: int, said: str = "", now: dt.datetime) -> None:
    """Say, as somebody who was there, how it was; once, and shown only as one of at least five."""
    held = _seat(actor, event_id, actor.person_id)
    if held.state != Seat.ATTENDED:
        raise Conflict("Whoever was there says how it was.", code="was_not_there")
    if held.reacted_at is not None:
        raise Conflict("You have said how it was.", code="has_reacted")
    if clock.day_of(now) > evaluation.reactions_close(held.event):
        raise Conflict("It is too late to say; the figure stands.", code="reaction_over")
    held.useful = words.number(useful, low=1, high=5, field="useful")
    held.clear = words.number(clear, low=1, high=5, field="clear")
    held.words, held.reacted_at = words.said(said, 500, field="said"), now
    held.save(update_fields=["useful", "clear", "words", "reacted_at"])
    ledger.record(actor=actor, action="development.react", subject=(EVENT, held.event_id), now=now)


@transaction.atomic
def look(*, actor: Actor, event_id: int, person_id: int, seen: str, said: str = "", now: dt.datetime) -> None:
    """Say, as whoever leads her, whether what she learnt is seen at work, once its day has come."""
    held = _seat(actor, event_id, person_id)
    if not leading.leads(actor=actor, user_id=person_id):
        raise Refused(guiding.NOT_LED, code="not_led_by_you")
    if held.state != Seat.ATTENDED or held.look_on is None or held.look_on > clock.day_of(now):
        raise Conflict("It is too early to say, or she was not there.", code="look_too_early")
    held.seen = words.choice(seen, Seen.values, field="seen")
    held.seen_words = words.said(said, 500, field="said", missing="Say what you saw.")
    held.seen_by_id, held.seen_at = actor.user_id, now
    held.save(update_fields=["seen", "seen_words", "seen_by", "seen_at"])
    ledger.record(
        actor=actor,
        action="development.look_at_behaviour",
        subject=(EVENT, held.event_id),
        now=now,
        changes={"member": (None, person_id)},
    )


def _seat(actor: Actor, event_id: int, person_id: int) -> models.Booking:
    if not in_world(models.TrainingEvent.objects.filter(pk=event_id), actor.world).exists():
        raise queries.event_not_found()
    held = models.Booking.objects.select_for_update().filter(event=event_id, person=person_id).first()
    if held is None:
        raise Conflict("Nobody of that name had a seat on this course.", code="no_seat")
    return held
