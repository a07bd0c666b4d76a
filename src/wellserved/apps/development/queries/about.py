"""The records of this app about the person who asks, whole, as she is told of them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import observations, private
from wellserved.apps.development.types import guiding
from wellserved.apps.development.types.learning import NeedState, PlanState, Source
from wellserved.apps.development.types.recorded import Line
from wellserved.apps.development.types.training import Seat, Seen
from wellserved.platform.origin import in_world

NEED, PLAN, BOOKING, SLOT = (
    "development.need",
    "development.plan",
    "development.booking",
    "development.slot",
)


def of_kind(kind: str) -> Callable[[Actor, dt.datetime], tuple[Line, ...]]:
    """Return what tells of the records of one restricted family. One query, and two more for what hangs on them."""
    family = private.FAMILIES[kind]

    def lines(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
        return tuple(
            Line(
                kind=kind,
                record_id=row.pk,
                at=row.ends_on,
                title=family.title(row),
                by=row.guide.name,
                url=family.url(row.pk),
                parts=tuple((name, words) for name, words in _PARTS[kind](row) if words),
            )
            for row in private.own(actor=actor, kind=kind)
        )

    return lines


def _talk(row: models.OneToOne) -> Iterator[tuple[str, str]]:
    yield "State", guiding.TalkState(row.state).label
    yield "Place", row.place
    yield "Notes", row.notes


def _coaching(row: models.Coaching) -> Iterator[tuple[str, str]]:
    yield "State", guiding.CoachingState(row.state).label
    yield "Goal", row.goal
    yield "Outcome", row.outcome


def _observation(row: models.Observation) -> Iterator[tuple[str, str]]:
    yield "State", guiding.ObservationState(row.state).label
    for each in observations.rated(row):
        yield each.words, f"{each.rating_name}. {each.evidence}" if each.rating else ""
    yield "Strengths", row.strengths
    yield "One thing to change", row.one_thing
    yield "Your view", row.own_view


def _review(row: models.Review) -> Iterator[tuple[str, str]]:
    yield "State", guiding.ReviewState(row.state).label
    yield "Your view", row.own_view
    # What is being written is not a record yet; it is told once it is put to the person.
    if row.written_at:
        yield "Written of you", row.words
        yield "In agreed words", guiding.REVIEW_WORDS.get(row.rating, "")
        for heading, lines in row.evidence:
            yield heading, "; ".join(lines)


_PARTS: dict[str, Callable[[Any], Iterator[tuple[str, str]]]] = {
    guiding.TALK: _talk,
    guiding.COACHING: _coaching,
    guiding.OBSERVATION: _observation,
    guiding.REVIEW: _review,
}


def needs(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of learning needs and what is planned for them. Two queries."""
    rows = in_world(models.Need.objects.filter(person=actor.user_id), actor.world)
    plans = in_world(models.LearningPlan.objects.filter(person=actor.user_id), actor.world)
    found = [
        Line(
            kind=NEED,
            record_id=row.pk,
            at=row.raised_at,
            title=row.what,
            by=row.raised_by.name if row.raised_by else "",
            url="/development/needs",
            parts=(
                ("From", Source(row.source).label),
                ("State", NeedState(row.state).label),
                ("Said", row.words),
                ("Comment", row.comment),
            ),
        )
        for row in rows.select_related("raised_by").order_by("-raised_at")
    ]
    found += [
        Line(
            kind=PLAN,
            record_id=row.pk,
            at=row.by_on,
            title=f"Plan: {row.need.what}",
            by=row.owner.name if row.owner else "",
            url=f"/development/plans/{row.pk}",
            parts=(("State", PlanState(row.state).label), ("How", row.how), ("Outcome", row.outcome)),
        )
        for row in plans.select_related("need", "owner").order_by("-by_on")
    ]
    return tuple(found)


def bookings(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of training: seats, scores, and what was said of it. One query."""
    rows = models.Booking.objects.filter(person=actor.user_id).select_related("event__course", "seen_by")
    rows = in_world(rows, actor.world, field="event__origin")
    return tuple(
        Line(
            kind=BOOKING,
            record_id=row.pk,
            at=row.event.starts_at,
            title=row.event.course.title,
            by=row.seen_by.name if row.seen_by else "",
            url=f"/development/training/{row.event_id}",
            parts=tuple(
                (name, str(value))
                for name, value in (
                    ("Seat", Seat(row.state).label),
                    ("Score before", row.score_before),
                    ("Score after", row.score_after),
                    ("Your marks", f"useful {row.useful}, clear {row.clear}" if row.useful else ""),
                    ("Your words", row.words),
                    ("Seen at work", Seen(row.seen).label if row.seen else ""),
                    ("Said of it", row.seen_words),
                )
                if value not in (None, "")
            ),
        )
        for row in rows.order_by("-event__starts_at", "-pk")
    )


def slots(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of support slots the person booked. One query."""
    rows = in_world(models.SupportSlot.objects.filter(guest=actor.user_id), actor.world).select_related("host")
    return tuple(
        Line(
            kind=SLOT,
            record_id=row.pk,
            at=row.starts_at,
            title=f"{row.minutes} minutes with {row.host.name}",
            by="",
            url="/development/support?view=mine",
            parts=(("About", row.about), ("Held", f"{row.held_minutes} minutes" if row.held_minutes else "")),
        )
        for row in rows.order_by("-starts_at")
    )
